"""From which database the work at hand reads: the first, unless who began it chose another for reading alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Choice = Callable[[], str]
chosen: ContextVar[Choice | None] = ContextVar("chosen", default=None)


@contextmanager
def reading_from(choice: Choice) -> Iterator[None]:
    """What is read inside, and may be a little old, is read from the database that is chosen when it is first asked."""
    token = chosen.set(choice)
    try:
        yield
    finally:
        chosen.reset(token)


def alias_to_read() -> str:
    """Inside a transaction of the first database all is read there: it may have written what is asked for."""
    choice = chosen.get()
    if choice is None or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    return choice()


def connection_to_read() -> BaseDatabaseWrapper:
    """For who asks in SQL of its own."""
    return connections[alias_to_read()]


@contextmanager
def without_nested_loops() -> Iterator[None]:
    """What is planned inside joins by hashing or by merging.

    For who joins much with much: after an import, or in a new database, the planner takes it for a few rows until it
    has counted them, and would look through all of the one for each of the other.
    """
    connection = connection_to_read()
    within = "LOCAL " if connection.in_atomic_block else ""
    say(connection, f"SET {within}enable_nestloop = off")
    try:
        yield
    except BaseException:
        if not within:  # a transaction takes it back itself
            with suppress(DatabaseError):  # of a connection that broke off nothing is left
                say(connection, "RESET enable_nestloop")
        raise
    say(connection, f"SET {within}enable_nestloop TO DEFAULT")


def say(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def brief(alias: str = DEFAULT_DB_ALIAS, *, within: int) -> Iterator["psycopg.Cursor[Any]"]:
    """A connection of one's own, for whoever looks whether a database is there: given up after so many seconds.

    Outside the pool, which would wait for as long as a request may. Raises psycopg.Error where there is no answer.
    """
    given = {**connections[alias].get_connection_params(), "connect_timeout": within}
    with psycopg.connect(**given) as asked, asked.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{within}s'")
        yield cursor
