"""Processes that outlive a Redis that goes away: they try again until it is back, and end only when asked to."""

import logging
import time
from collections.abc import Callable, Sequence

from django_rq import get_queue
from django_rq.cron import DjangoCronScheduler
from redis.exceptions import ConnectionError, TimeoutError
from rq import Worker
from rq.exceptions import StopRequested

logger = logging.getLogger(__name__)

PAUSE = 5.0  # seconds before trying again


class SteadyWorker(Worker):
    """Forks for each job, so that one which takes the process with it takes no other; remembers being asked to end."""

    asked_to_stop = False
    max_connection_wait_time = 10.0  # seconds between two tries

    def handle_warm_shutdown_request(self) -> None:
        self.asked_to_stop = True


def work(*, names: Sequence[str], logging_level: str, pause: float = PAUSE) -> None:
    """Take jobs from some queues, the first of them first, until asked to stop."""

    def once() -> bool:
        worker = worker_of(names)
        worker.work(logging_level=logging_level)
        return worker.asked_to_stop

    until_asked_to_stop(once, pause=pause)


def worker_of(names: Sequence[str]) -> SteadyWorker:
    queues = [get_queue(name) for name in names]
    return SteadyWorker(queues, connection=queues[0].connection)


def keep_schedule(*, config: str, logging_level: int, pause: float = PAUSE) -> None:
    """Queue each job at its time until asked to stop."""
    scheduler = DjangoCronScheduler(logging_level=logging_level)
    scheduler.load_config_from_file(config)

    start: Callable[[], object] = scheduler.start

    def once() -> bool:
        start()  # returns only when asked to stop
        return True

    until_asked_to_stop(once, pause=pause)


def until_asked_to_stop(once: Callable[[], bool], *, pause: float) -> None:
    while True:
        try:
            if once():
                return
        except (ConnectionError, TimeoutError) as error:
            logger.warning("Redis does not answer, trying again in %s seconds: %s", pause, error)
        except StopRequested:
            return
        try:
            time.sleep(pause)
        except StopRequested:  # the handler that the worker or the scheduler installed still stands
            return
