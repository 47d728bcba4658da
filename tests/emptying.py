"""How the database is left empty after a test that commits: by deleting the few rows there are.

Django cuts off all tables, whatever is in them, which makes some three hundred files anew: twenty times as long.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

LARGE = 64 * 8192
"""Bytes of a table that is better cut off: rows that are deleted stay in its file, and would slow down later tests."""
HOLDING = """
SELECT relname, pg_relation_size(oid) > %s, relhastriggers AND EXISTS (
  SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND NOT tgisinternal
)
FROM pg_class WHERE oid = ANY (%s::regclass[]) AND pg_relation_size(oid) > 0
"""


def deleting(flush: Callable[[TransactionTestCase], None]) -> Callable[[TransactionTestCase], None]:
    """In place of `flush`, which does what it always did where there is much."""

    @wraps(flush)
    def empty(test: TransactionTestCase) -> None:
        holding = tables_with_rows()
        if any(large for _, large, _ in holding):
            every = all_guarded()
            switch("DISABLE", every)
            flush(test)
            switch("ENABLE", every)
        else:
            delete([name for name, _, _ in holding], [name for name, _, guarded in holding if guarded])

    return empty


def tables_with_rows() -> list[tuple[str, bool, bool]]:
    """Those that have, or had, any: which it is, whether it is large, and whether triggers guard it."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(HOLDING, [LARGE, tables])
        found: list[tuple[str, Any, Any]] = cursor.fetchall()
    return found


def all_guarded() -> list[str]:
    """Those that refuse to be emptied, with rows or without."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'never_emptied'")
        return [name for (name,) in cursor.fetchall()]


def delete(tables: list[str], guarded: list[str]) -> None:
    """Also what is only ever added to; references are looked after once all is gone."""
    statements = (
        *switches("DISABLE", guarded),
        *(f'DELETE FROM "{name}"' for name in tables),
        "SET CONSTRAINTS ALL IMMEDIATE",
        *switches("ENABLE", guarded),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(";".join(statements))


def switches(how: str, guarded: list[str]) -> list[str]:
    return [f'ALTER TABLE "{name}" {how} TRIGGER USER' for name in guarded]


def switch(how: str, guarded: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(";".join(switches(how, guarded)) or "SELECT")
