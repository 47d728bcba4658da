"""One view of the database for many queries, so that a count in the middle of them can't make figures disagree."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction

from casetrack.lib.databases import alias_to_read, connection_to_read

Answer = TypeVar("Answer")
_told: ContextVar[dict[Hashable, Any] | None] = ContextVar("told", default=None)
"""What has been asked in the view that is open, if it is one of ours."""


@contextmanager
def one_view() -> Iterator[None]:
    """Everything read inside is as of one moment. Inside a transaction of the caller, it is as that reads."""
    if connection_to_read().in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias_to_read()):
        with connection_to_read().cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        opened = _told.set({})
        try:
            yield
        finally:
            _told.reset(opened)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question that is asked again and again: in one view it can't have changed, so it is kept."""
    told = _told.get()
    if told is None:
        return ask()
    if question not in told:
        told[question] = ask()
    answer: Answer = told[question]
    return answer
