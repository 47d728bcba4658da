"""From a declared table to its cells: each with its number and with the questions that list the cases behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from casetrack.stats.figures import NO_CASES, Figure, per_cent
from casetrack.stats.questions import Place
from casetrack.stats.tracing import Part as Traced
from reports.books.checks import Number
from reports.books.columns import NOT_BROKEN_DOWN
from reports.books.reported import NOT_REPORTED, told
from reports.tables.asking import Desk
from reports.tables.declaring import Column, Count, Hidden, Line, OfficialTable, Share, Side, Sum, Words, narrowed
from reports.tables.places import Places

TOTAL = "合计"
BELOW, OWN = "下级上报总计", "本级上报总计"

PART_SHOWN: Mapping[Side, Traced] = {Side.NUMERATOR: "numerator", Side.DENOMINATOR: "denominator", Side.VALUE: "value"}

Content = Number | str


@dataclass(frozen=True, slots=True)
class Cell:
    """A number or a text, with the figures that it adds up; of a rate the `part` that is shown."""

    value: Content
    figures: tuple[Figure, ...] = ()
    part: Traced = "value"
    remark: str = ""

    @property
    def cases(self) -> tuple[Mapping[str, Any], ...]:
        """The questions, as `casetrack.stats.tracing` takes them, to what it counts."""
        return tuple(figure.cases for figure in self.figures)

    @property
    def is_stated(self) -> bool:
        """Whether bodies stated any of it: nobody says that the rest, which would balance it, was stated as well."""
        return any(figure.indicator.is_reported for figure in self.figures)

    @property
    def number(self) -> Number:
        return 0 if isinstance(self.value, str) else self.value


@dataclass(frozen=True, slots=True)
class Filled:
    """A line with its cells by the keys of their columns: a sum of others, a part of the total, or neither."""

    label: str
    cells: Mapping[str, Cell]
    is_sum: bool = False
    is_part: bool = False
    hidden: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sheetful:
    """A table filled: its total, its lines, and for a table of places which of these lie below the region."""

    table: OfficialTable
    lines: tuple[Filled, ...]

    @property
    def total(self) -> Filled:
        return next(line for line in self.lines if line.label == TOTAL)

    @property
    def parts(self) -> tuple[Filled, ...]:
        """The lines that add up to the total."""
        return tuple(line for line in self.lines if line.is_part)

    def line(self, label: str) -> Filled:
        return next(line for line in self.lines if line.label == label)


def fill(table: OfficialTable, desk: Desk, places: Places) -> Sheetful:
    if table.lines:
        own = places.own
        lines = [filled(table, desk, own, line) for line in table.lines]
        if table.without_total:
            return Sheetful(table, tuple(lines))
        return Sheetful(table, (replace(lines[0], label=TOTAL, is_sum=True, is_part=False), *lines[1:]))
    below = [filled(table, desk, place, Line(label)) for label, place in places.below]
    offices = [filled(table, desk, place, Line(label)) for label, place in places.offices]
    whole = filled(table, desk, places.own, Line(TOTAL))
    return Sheetful(
        table,
        (
            *below,
            added(table, BELOW, below),
            *offices,
            added(table, OWN, offices),
            Filled(TOTAL, whole.cells, is_sum=True),
        ),
    )


def filled(table: OfficialTable, desk: Desk, place: Place, line: Line) -> Filled:
    cells: dict[str, Cell] = {}
    for column in table.columns:
        cells[column.key] = cell_of(column, desk, place, line, cells)
    empty = not any(cell.number for cell in cells.values())
    hidden = line.hidden is Hidden.WHERE_EMPTY and empty
    return Filled(line.label, cells, is_part=not line.within, hidden=hidden, said=line.said)


def cell_of(column: Column, desk: Desk, place: Place, line: Line, before: Mapping[str, Cell]) -> Cell:
    source = column.source
    if isinstance(source, Words):
        return Cell(line.said)
    if isinstance(source, Sum):
        return sum_of([before[key] for key in source.columns])
    parts = [narrowed(part, line) for part in source.parts]
    if not all(part.is_declared for part in parts):
        return Cell(NOT_BROKEN_DOWN)
    figures = tuple(each for part in parts for each in desk.figures(place, part))
    if not figures and any(part.indicator.is_reported for part in parts):
        return Cell(NOT_REPORTED)
    if isinstance(source, Share):
        return Cell(of_rate(source, figures), figures, PART_SHOWN[source.side], remark_on(figures))
    return Cell(counted(source, figures), figures, remark=remark_on(figures))


def counted(source: Count, figures: Sequence[Figure]) -> Number:
    return sum(((figure.value or 0) for figure in figures), 0) * source.times


def of_rate(source: Share, figures: Sequence[Figure]) -> Content:
    """Formed anew from the two numbers: shares of parts never make the share of a whole.

    A share that a body stated as such has no numbers, and stands as it was stated.
    """
    stated = [each.value for each in figures if each.numerator is None and each.value is not None]
    if stated and source.side is Side.VALUE:
        return Decimal(stated[0]) / 100
    numerator, denominator = (
        sum(number or 0 for number in numbers)
        for numbers in ([each.numerator for each in figures], [each.denominator for each in figures])
    )
    if source.side is not Side.VALUE:
        return numerator if source.side is Side.NUMERATOR else denominator
    share = per_cent(numerator, denominator)
    return NO_CASES if share is None else share / 100


def remark_on(figures: Sequence[Figure]) -> str:
    """What must be known of reported numbers: that they were stated roughly, or not for the whole period."""
    return "；".join(dict.fromkeys(filter(None, map(told, figures))))


def sum_of(cells: Sequence[Cell]) -> Cell:
    """Of nothing reported there is no sum."""
    if cells and all(cell.value == NOT_REPORTED for cell in cells):
        return Cell(NOT_REPORTED)
    return Cell(sum((cell.number for cell in cells), 0), tuple(each for cell in cells for each in cell.figures))


def added(table: OfficialTable, label: str, lines: Sequence[Filled]) -> Filled:
    """A line that adds up others."""
    cells = {
        column.key: Cell("") if isinstance(column.source, Words) else sum_of([line.cells[column.key] for line in lines])
        for column in table.columns
    }
    return Filled(label, cells, is_sum=True)
