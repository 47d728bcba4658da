"""What waits in Redis, who takes it, and when each kind of job last came to its end."""

import django_rq
from django.conf import settings
from prometheus_client.core import GaugeMetricFamily, Metric
from redis import Redis
from rq import Worker
from rq.cron_scheduler_registry import get_registry_key
from rq.registry import FailedJobRegistry, StartedJobRegistry

from casetrack.health import WITHIN
from casetrack.lib.queues import impatient
from casetrack.lib.runs import last_successes

WHEN = "timestamp_seconds"


def of_queues() -> list[Metric]:
    with impatient(within=WITHIN) as client:
        return [*jobs(client), workers(client), beat(client), successes(client)]


def jobs(client: Redis) -> list[Metric]:
    shown = GaugeMetricFamily("casetrack_jobs", "Jobs by queue and state.", labels=["queue", "state"])
    takers = GaugeMetricFamily("casetrack_queue_workers", "Workers that take from a queue.", labels=["queue"])
    for name in settings.RQ_QUEUES:
        queue = django_rq.get_queue(name, connection=client)
        running, failed = StartedJobRegistry(queue=queue), FailedJobRegistry(queue=queue)
        shown.add_metric([name, "waiting"], queue.count)
        shown.add_metric([name, "running"], running.get_job_count(cleanup=False))
        shown.add_metric([name, "failed"], failed.get_job_count(cleanup=False))
        takers.add_metric([name], Worker.count(queue=queue))
    return [shown, takers]


def workers(client: Redis) -> Metric:
    said = "Workers that have registered."
    return GaugeMetricFamily("casetrack_workers", said, value=Worker.count(connection=client))


def beat(client: Redis) -> Metric:
    """0 where no schedule has registered."""
    last = client.zrange(get_registry_key(), -1, -1, withscores=True)
    heard = float(last[0][1]) if last else 0.0
    said = "When a schedule was last heard of; 0: none is."
    return GaugeMetricFamily(f"casetrack_schedule_beat_{WHEN}", said, value=heard)


def successes(client: Redis) -> Metric:
    said = "When a kind of job last came to its end without an error."
    shown = GaugeMetricFamily(f"casetrack_job_last_success_{WHEN}", said, labels=["function"])
    for function, at in sorted(last_successes(client).items()):
        shown.add_metric([function], at)
    return shown
