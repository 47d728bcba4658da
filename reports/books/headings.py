"""The heading of a table as boxes: what stands over several columns, and what runs down beside deeper headings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.books.layout import Column, Table


@dataclass(frozen=True, slots=True)
class Box:
    """A heading with the cells that it takes, counted from the left top cell of the table."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    note: str = ""


def depth_of(table: Table) -> int:
    return max(len(column.headings) for column in table.columns)


def boxes(table: Table) -> Iterator[Box]:
    """Every box of a heading: the stub first, then each column from the top down."""
    depth = depth_of(table)
    yield Box(table.stub, 0, 0, rows=depth)
    yield from below(table.columns, depth, level=0, first=1)


def below(columns: Sequence[Column], depth: int, *, level: int, first: int) -> Iterator[Box]:
    for (text, deeper), found in groupby(columns, key=lambda column: at(column, level)):
        together = list(found)
        if deeper:
            yield Box(text, level, first, columns=len(together))
            yield from below(together, depth, level=level + 1, first=first)
        else:
            for place, column in enumerate(together, start=first):
                yield Box(text, level, place, rows=depth - level, note=column.note)
        first += len(together)


def at(column: Column, level: int) -> tuple[str, bool]:
    """The heading of a level, and whether another lies below it."""
    return column.headings[level], level < len(column.headings) - 1


def numbers(table: Table) -> list[str]:
    """甲 and the numbers of the columns; those of hidden ones are not counted."""
    found, number = ["甲"], 0
    for column in table.columns:
        number += not column.hidden
        found.append("" if column.hidden else str(number))
    return found
