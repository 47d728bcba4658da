"""The indexes of words while cases are made by the many: rows wait beside them, and are taken in at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.contrib.postgres.indexes import GinIndex
from django.db import connection

from casetrack.cases.models import Case

WAITING_KILOBYTES = 128 * 1024
LEFT = "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND 'fastupdate=on' = ANY(reloptions) ORDER BY relname"


@contextmanager
def searched_later() -> Iterator[None]:
    """Let the indexes of words take rows by the many: one by one, they take longer than everything else together.

    One that is killed leaves them so: a search then also reads what waits, until `search_at_once` is next called.
    """
    set_options(indexes(), f"fastupdate = on, gin_pending_list_limit = {WAITING_KILOBYTES}")
    try:
        yield
    finally:
        search_at_once()


def search_at_once() -> list[str]:
    """Let every row be in the indexes as soon as it is there, and take in those that wait: which lagged behind.

    Whoever generates cases and whoever verifies the record calls it first, so that nothing stays behind for good.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [indexes()])
        left = [name for (name,) in cursor.fetchall()]
        set_options(left, "fastupdate = off")
        for name in left:
            cursor.execute(f"ALTER INDEX {name} RESET (gin_pending_list_limit)")
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])
    return left


def indexes() -> list[str]:
    return [index.name for index in Case._meta.indexes if isinstance(index, GinIndex)]


def set_options(names: Sequence[str], options: str) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"ALTER INDEX {name} SET ({options})")
