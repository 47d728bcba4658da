"""Waking a worker once the transaction has committed."""

import logging
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import django_rq
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq.exceptions import DuplicateJobError
from rq.job import Job

from casetrack.lib.logs.jobs import asked_by

logger = logging.getLogger(__name__)

# no retries and short waits: a request must not hang because Redis does
CONNECT_WITHIN, ANSWER_WITHIN = 1.0, 2.0


def nudge(job: str, *, queue: str = "statistics", **ids: int) -> None:
    """Ask for one run of `job`, named by its path so that the core need not import its workers.

    What it is about is said by `ids` alone. A nudge that is lost costs only time: the schedule runs every job anyway.
    """
    transaction.on_commit(partial(_enqueue, job, queue, ids))


def _enqueue(job: str, queue: str, ids: Mapping[str, int]) -> None:
    connection = _connection(settings.REDIS_URL, CONNECT_WITHIN, ANSWER_WITHIN)
    job_id = "-".join([job.replace(".", "-"), *map(str, ids.values())])
    try:
        if connection.exists(Job.key_for(job_id)):  # what enqueueing would find out too, at ten times the price
            return
        waiting = django_rq.get_queue(queue, commit_mode="auto", connection=connection)
        kept: dict[str, Any] = {"job_id": job_id, "unique": True, "result_ttl": 0, "failure_ttl": 0, "meta": asked_by()}
        waiting.enqueue_call(job, kwargs=dict(ids), **kept)
    except DuplicateJobError:
        pass  # one is already waiting
    except RedisError as error:  # away, full, read-only, unable to keep its file: what was asked of us is committed
        logger.warning("%s was not queued and waits for the schedule: %s", job, error)


@cache
def _connection(url: str, connect_within: float, answer_within: float) -> Redis:
    """Kept open between nudges; its pool opens another where Redis closed it, and one for each thread at work."""
    return Redis.from_url(
        url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=connect_within, socket_timeout=answer_within
    )
