"""Whether lists can be read from each replica, and how far it is behind; nothing where there is none."""

import logging
from collections.abc import Iterator

import psycopg
from django.conf import settings
from prometheus_client.core import GaugeMetricFamily, Metric

from casetrack.health import WITHIN
from casetrack.replicas.standing import Standing, looked_at

logger = logging.getLogger(__name__)


def of_replicas() -> Iterator[Metric]:
    if not settings.REPLICAS:
        return
    said = "1 where lists and figures can be read from the replica: it answers, follows and is not too far behind."
    usable = GaugeMetricFamily("casetrack_replica_usable", said, labels=["replica"])
    behind = GaugeMetricFamily("casetrack_replica_lag_seconds", "How far a replica is behind.", labels=["replica"])
    for alias in settings.REPLICAS:
        standing = standing_of(alias)
        usable.add_metric([alias], float(standing is not None and not standing.unfit(most=settings.REPLICA_LAG)))
        if standing is not None and standing.follows and standing.seconds is not None:
            behind.add_metric([alias], standing.seconds)
    yield from (usable, behind)


def standing_of(alias: str) -> Standing | None:
    try:
        return looked_at(alias, within=WITHIN)
    except psycopg.Error as error:
        logger.warning("no metrics of %s: %s", alias, error)
        return None
