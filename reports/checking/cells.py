"""What the numbers in the cells of tables count, by the words of their row, their column and the caption."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.checking.attribution import Reader
from reports.checking.catalogue import entry_named, value_named
from reports.checking.figures import Figure
from reports.checking.lexicon import GENERAL
from reports.checking.naming import last_named
from reports.checking.passages import Place
from reports.checking.tables import CellNumber

WHOLE = re.compile(r"^(?:合计|总计|总数|小计|共计|全[省市州盟县区旗镇乡])$")
OF_A_BODY = re.compile(r"(?:[省市州盟县区旗镇乡村局所院委办处]|街道|社区|中心|公司|学校)$")
FIRST = -2  # cells stand in sentences and paragraphs of their own, numbered down from here: no relation joins them


def figures_in(cells: Sequence[CellNumber]) -> Iterator[Figure]:
    """The figure of every cell that is a number."""
    for number, found in enumerate(cells):
        yield figure_of(found, FIRST - number)


def figure_of(found: CellNumber, sentence: int) -> Figure:
    row = "" if WHOLE.match(found.row) else found.row
    place = Place(found.mention, sentence, sentence, sentence, 0, f"{row}{found.column}", "", "", "", "")
    entry = entry_named(found.row) or entry_named(found.column)
    if entry is not None:
        return Figure(place, entry.subject, entry.measure, entry.dimensions, place.before)
    reader = Reader()
    reader.spoken_of = last_named(found.caption, None)
    figure = replace(reader.understand(place), last_year=found.last_year)
    if figure.subject == GENERAL or found.compares or of_a_body(row, figure.subject):
        return replace(figure, measure="", dimensions={}, change="")
    return figure


def of_a_body(row: str, subject: str) -> bool:
    """Whether a row is about one place or office of many: what it says is not said of the whole."""
    return (
        OF_A_BODY.search(row) is not None
        and len(row) > 1
        and not value_named(subject, row)
        and not last_named(row, None)
    )
