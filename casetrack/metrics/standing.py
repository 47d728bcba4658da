"""What waits, and who answers: asked anew for each reading. A server that is away is a figure, not a failure."""

import logging
import platform
from collections.abc import Callable, Iterator
from datetime import date

import django
import django_rq
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Worker
from rq.registry import FailedJobRegistry, StartedJobRegistry

import casetrack
from casetrack.cases.models import Deadline
from casetrack.health import WITHIN, database_answers
from casetrack.kinds import KINDS
from casetrack.stats import rollup

logger = logging.getLogger(__name__)


class Standing(Collector):
    """The gauges, as of a day."""

    def __init__(self, *, today: date) -> None:
        self.today = today

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("casetrack_up", "1 where the server answers in time.", labels=["server"])
        yield build()
        for server, ask in {"database": self.of_database, "queues": of_queues}.items():
            found = answers_of(server, ask)
            up.add_metric([server], float(found is not None))
            yield from found or ()
        yield up

    def of_database(self) -> list[Metric]:
        if not database_answers():  # asked first: the pool would wait for as long as a request may
            raise DatabaseError("no answer")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{WITHIN}s'")
            return [unsettled(), waited(), overdue(self.today)]


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


def unsettled() -> Metric:
    said = "Marks of changed months that nobody has counted yet; growing means that no worker settles."
    return GaugeMetricFamily("casetrack_unsettled_marks", said, value=rollup.waiting())


def waited() -> Metric:
    said = "Age of the oldest mark that nobody has counted: how far figures may be behind the log; 0 where none is."
    return GaugeMetricFamily("casetrack_unsettled_oldest_seconds", said, value=rollup.seconds_waited())


def overdue(today: date) -> Metric:
    shown = GaugeMetricFamily(
        "casetrack_overdue_deadlines", "The offices' running clocks past their last day.", labels=["kind"]
    )
    clocks = Deadline.objects.overdue_on(today).order_by().values_list("kind").annotate(Count("pk"))
    counted: dict[str, int] = dict.fromkeys(KINDS, 0) | dict(clocks)
    for kind, number in counted.items():
        shown.add_metric([kind], number)
    return shown


def of_queues() -> list[Metric]:
    jobs = GaugeMetricFamily("casetrack_jobs", "Jobs by queue and state.", labels=["queue", "state"])
    client = Redis.from_url(
        settings.REDIS_URL, socket_timeout=WITHIN, socket_connect_timeout=WITHIN, retry=Retry(NoBackoff(), 0)
    )
    try:
        for name in settings.RQ_QUEUES:
            queue = django_rq.get_queue(name, connection=client)
            running, failed = StartedJobRegistry(queue=queue), FailedJobRegistry(queue=queue)
            jobs.add_metric([name, "waiting"], queue.count)
            jobs.add_metric([name, "running"], running.get_job_count(cleanup=False))
            jobs.add_metric([name, "failed"], failed.get_job_count(cleanup=False))
        workers = Worker.count(connection=client)
    finally:
        client.close()
    return [jobs, GaugeMetricFamily("casetrack_workers", "Workers that have registered.", value=workers)]
