"""What waits, and who answers: asked anew for each reading. A server that is away is a figure, not a failure."""

import logging
import platform
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import django
from django.db import DatabaseError
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

import casetrack
from casetrack.metrics.database import of_database
from casetrack.metrics.machine import of_machine
from casetrack.metrics.queues import of_queues
from casetrack.metrics.replicas import of_replicas

logger = logging.getLogger(__name__)


class Standing(Collector):
    """The gauges, as of a day."""

    def __init__(self, *, today: date) -> None:
        self.today = today

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("casetrack_up", "1 where the server answers in time.", labels=["server"])
        yield build()
        yield from of_machine(self.today)
        yield from of_replicas()
        asked: dict[str, Callable[[], list[Metric]]] = {
            "database": partial(of_database, self.today),
            "queues": of_queues,
        }
        for server, ask in asked.items():
            found = answers_of(server, ask)
            up.add_metric([server], float(found is not None))
            yield from found or ()
        yield up


def answers_of(server: str, ask: Callable[[], list[Metric]]) -> list[Metric] | None:
    """What a server says; None when it doesn't. Half of it would look like the whole, so it is all or nothing."""
    try:
        return ask()
    except (DatabaseError, RedisError, OSError) as error:
        logger.warning("no metrics of the %s: %s", server, error)
        return None


def build() -> Metric:
    versions = {"version": casetrack.__version__, "python": platform.python_version(), "django": django.__version__}
    return InfoMetricFamily("casetrack_build", "What runs here.", value=versions)
