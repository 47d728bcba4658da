"""A replica that may answer: it follows the first, is not far behind, and has all that the reader has written."""

import logging
from itertools import count
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

logger = logging.getLogger(__name__)
AWAY = 10.0  # seconds for which one that can't be used is not asked again, by this process
REMEMBERED = 3600  # seconds for which what somebody wrote is waited for: a copy that far behind is not used at all
WRITTEN = "SELECT pg_current_wal_insert_lsn()::text"
# caught up with what it receives, a copy is 0 behind however long nothing was written; cut off, it can't know
STANDING = (
    "SELECT pg_is_in_recovery(), coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, true),"
    " CASE WHEN EXISTS (SELECT FROM pg_stat_wal_receiver) AND pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn()"
    " THEN 0 ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8"
)
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
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(STANDING, [written])
            follows, has_all, seconds = cursor.fetchone()
    except DatabaseError as error:
        put_away(alias, f"does not answer: {error}")
        return False
    if not follows:
        put_away(alias, "is no replica, or no longer one")
        return False
    if seconds is None or seconds > settings.REPLICA_LAG:
        put_away(alias, f"is {'an unknown time' if seconds is None else f'{seconds:.0f} s'} behind")
        return False
    return bool(has_all)


def put_away(alias: str, reason: str) -> None:
    away[alias] = monotonic() + AWAY
    logger.warning("%s %s; lists and statistics are read from the first database", alias, reason)


def key_of(user: int) -> str:
    return f"written:{user}"
