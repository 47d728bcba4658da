"""Processes that outlive a Redis that goes away: they try again until it is back, and end only when asked to."""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event

from django.utils.timezone import now
from django_rq import get_queue
from django_rq.cron import DjangoCronScheduler
from redis.client import Pipeline
from redis.exceptions import ConnectionError, TimeoutError
from rq import Queue, Worker
from rq.exceptions import SchedulerNotFound, StopRequested
from rq.executions import Execution
from rq.job import Job

from casetrack.lib.logs.jobs import told
from casetrack.lib.runs import note_success
from workers import beats
from workers.discreet import Discreet

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds before trying again
SPEAKS_EVERY = 60  # seconds at most between two words of a worker that has nothing to do


class SteadyWorker(Discreet, Worker):
    """Forks for each job, so that one which takes the process with it takes no other; remembers being asked to end."""

    max_connection_wait_time = 10.0  # seconds between two tries
    dequeue_timeout = SPEAKS_EVERY
    asked_to_stop: Event

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        super().heartbeat(timeout, pipeline=pipeline)
        beats.beat(self.connection, self.queue_names())

    def handle_warm_shutdown_request(self) -> None:
        self.asked_to_stop.set()

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        with told(job):
            succeeded = bool(super().perform_job(job, queue, execution))
        if succeeded and job.func_name:
            note_success(self.connection, function=job.func_name, at=now())
        return succeeded


class SteadyScheduler(DjangoCronScheduler):
    """Ends as it was asked to also where Redis is away, or was restarted and knows nothing of it."""

    def heartbeat(self) -> None:
        super().heartbeat()
        beats.beat(self.connection, [beats.SCHEDULE])

    def register_death(self, pipeline: Pipeline | None = None) -> None:
        with suppress(SchedulerNotFound, ConnectionError, TimeoutError):
            super().register_death(pipeline)


def work(*, names: Sequence[str], logging_level: str, pause: float = PAUSE) -> None:
    """Take jobs from some queues, the first of them first, until asked to stop."""
    asked = Event()

    def once() -> bool:
        worker_of(names, asked).work(logging_level=logging_level)
        return asked.is_set()

    until_asked_to_stop(once, pause=pause, asked=asked)


def worker_of(names: Sequence[str], asked: Event) -> SteadyWorker:
    queues = [get_queue(name) for name in names]
    worker = SteadyWorker(queues, connection=queues[0].connection)
    worker.asked_to_stop = asked
    return worker


def keep_schedule(*, config: str, logging_level: int, pause: float = PAUSE) -> None:
    """Queue each job at its time until asked to stop."""
    scheduler = SteadyScheduler(logging_level=logging_level)
    scheduler.load_config_from_file(config)

    start: Callable[[], object] = scheduler.start

    def once() -> bool:
        start()  # returns only when asked to stop
        return True

    until_asked_to_stop(once, pause=pause, asked=Event())


def until_asked_to_stop(once: Callable[[], bool], *, pause: float, asked: Event) -> None:
    """`once` says whether it ended because it was asked to; `asked` is set where it had no time to say so.

    The handlers of the worker or scheduler that ended still stand during the pause: one raises, another only notes.
    """
    with suppress(StopRequested):
        while not asked.is_set() and not tried(once):
            time.sleep(pause)


def tried(once: Callable[[], bool]) -> bool:
    try:
        return once()
    except (ConnectionError, TimeoutError) as error:
        logger.warning("Redis does not answer, trying again: %s", error)
        return False
