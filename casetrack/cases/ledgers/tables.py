"""The rows of a sheet that are cases: without titles, blank rows, totals, signatures, and with merged cells filled."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from casetrack.cases.ledgers.cells import Cell, plain, shown
from casetrack.cases.ledgers.mapping import SheetMapping
from casetrack.cases.ledgers.outline import Outline, outline_of_strange
from casetrack.cases.ledgers.recognise import LOOK_WITHIN, Recognised, SheetUnrecognised, recognise
from casetrack.cases.ledgers.told import read_as_told, remembered_for
from casetrack.cases.ledgers.workbooks import Merge, Sheet

NONE_REMEMBERED: Mapping[str, SheetMapping] = {}
FIRST = 5  # rows that are shown before anything is taken in
TOTALS = re.compile(r"(本页|本月|本年|全年|年度|全部|以上|累计)?(合计|总计|小计|共计|累计)(?![一-鿿])")
SIGNATURES = re.compile(
    r"(填表|制表|填报|报表|审核|审批|复核|统计|经办|单位负责|负责|联系|登记)(人|单位|日期|时间|员)?(签字|签名|盖章)?[:：]"
    r"|(备注|说明|附注|注|填表说明|填报说明|联系电话)[:：]|(备注|说明|填表说明|填报说明)$"
)


class SheetStrange(SheetUnrecognised):
    """A sheet that was not understood; by its `outline` its sender may say what it is."""

    def __init__(self, unlike: SheetUnrecognised, outline: Outline) -> None:
        super().__init__(str(unlike), unlike.template, unlike.read)
        self.outline = outline


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was sent: its number in the sheet, as Excel shows it, and its cells."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that was recognised, and its rows, read as they are asked for; the `first` of them once more."""

    sheet: str
    title: str
    recognised: Recognised
    first: tuple[Row, ...]
    rows: Iterator[Row]
    most_rows: int
    remembered: SheetMapping | None = None  # how it was read, where that was said of another file


def table_of(
    sheet: Sheet, said: SheetMapping | None = None, remembered: Mapping[str, SheetMapping] = NONE_REMEMBERED
) -> Table | None:
    """The table in a sheet, read as its sender said, if they did, or once said of such headings; None in an empty one.

    Raises SheetStrange.
    """
    first = list(islice(sheet.rows, LOOK_WITHIN + 1))
    if all(cell is None for row in first for cell in row):
        return None
    before = None if said else remembered_for(first, sheet.merges, remembered)
    try:
        told = said or before
        found = read_as_told(first, sheet.merges, told) if told else recognise(first, sheet.merges)
    except SheetUnrecognised as unlike:
        raise SheetStrange(unlike, outline_of_strange(unlike, first)) from unlike
    rows = (Row(number, cells) for number, cells in enumerate(chain(first, sheet.rows), start=1))
    title = next((shown(cell) for row in first for cell in row if cell is not None), "")
    data = data_rows(rows, found, sheet.merges)
    beginning = tuple(islice(data, FIRST))
    return Table(sheet.name, title, found, beginning, chain(beginning, data), sheet.height, before)


def data_rows(rows: Iterator[Row], found: Recognised, merges: Sequence[Merge]) -> Iterator[Row]:
    read = [place.index for place in found.places]
    fill = Filling(merges, found.data_from)
    for row in islice(rows, found.data_from, None):
        filled = fill.down(row)
        if any(index < len(row.cells) and row.cells[index] is not None for index in read) and not is_beside(row, found):
            yield filled


def is_beside(row: Row, found: Recognised) -> bool:
    """Whether a filled row is no case: totals, a signature, column numbers, or the headings once more."""
    filled = [shown(cell) for cell in row.cells if cell is not None and shown(cell).strip()]
    first = plain(filled[0]).replace(" ", "")
    if TOTALS.match(first) or SIGNATURES.match(first):
        return True
    again = [place for place in found.places if place.index < len(row.cells)]
    if all(plain(shown(row.cells[place.index])) in (place.heading, "") for place in again):
        return True
    return is_numbering(filled)


def is_numbering(filled: Sequence[str]) -> bool:
    """The line 1, 2, 3, ... that printed forms carry under their headings."""
    numbers = [text.strip("()（）") for text in filled if text not in ("甲", "乙", "丙", "丁")]
    if len(numbers) < 4 or not all(number.isascii() and number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))


class Filling:
    """Merged cells of a column filled downward: an office often writes a committee once for all its cases."""

    def __init__(self, merges: Sequence[Merge], data_from: int) -> None:
        down = sorted(
            (m for m in merges if m.bottom > m.top and m.bottom >= data_from), key=lambda merge: merge.top, reverse=True
        )
        self.waiting = down
        self.open: list[tuple[Merge, Cell]] = []

    def down(self, row: Row) -> Row:
        index = row.number - 1
        while self.waiting and self.waiting[-1].top <= index:
            merge = self.waiting.pop()
            if merge.top == index and merge.left < len(row.cells):
                self.open.append((merge, row.cells[merge.left]))
        self.open = [pair for pair in self.open if pair[0].bottom >= index]
        if not self.open:
            return row
        cells = row.cells + [None] * (max(merge.left for merge, _ in self.open) + 1 - len(row.cells))
        for merge, value in self.open:
            cells[merge.left] = value
        return Row(row.number, cells)
