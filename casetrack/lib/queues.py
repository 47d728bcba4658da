"""Waking a worker once the transaction has committed."""

import logging
from functools import partial

import django_rq
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, OutOfMemoryError, ReadOnlyError, TimeoutError
from redis.retry import Retry
from rq.exceptions import DuplicateJobError

logger = logging.getLogger(__name__)

# no retries and short waits: a request must not hang because Redis does
CONNECT_WITHIN, ANSWER_WITHIN = 1.0, 2.0


def nudge(job: str, *, queue: str = "statistics") -> None:
    """Ask for one run of `job`, named by its path so that the core need not import its workers.

    A nudge that is lost costs only time: the schedule runs every job anyway.
    """
    transaction.on_commit(partial(_enqueue, job, queue))


def _enqueue(job: str, queue: str) -> None:
    connection = Redis.from_url(
        settings.REDIS_URL,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=CONNECT_WITHIN,
        socket_timeout=ANSWER_WITHIN,
    )
    try:
        waiting = django_rq.get_queue(queue, commit_mode="auto", connection=connection)
        waiting.enqueue_call(job, job_id=job.replace(".", "-"), unique=True, result_ttl=0, failure_ttl=0)
    except DuplicateJobError:
        pass  # one is already waiting
    except (ConnectionError, TimeoutError, OutOfMemoryError, ReadOnlyError) as error:
        logger.warning("%s was not queued and waits for the schedule: %s", job, error)
    finally:
        connection.close()
