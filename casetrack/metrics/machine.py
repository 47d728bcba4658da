"""What the machine and the calendar say: room on the disk, the certificate, the notice of next year's holidays."""

import logging
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import count

from django.conf import settings
from prometheus_client.core import GaugeMetricFamily, Metric

from casetrack.law.notices import has_notice
from casetrack.lib.certificates import Validity, validity_of
from casetrack.metrics.kept import kept

logger = logging.getLogger(__name__)
HOUR = 3600
WITHIN = 2.0


def of_machine(today: date) -> Iterator[Metric]:
    yield from room()
    said = "Days until a year begins whose notice of holidays is not part of this release; its dates are provisional."
    yield GaugeMetricFamily("casetrack_holiday_notice_days", said, value=notice_days(today))
    if validity := kept(HOUR, certificate, settings.ADDRESS):
        for what, at in (("begins", validity.begins), ("expires", validity.ends)):
            said = f"When the certificate of CASETRACK_ADDRESS {what}."
            yield GaugeMetricFamily(f"casetrack_certificate_{what}_timestamp_seconds", said, value=at.timestamp())


def room() -> Iterator[Metric]:
    """Of the disk that the data folder lies on; nothing where there is no such folder yet."""
    try:
        usage = shutil.disk_usage(settings.DATA_DIR)
    except OSError as error:
        logger.warning("no metrics of the data folder: %s", type(error).__name__)
        return
    yield GaugeMetricFamily("casetrack_data_free_bytes", "Free room of the data folder's disk.", value=usage.free)
    yield GaugeMetricFamily("casetrack_data_size_bytes", "Size of the data folder's disk.", value=usage.total)


def notice_days(today: date) -> int:
    """Negative where this very year has none."""
    lacking = next(year for year in count(today.year) if not has_notice(year))
    return (date(lacking, 1, 1) - today).days


def certificate(address: str) -> Validity | None:
    try:
        return validity_of(address, within=WITHIN)
    except (OSError, ValueError) as error:
        logger.warning("the certificate of CASETRACK_ADDRESS can't be read: %s", type(error).__name__)
        return None
