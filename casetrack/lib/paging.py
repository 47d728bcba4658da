"""Pages that continue behind a row instead of counting rows: as fast on the last page as on the first.

Where a page begins is a signed cursor, for one list in one order: nobody makes up another.
"""

from dataclasses import dataclass
from typing import Any, Self

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from casetrack.lib.keyset import name_of, rows_in, turned

FORWARDS, BACKWARDS = "f", "b"
CURSOR_WRONG = "cursor 无效或属于另一个列表，请从第一页重新开始"


class CursorRefused(ValueError):
    """A cursor that we did not give, or gave for another list."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Behind which row to go on, and which way; no place is the beginning."""

    direction: str = FORWARDS
    place: tuple[str | None, ...] = ()

    @classmethod
    def read(cls, given: str | None, salt: str) -> Self:
        if not given:
            return cls()
        try:
            direction, *place = signing.loads(given, salt=salt)
        except (signing.BadSignature, ValueError, ValidationError):
            raise CursorRefused(CURSOR_WRONG) from None
        return cls(direction, tuple(place))

    def signed(self, salt: str) -> str:
        return signing.dumps([self.direction, *self.place], salt=salt)

    @property
    def backwards(self) -> bool:
        return self.direction == BACKWARDS


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, with the cursors of the pages after and before them; None where there is none."""

    rows: list[Any]
    next: str | None
    previous: str | None


def page_of(queryset: QuerySet[Any], *, cursor: str | None, size: int, wider: QuerySet[Any] | None = None) -> Page:
    """The page at a cursor, in the order of the query set, whose last term must be unique.

    `wider` are the rows before those filters that may leave any share of them. Raises CursorRefused.
    """
    order = tuple(str(term) for term in queryset.query.order_by)
    salt = f"{queryset.model._meta.label_lower} {' '.join(order)}"
    asked = Cursor.read(cursor, salt)
    reading = turned(order) if asked.backwards else order
    rows = rows_in(queryset, reading, asked.place, size + 1, backwards=asked.backwards, wider=wider)
    more, rows = len(rows) > size, rows[:size]
    if asked.backwards:
        rows.reverse()
    has_next = True if asked.backwards else more
    has_previous = more if asked.backwards else bool(asked.place)

    def at(direction: str, row: Any) -> str:
        values = [value_in(row, name_of(term)) for term in order]
        return Cursor(direction, tuple(None if value is None else str(value) for value in values)).signed(salt)

    return Page(
        rows,
        at(FORWARDS, rows[-1]) if rows and has_next else None,
        at(BACKWARDS, rows[0]) if rows and has_previous else None,
    )


def value_in(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)
