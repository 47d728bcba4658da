"""What the database knows: what waits to be counted, clocks past their day, what users asked for, who is connected."""

from collections.abc import Iterable
from datetime import date

from django.db import DatabaseError, connection, transaction
from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily, Metric

from casetrack.accounts.models import AuditEntry
from casetrack.cases.models import Deadline, Job
from casetrack.health import WITHIN, database_answers
from casetrack.kinds import KINDS
from casetrack.metrics.kept import kept
from casetrack.stats import rollup

MINUTE = 60
COUNTING = 5  # seconds for a count over many rows, which is then kept for a minute
CONNECTED = """
SELECT coalesce(state, 'other'), count(*), current_setting('max_connections')::int
FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1
"""
STATES = ("active", "idle", "idle in transaction")


def of_database(today: date) -> list[Metric]:
    if not database_answers():  # asked first: the pool would wait for as long as a request may
        raise DatabaseError("no answer")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{WITHIN}s'")
        quick = [unsettled(), waited(), *connected(), *in_the_pool()]
        cursor.execute(f"SET LOCAL statement_timeout = '{COUNTING}s'")
        return [*quick, overdue(today), requested(), *backed_up()]


def unsettled() -> Metric:
    said = "Marks of changed months that nobody has counted yet; growing means that no worker settles."
    return GaugeMetricFamily("casetrack_unsettled_marks", said, value=rollup.waiting())


def waited() -> Metric:
    said = "Age of the oldest mark that nobody has counted, so of the oldest change that cells lack; 0 where none is."
    return GaugeMetricFamily("casetrack_unsettled_oldest_seconds", said, value=rollup.seconds_waited())


def overdue(today: date) -> Metric:
    said = "The offices' running clocks past their last day, as of a minute ago at most."
    shown = GaugeMetricFamily("casetrack_overdue_deadlines", said, labels=["kind"])
    for kind, number in kept(MINUTE, count_overdue, today).items():
        shown.add_metric([kind], number)
    return shown


def count_overdue(today: date) -> dict[str, int]:
    # of rows, not of keys: then the index of those that run says it all
    clocks = Deadline.objects.overdue_on(today).order_by().values_list("kind").annotate(number=Count("*"))
    return dict.fromkeys(KINDS, 0) | dict(clocks)


def requested() -> Metric:
    said = "Imports, exports and what else users asked for, by state, as of a minute ago at most."
    shown = GaugeMetricFamily("casetrack_requested_jobs", said, labels=["state"])
    for state, number in kept(MINUTE, count_requested).items():
        shown.add_metric([state], number)
    return shown


def count_requested() -> dict[str, int]:
    states: Iterable[tuple[str, int]] = Job.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(Job.State.values, 0) | dict(states)


def connected() -> list[Metric]:
    """Of the whole server, since all its databases share its connections."""
    with connection.cursor() as cursor:
        cursor.execute(CONNECTED)
        rows = cursor.fetchall()
    found = {state: number for state, number, _ in rows}
    shown = GaugeMetricFamily("casetrack_database_connections", "Connections to the server.", labels=["state"])
    for state in STATES:
        shown.add_metric([state], found.pop(state, 0))
    shown.add_metric(["other"], sum(found.values()))
    most = GaugeMetricFamily("casetrack_database_connections_most", "max_connections of the server.", value=rows[0][2])
    return [shown, most]


def in_the_pool() -> list[Metric]:
    """Of the process that answers; nothing where it keeps no pool."""
    pool = getattr(connection, "pool", None)
    if pool is None:
        return []
    stats: dict[str, int] = pool.get_stats()
    said = "Connections of the answering process' pool, and requests that wait for one."
    shown = GaugeMetricFamily("casetrack_pool", said, labels=["what"])
    for what in ("pool_size", "pool_available", "requests_waiting"):
        shown.add_metric([what], stats.get(what, 0))
    return [shown]


def backed_up() -> list[Metric]:
    """Nothing where no backup was ever made."""
    at = kept(10 * MINUTE, last_backup)
    said = "When the last backup was made that the audit log tells of."
    return [GaugeMetricFamily("casetrack_backup_timestamp_seconds", said, value=at)] if at else []


def last_backup() -> float | None:
    at = AuditEntry.objects.last_backup_at()
    return at.timestamp() if at else None
