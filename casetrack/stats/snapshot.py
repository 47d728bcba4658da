"""One view of the database for many queries, so that a count in the middle of them can't make figures disagree."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from casetrack.lib.databases import alias_to_read, connection_to_read


@contextmanager
def one_view() -> Iterator[None]:
    """Everything read inside is as of one moment. Inside a transaction of the caller, it is as that reads."""
    if connection_to_read().in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias_to_read()):
        with connection_to_read().cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
