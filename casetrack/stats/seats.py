"""Where offices have cells: the regions they lie in, or lay in when cases came to them.

Cells say where a case was handled then. To tell figures as offices are organized now, only those that have moved since
are exchanged: what they left behind is taken out of a region's own cells, and what they brought along is put in.
"""

from collections.abc import Iterator, Mapping

from django.db import connection
from django.db.models import F, Q
from psycopg import sql

from casetrack.organizations.divisions import code_range
from casetrack.organizations.querysets import within
from casetrack.stats.buckets import Names, OfficeBucket, arrays, head
from casetrack.stats.models import Seat
from casetrack.stats.questions import Place

NOTED = sql.SQL(
    "{head} INSERT INTO stats_seat (organization_id, region_code)"
    " SELECT DISTINCT c.organization_id, c.region_code FROM {source} ON CONFLICT DO NOTHING"
)


def note(buckets: Mapping[OfficeBucket, Names]) -> None:
    """Remember where the offices whose months were counted have cells; never forgotten, and harmless where empty."""
    source = sql.SQL(
        "bucket JOIN stats_cellblock c ON c.organization_id = bucket.place AND c.kind = bucket.kind"
        " AND c.month = bucket.month"
    )
    with connection.cursor() as cursor:
        cursor.execute(NOTED.format(head=head("bigint"), source=source), arrays(buckets))


def note_all(kind: str, region: str) -> None:
    source = sql.SQL(
        "stats_cellblock c WHERE c.organization_id IS NOT NULL AND c.kind = {}"
        " AND c.region_code >= %s AND c.region_code < %s"
    ).format(sql.Literal(kind))
    with connection.cursor() as cursor:
        cursor.execute(NOTED.format(head=sql.SQL(""), source=source), code_range(region))


def moves(place: Place) -> Iterator[tuple[int, Q]]:
    """Which cells of offices to take out of a region's own (-1) and which to put in (1), as they are organized now."""
    lay, lie = within("region_code", place.region), within("organization__region", place.region)
    for times, moved in ((-1, lay & ~lie), (1, lie & ~lay)):
        offices = Seat.objects.filter(moved).exclude(region_code=F("organization__region"))
        found = list(offices.values_list("organization", flat=True).distinct())
        if found:
            yield times, Q(organization__in=found) & (lay if times < 0 else ~lay)
