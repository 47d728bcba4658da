"""When each kind of job last came to its end, kept where jobs are queued: a schedule that stands still shows by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from redis import Redis
from redis.exceptions import ResponseError

KEY = "casetrack:last-success"


def note_success(connection: Redis, *, function: str, at: datetime) -> None:
    connection.hset(KEY, function, str(at.timestamp()))


def last_successes(connection: Redis) -> dict[str, float]:
    """Seconds since 1970, by the name of what ran."""
    try:
        found = cast(Mapping[bytes, bytes], connection.hgetall(KEY))  # of the client that is awaited it would be more
    except ResponseError:
        return {}  # something else has the name
    return {name.decode(): float(at) for name, at in found.items()}
