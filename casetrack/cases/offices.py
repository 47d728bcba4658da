"""An organization changed, with what its cases make of it: figures are broken down by the kind of the committee."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.copying import reserve_keys
from casetrack.cases.models import Case, CaseEvent, Unsettled
from casetrack.cases.projection import SETTLE
from casetrack.lib.queues import nudge
from casetrack.organizations.keeping import RegisterRefused
from casetrack.organizations.keeping_organizations import change_organization
from casetrack.organizations.models import FormerRegion, Organization
from casetrack.organizations.moving import Moving

REMEMBERED = timedelta(days=2)  # for longer than anything that was begun before a move goes on
FOLLOW = (
    "WITH going AS (SELECT id, region_id, settled_on FROM organizations_organization WHERE id = ANY(%s)),"
    " cases AS (UPDATE cases_case c SET region_code = going.region_id FROM going"
    "  WHERE c.organization_id = going.id AND c.region_code <> going.region_id),"
    " clocks AS (UPDATE cases_deadline d SET region_code = going.region_id FROM going"
    "  WHERE d.organization_id = going.id AND d.region_code <> going.region_id),"
    " moved AS (UPDATE cases_milestone m SET region_code = going.region_id FROM going"
    "  WHERE m.organization_id = going.id AND m.region_code <> going.region_id AND m.received_on >= going.settled_on"
    "  RETURNING m.organization_id, m.kind, m.happened_on)"
    " SELECT DISTINCT organization_id, kind, date_trunc('month', happened_on)::date FROM moved"
)
RECLASSIFY = (
    "WITH moved AS (UPDATE cases_milestone"
    " SET dimensions = dimensions || jsonb_build_object('committee_kind', %s::text)"
    " WHERE organization_id = %s AND dimensions->>'committee_kind' <> %s RETURNING kind, happened_on)"
    " SELECT DISTINCT kind, date_trunc('month', happened_on)::date FROM moved"
)


@transaction.atomic
def change_office(
    *, organization_id: int, changes: Mapping[str, Any], actor: User | None, now: datetime, version: str | None = None
) -> Organization:
    """Change an organization by hand. Its cases keep their events, and are counted under the kind it now has."""
    if day := changes.get("active_to"):
        refuse_end_before_cases(organization_id, day)
    moving = moving_now(actor, now) if "region" in changes else None
    news = change_organization(
        organization_id=organization_id, changes=changes, actor=actor, now=now, version=version, moving=moving
    )
    if "committee_kind" in news:
        reclassify({organization_id: news["committee_kind"]})
    organization = Organization.objects.get(pk=organization_id)
    if "settled_on" in news:
        relocate([organization])
    return organization


def moving_now(actor: User | None, now: datetime) -> Moving:
    """A move of today, keyed in the order of events: an edition knows the moves up to its mark, and no others."""
    (mark,) = reserve_keys(CaseEvent, 1)
    return Moving(localdate(now), mark, actor, now)


def refuse_end_before_cases(organization_id: int, day: date) -> None:
    later = Case.objects.filter(organization=organization_id, received_on__gte=day).order_by("-received_on").first()
    if later:
        raise RegisterRefused(
            {"active_to": f"该机构在{later.received_on}还登记过案件，撤销日期应晚于此日；误登的案件请先更正承办机构"}
        )


def relocate(moved: Sequence[Organization]) -> None:
    """Let the cases of offices that moved lie where these do, and be counted there if they came in since the move.

    Nothing that was published changes; months in which cases count elsewhere than before are marked, and restate.
    """
    if not moved:
        return
    keys = [each.pk for each in moved]
    list(Case.objects.select_for_update().filter(organization__in=keys).order_by("pk").values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [keys])
        marks = [Unsettled(organization_id=office, kind=kind, month=month) for office, kind, month in cursor.fetchall()]
    if marks:
        Unsettled.objects.bulk_create(marks)
        nudge(SETTLE)


@transaction.atomic
def follow_recent_moves(*, now: datetime) -> int:
    """Take along the cases that were being entered at the very moment their office moved; how many offices had any.

    Whoever enters a case holds nothing that would make a move wait, since that would cost every case a question more.
    """
    offices = list(Organization.objects.filter(pk__in=left_behind(now=now).values("organization")).order_by("pk"))
    relocate(offices)
    return len(offices)


def left_behind(*, now: datetime) -> QuerySet[Case]:
    """Cases that lie where their office lay before it moved."""
    recent = FormerRegion.objects.filter(entered_at__gte=now - REMEMBERED)
    cases = Case.objects.filter(organization__in=recent.values("organization"))
    return cases.exclude(region_code=F("organization__region_id"))


def reclassify(kinds: Mapping[int, str]) -> None:
    """Let the milestones of committees carry their new kind, and the months they lie in be counted again.

    The cases are held first: a step taken meanwhile waits, and is then folded under the new kind.
    """
    if not kinds:
        return
    list(Case.objects.select_for_update().filter(organization__in=kinds).order_by("pk").values_list("pk"))
    marks = []
    with connection.cursor() as cursor:
        for organization, kind in sorted(kinds.items()):
            cursor.execute(RECLASSIFY, [kind, organization, kind])
            marks += [Unsettled(organization_id=organization, kind=of, month=month) for of, month in cursor.fetchall()]
    if marks:
        Unsettled.objects.bulk_create(marks)
        nudge(SETTLE)
