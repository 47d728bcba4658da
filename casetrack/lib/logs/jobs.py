"""One line a job, with the number of the request that asked for it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from rq.job import Job

from casetrack.lib.logs.context import Doing, at_work, doing

META = "request_id"
logger = logging.getLogger(__name__)


def asked_by() -> dict[str, str]:
    """For a job that is being queued: the number of the request that does it, and nothing else."""
    number = doing().request_id
    return {META: number} if number else {}


@contextmanager
def told(job: Job) -> Iterator[None]:
    """While a job runs every line has its number; when it has ended a line says how long it took."""
    begun = perf_counter()
    number = job.meta.get(META, "")
    with at_work(Doing(number if isinstance(number, str) else "", job.id, job.func_name or "")):
        try:
            yield
        finally:
            logger.info("job", extra={"ms": round((perf_counter() - begun) * 1000, 1)})
