"""Counting in Redis what may happen so often a minute. While Redis is away nothing is counted, and nothing hangs."""

import logging
from functools import lru_cache
from time import monotonic, time

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

WITHIN = 0.3  # seconds: a count is worth no more waiting
LEFT_ALONE = 10.0  # seconds for which a Redis that did not answer is not asked again
PREFIX = "casetrack:count"
FORGOTTEN_BY = 3  # of the first few, each tells Redis to forget the number: one may die before it does


class Counters:
    """Of one Redis, for all processes. One line in the log tells that it went away, one that it is back."""

    def __init__(self, url: str) -> None:
        self.redis = Redis.from_url(
            url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=WITHIN, socket_timeout=WITHIN
        )
        self.asked_again_at = 0.0
        self.away = False

    def count(self, name: str, *, seconds: int) -> tuple[int, float] | None:
        """One more: how many this is within the current stretch of time, and how long that lasts; None: not known.

        Stretches begin together for everyone, so that a count is one number that forgets itself.
        """
        if monotonic() < self.asked_again_at:
            return None
        now = time()
        key = f"{PREFIX}:{name}:{int(now // seconds)}"
        try:
            number = int(self.redis.incr(key))
            if number <= FORGOTTEN_BY:
                self.redis.expire(key, seconds)
        except (RedisError, OSError) as error:
            self.note_away(error)
            return None
        self.note_back()
        return number, seconds - now % seconds

    def note_away(self, error: Exception) -> None:
        self.asked_again_at = monotonic() + LEFT_ALONE
        if not self.away:
            logger.warning("Redis does not answer, requests are not counted until it does: %s", error)
        self.away = True

    def note_back(self) -> None:
        if self.away:
            logger.warning("Redis answers again, requests are counted")
        self.away = False


@lru_cache(maxsize=4)
def counters_at(url: str) -> Counters:
    """The counters of a Redis: one a process, so that connections and what is known of it are shared."""
    return Counters(url)
