"""A replica that may answer: it follows the first, is not far behind, and has all that the reader has written."""

import logging
from itertools import count
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from casetrack.replicas.standing import Standing

logger = logging.getLogger(__name__)
AWAY = 10.0  # seconds for which one that can't be used is not asked again, by this process
REMEMBERED = 3600  # seconds for which what somebody wrote is waited for: a copy that far behind is not used at all
WRITTEN = "SELECT pg_current_wal_insert_lsn()::text"
turns = count()
away: dict[str, float] = {}


def note_written(user: int) -> None:
    """From now on this user is shown no state of before; without replicas there is none."""
    if not settings.REPLICAS:
        return
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(WRITTEN)
        cache.set(key_of(user), cursor.fetchone()[0], REMEMBERED)


def replica_for(user: int | None) -> str:
    """The next replica in turn that may answer; the first database where none may."""
    written = cache.get(key_of(user)) if user is not None else None
    turn = next(turns)
    for number in range(len(settings.REPLICAS)):
        alias = settings.REPLICAS[(turn + number) % len(settings.REPLICAS)]
        if away.get(alias, 0) <= monotonic() and may_answer(alias, written):
            return str(alias)
    return DEFAULT_DB_ALIAS


def may_answer(alias: str, written: str | None) -> bool:
    if alias in away:  # others needn't wait while one looks whether it is back
        away[alias] = monotonic() + AWAY
    try:
        with connections[alias].cursor() as cursor:
            standing = Standing.told(cursor, written=written)
    except DatabaseError as error:
        put_away(alias, f"does not answer: {error}")
        return False
    if reason := standing.unfit(most=settings.REPLICA_LAG):
        put_away(alias, reason)
        return False
    away.pop(alias, None)
    return standing.has_all


def put_away(alias: str, reason: str) -> None:
    away[alias] = monotonic() + AWAY
    logger.warning("%s %s; lists and statistics are read from the first database", alias, reason)


def key_of(user: int) -> str:
    return f"written:{user}"
