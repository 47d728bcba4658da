"""Locks by a name in words, which the database keeps: nobody holds one longer than their transaction, or session."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection


class LockTaken(Exception):
    """Somebody else is at it."""


def wait_for(name: str) -> None:
    """Until this transaction ends, nobody else holds this lock; who holds it now is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Over any number of transactions. Raises LockTaken where somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        if not cursor.fetchone()[0]:
            raise LockTaken(name)
    try:
        yield
    finally:
        # a session that broke off holds nothing any more
        with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
