"""What the tests of the workers ask of the record and of the queues."""

import django_rq
from django.conf import settings

from casetrack.organizations.models import Region
from casetrack.stats.models import Cell

RECEIVED = {"kind": "mediation", "name": "received", "breakdown": "difficult,agreement"}


def received_in(region: Region) -> int:
    """Disputes received in a region, as the cells have them."""
    cells = Cell.objects.filter(region_code=region.code, organization=None, **RECEIVED)
    return sum(cells.values_list("cases", flat=True))


def queued() -> list[str]:
    """The jobs that wait, by the functions they call."""
    return [job.func_name or "" for name in settings.RQ_QUEUES for job in django_rq.get_queue(name).jobs]
