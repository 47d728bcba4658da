"""The first rows of a sheet as they are read, for the eyes of their sender: what is personal is masked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casetrack.cases.ledgers.cells import Cell, CellRefused
from casetrack.cases.ledgers.tables import Row
from casetrack.cases.ledgers.values import Cells, RowReader, Value, field_of
from casetrack.cases.parties import MASKS
from casetrack.kinds.base import Kind
from casetrack.kinds.wording import in_words
from casetrack.lib.masking import masked_within

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Previewed:
    """A row of a sheet: its number, and what is understood of it, column by column."""

    row: int
    cells: tuple[str, ...]


def previewed(rows: Sequence[Row], reader: RowReader) -> tuple[Previewed, ...]:
    return tuple(
        Previewed(row.number, tuple(understood(cell_in(row, column), column, reader) for column in reader.columns))
        for row in rows
    )


def cell_in(row: Row, column: Cells) -> Cell:
    return row.cells[column.place.index] if column.place.index < len(row.cells) else None


def understood(cell: Cell, column: Cells, reader: RowReader) -> str:
    """What a cell is taken to mean, or why it can't be read; empty where it says nothing."""
    try:
        value = None if cell is None else column.parse(cell)
    except CellRefused as refused:
        return masked_within(f"读不出：{refused}")
    return "" if value is None else shortened(shown(value, column, reader))


def shown(value: Value, column: Cells, reader: RowReader) -> str:
    name = column.place.column.name
    if hidden := masked(name, value, reader.kind):
        return hidden
    if name in reader.words and isinstance(value, str):
        return reader.words[name].label_of(value)
    field = field_of(column.place, reader.kind)
    if field and not isinstance(value, str | date):
        return in_words(field, value)
    return masked_within(value) if isinstance(value, str) and name != "number" else str(value)


def masked(name: str, value: Value, kind: Kind | None) -> str:
    """What may be seen of personal data; empty for what is none. Free text is told by its length alone."""
    detail = name.rpartition(".")[2]
    if detail in MASKS and (kind or detail != "name"):  # a mediator is named by the register, which is public
        return MASKS[detail](str(value))
    if kind and name in kind.field_named and kind.field_named[name].personal:
        return f"（{len(str(value))}字，不显示）"
    return ""


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
