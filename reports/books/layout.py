"""What a book is made of: sheets of title lines, tables, charts and notes. Knows neither figures nor openpyxl."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | None


class Format(StrEnum):
    """How the numbers of a column are shown."""

    COUNT = "0"
    AMOUNT = "0.00"
    SHARE = "0.00%"  # the cell holds the share itself, 0.981 for 98.1 %
    TEXT = "@"


class Weight(StrEnum):
    """How much a row stands out."""

    ORDINARY = "ordinary"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading; neighbours of one `group` share a heading above theirs, and so with those `above` it.

    A hidden column is in the file for whoever checks it. A `note` is shown where one points at the heading.
    """

    heading: str
    format: Format = Format.COUNT
    group: str = ""
    above: tuple[str, ...] = ()
    hidden: bool = False
    note: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """From the top down to its own."""
        return (*self.above, *([self.group] if self.group else []), self.heading)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: tuple[Value, ...]
    weight: Weight = Weight.ORDINARY
    hidden: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a caption that runs across the table; without one they simply follow."""

    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under common headings; `numbered` puts the line 甲, 1, 2, ... beneath them, for formulas to refer to.

    `new_page` begins a page with it, for what reads best together. A `narrow` one has so many columns that they stand
    closer, their headings in more lines.
    """

    stub: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    caption: str = ""
    numbered: bool = False
    new_page: bool = False
    narrow: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.values) != len(self.columns):
                raise ValueError(f"{row.label}: {len(row.values)} values under {len(self.columns)} headings")

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)


class ChartKind(StrEnum):
    CLUSTERED = "clustered"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of columns of a section, by their places, each under a name: nothing in it that no cell holds."""

    title: str
    series: tuple[tuple[int, str], ...]
    section: int = 0
    table: int = 0
    kind: ChartKind = ChartKind.CLUSTERED
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title, lines of facts (left, middle, right), then tables, charts and notes.

    It is printed `pages_wide`, and as many pages long as it needs or, as `one_page`, on a single one.
    """

    name: str
    title: str
    tables: tuple[Table, ...]
    facts: tuple[tuple[str, str, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    one_page: bool = False
    pages_wide: int = 1


@dataclass(frozen=True, slots=True)
class Book:
    """Sheets in order. `dated` goes into the file's properties, so it comes from the figures and never the clock."""

    title: str
    author: str
    dated: date
    sheets: tuple[Sheet, ...]
