"""Waking a worker once the transaction has committed."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from time import monotonic
from typing import Any

import django_rq
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError, TimeoutError
from redis.retry import Retry
from rq.exceptions import DuplicateJobError
from rq.job import Job

from casetrack.lib.logs.jobs import asked_by

logger = logging.getLogger(__name__)

# no retries and short waits: a request must not hang because Redis does
CONNECT_WITHIN, ANSWER_WITHIN = 1.0, 2.0
LEFT_ALONE = 10.0  # seconds for which a Redis that did not answer is not asked again: the schedule finds all anyway
asked_again_at: dict[str, float] = {}


def nudge(job: str, *, queue: str = "statistics", **ids: int) -> None:
    """Ask for one run of `job`, named by its path so that the core need not import its workers.

    What it is about is said by `ids` alone. A nudge that is lost costs only time: the schedule runs every job anyway.
    """
    transaction.on_commit(partial(_enqueue, job, queue, ids))


def _enqueue(job: str, queue: str, ids: Mapping[str, int]) -> None:
    url = settings.REDIS_URL
    if monotonic() < asked_again_at.get(url, 0):
        return
    connection = _connection(url, CONNECT_WITHIN, ANSWER_WITHIN)
    job_id = "-".join([job.replace(".", "-"), *map(str, ids.values())])
    try:
        if connection.exists(Job.key_for(job_id)):  # what enqueueing would find out too, at ten times the price
            return
        waiting = django_rq.get_queue(queue, commit_mode="auto", connection=connection)
        kept: dict[str, Any] = {"job_id": job_id, "unique": True, "result_ttl": 0, "failure_ttl": 0, "meta": asked_by()}
        waiting.enqueue_call(job, kwargs=dict(ids), **kept)
    except DuplicateJobError:
        pass  # one is already waiting
    except (ConnectionError, TimeoutError) as error:
        asked_again_at[url] = monotonic() + LEFT_ALONE
        logger.warning("%s was not queued and waits for the schedule, Redis is left alone for a while: %s", job, error)
    except RedisError as error:  # full, read-only, unable to keep its file: what was asked of us is committed
        logger.warning("%s was not queued and waits for the schedule: %s", job, error)


@contextmanager
def impatient(*, within: float) -> Iterator[Redis]:
    """A connection of one's own, for whoever looks whether Redis is there: given up after so many seconds."""
    client = Redis.from_url(
        settings.REDIS_URL, socket_timeout=within, socket_connect_timeout=within, retry=Retry(NoBackoff(), 0)
    )
    try:
        yield client
    finally:
        client.close()


@cache
def _connection(url: str, connect_within: float, answer_within: float) -> Redis:
    """Kept open between nudges; its pool opens another where Redis closed it, and one for each thread at work."""
    return Redis.from_url(
        url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=connect_within, socket_timeout=answer_within
    )
