"""How much room a text takes: a Chinese character is as wide as two digits."""

import math
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from reports.books.layout import Format, Table, Value

NARROWEST, STUB_NARROWEST, STUB_WIDEST, TEXT_WIDEST = 7.5, 16.0, 44.0, 66.0
SHEET_NARROWEST = 110.0  # so that the title lines of a small table find room
WHOLE = "100.00%"
HEADING_LINES = 3
NARROW, NARROW_LINES = 5.5, 6  # for tables of very many columns
PADDING = 2.0


def width(text: str) -> int:
    """In digits, as a spreadsheet measures its columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def lines(text: str, room: float) -> int:
    """How many lines a text takes in a column; at least one."""
    return max(1, math.ceil(width(text) / max(room - 1, 1)))


def stub_width(table: Table) -> float:
    widest = max(map(width, (table.stub, *(row.label for row in table.rows))))
    return min(max(widest + PADDING, STUB_NARROWEST), STUB_WIDEST)


def column_widths(table: Table) -> list[float]:
    """Wide enough for every number; headings wrap, into three lines at most where the words allow it."""
    narrowest, heading_lines = (NARROW, NARROW_LINES) if table.narrow else (NARROWEST, HEADING_LINES)
    return [
        max(
            narrowest,
            numbers_room(table, place),
            text_room(table, place),
            math.ceil(width(column.heading) / heading_lines) + PADDING,
        )
        for place, column in enumerate(table.columns)
    ]


def numbers_room(table: Table, place: int) -> float:
    form = table.columns[place].format
    if form is Format.TEXT:
        return 0.0
    return (width(WHOLE) if form is Format.SHARE else widest(row.values[place] for row in table.rows)) + PADDING


def text_room(table: Table, place: int) -> float:
    """Columns of text, such as an equation or a digest, wrap where they would be wider than a digest."""
    if table.columns[place].format is not Format.TEXT:
        return 0.0
    return min(widest(row.values[place] for row in table.rows) + PADDING, TEXT_WIDEST)


def spread(widths: list[float]) -> list[float]:
    """Wider in proportion, where all together are narrower than a sheet should be."""
    return [width * max(1.0, SHEET_NARROWEST / sum(widths)) for width in widths]


def widest(values: Iterable[Value]) -> int:
    return max((width(shown(value)) for value in values), default=0)


def shown(value: Value) -> str:
    """About as long as the sheet will show it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)
