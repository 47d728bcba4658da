"""What a column of an export is, and how rows are fetched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db.models import QuerySet

Value = str | int | date | None
Row = Mapping[str, Value]
Rows = Iterator[Row]

CHUNK = 2000  # rows fetched at a time, with what stands beside them


class Form(StrEnum):
    """How a column's values are written; money is whole cents until then."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name that a program asks for, and the heading that a person reads."""

    name: str
    label: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Listing:
    """What goes into a file: its rows, how many there are, and what is said above them."""

    title: str
    columns: Sequence[Column]
    rows: Rows
    expected: int
    above: Sequence[str] = ()


def fetched(rows: QuerySet[Any], *names: str) -> Iterator[list[dict[str, Any]]]:
    """Rows as plain values, some at a time, through a cursor on the server.

    Outside a transaction the server keeps the whole answer for the cursor: the file shows one moment, holds no
    transaction open meanwhile, and costs this process the memory of one chunk.
    """
    found = rows.values(*names).iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def yes_no(value: bool) -> str:
    return "是" if value else "否"
