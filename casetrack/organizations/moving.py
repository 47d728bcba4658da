"""Where an organization lay on a day: moves in the tree of divisions are kept, so that the past stays where it was."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, prefetch_related_objects

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.law.places import same_law
from casetrack.organizations.models import FormerRegion, Organization
from casetrack.organizations.querysets import within


@dataclass(frozen=True, slots=True)
class Moving:
    """When organizations move, and the place of that in the order of events; by whom, and when it was entered."""

    on: date
    mark: int
    actor: User | None
    now: datetime


def at_any_time(row: FormerRegion) -> bool:
    return True


def region_on(organization: Organization, day: date, *, knows: Callable[[FormerRegion], bool] = at_any_time) -> str:
    """The region in which an organization lay on a day, as far as its moves were known.

    Asks the database only for those that have moved; `with_moves` asks for many at once.
    """
    settled_on = organization.settled_on
    if settled_on is None or (knows is at_any_time and day >= settled_on):
        return organization.region_id
    moves = list(organization.former_regions.all())
    known = [row for row in moves if knows(row)]
    lay = next((row.region_id for row in known if row.until > day), None)
    beyond = moves[len(known)].region_id if len(known) < len(moves) else organization.region_id
    return lay or beyond


def with_moves(organizations: Iterable[Organization]) -> None:
    """Fetch the moves of those that have moved, in one query, or none where none has."""
    moved = [each for each in organizations if each.settled_on]
    if moved:
        prefetch_related_objects(moved, "former_regions")


def lay_under(code: str, day: date, *, organization: str = "") -> Q:
    """That an organization lay under a region on a day, wherever it lies now; `organization` is the field of it."""
    key, of = organization or "pk", f"{organization}__" if organization else ""
    moved_since = Q(**{f"{of}settled_on__gt": day})
    lay = FormerRegion.objects.on(day).under(code).values("organization")
    stayed = Q(**{f"{of}settled_on": None}) | Q(**{f"{of}settled_on__lte": day})
    return within(f"{of}region", code) & stayed | moved_since & Q(**{f"{key}__in": lay})


def ever_under(code: str) -> list[int]:
    """The organizations that have moved out of a region, or within it: few, and nearly always none."""
    return list(FormerRegion.objects.under(code).values_list("organization", flat=True).distinct())


def broken_histories(code: str) -> Iterator[str]:
    """The organizations under a region whose moves do not follow one another up to where they lie now."""
    has_moved = Q(settled_on__isnull=False) | Q(pk__in=FormerRegion.objects.values("organization"))
    rows = Organization.objects.under(code).filter(has_moved).prefetch_related("former_regions").order_by("pk")
    for organization in rows.iterator(chunk_size=1000):
        moves = list(organization.former_regions.all())
        marks, days = [row.mark for row in moves], [None, *(row.until for row in moves)]
        if [row.since for row in moves] != days[:-1] or days[-1] != organization.settled_on or marks != sorted(marks):
            yield f"机构{organization.pk}（{organization.name}）的迁移记录前后不衔接"


def why_not(organization: Organization, region_code: str, on: date, *, today: date) -> dict[str, str]:
    """Moves are told in the order in which they were, and never lead to where other law applies; empty if it can be."""
    if on > today:
        return {"moved_on": f"迁移日期{on}晚于今天（{today}），请在迁移之后登记"}
    if organization.settled_on and on <= organization.settled_on:
        return {"moved_on": f"该机构自{organization.settled_on}起在现在的区划，迁移日期应晚于此日"}
    if not same_law(organization.region_id, region_code):
        return {"region": "两地适用不同的地方规定或放假安排，不能迁移；请撤销该机构，在新的地区另行登记"}
    return {}


def leave(organization: Organization, left: str, since: date | None, move: Moving) -> str:
    """Keep where an organization lay, and since when, that now lies elsewhere; what to tell of it."""
    FormerRegion.objects.create(
        organization=organization,
        region_id=left,
        since=since,
        until=move.on,
        mark=move.mark,
        entered_by=move.actor,
        entered_at=move.now,
    )
    details = {"organization": organization.pk, "left": left, "region": organization.region_id, "on": str(move.on)}
    about = About(region_code=organization.region_id, organization_id=organization.pk)
    record(action=Action.CHANGE, actor=move.actor, now=move.now, about=about, details=details)
    return f"区划由{left}改为{organization.region_id}，自{move.on}起；此前收到的案件仍计入原区划"
