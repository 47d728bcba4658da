"""A month of a place on one screen, for those who answer for it: figures, regions below, reports owed, what is late.

Figures come from the cells although some may wait to be settled, which is said: a first page does not read every case.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from casetrack.cases.counting import counted
from casetrack.cases.models import Case
from casetrack.kinds import KINDS
from casetrack.lib.months import last_day
from casetrack.organizations.choices import Role
from casetrack.organizations.divisions import NATION, Level, level_of
from casetrack.organizations.models import Membership, Organization, Region
from casetrack.organizations.scope import Clearance, Scope
from casetrack.stats import from_cells
from casetrack.stats.asking import days_of, place_of, subjects_of
from casetrack.stats.below import RegionLine, region_lines
from casetrack.stats.closing.reporting import NOTHING, Act, due_on, standing_at, who_report
from casetrack.stats.comparing import Comparison, compared
from casetrack.stats.computing import COUNTERS, HOLDING, Request, ask
from casetrack.stats.indicators import Term, Window
from casetrack.stats.models import Edition
from casetrack.stats.questions import Basis, Place, Question, clearance_of

OVERSEEING = frozenset({Role.SUPERVISOR, Role.STATISTICIAN, Role.AUDITOR, Role.ADMINISTRATOR})
MOST_PLACES = 3
SHOWN = 10
HIGH = (Level.NATION, Level.PROVINCE)
RECEIVED, CLOSED = Term("received"), Term("closed")
RECEIVED_BEFORE, CLOSED_BEFORE = Term("received", Window.YEAR_BEFORE), Term("closed", Window.YEAR_BEFORE)
PENDING = Term("received", Window.PENDING)
TERMS = (RECEIVED, CLOSED, RECEIVED_BEFORE, CLOSED_BEFORE, PENDING)


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of case in the month, beside the same month of the year before."""

    kind: str
    label: str
    received: int
    closed: int
    pending: int
    received_change: Comparison
    closed_change: Comparison


@dataclass(frozen=True, slots=True)
class Owing:
    """Whoever has not reported the month."""

    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Glance:
    """All of it. `settling`: some figures wait to be counted anew; `left_out`: some accusations are in none of them.

    Reports are owed by offices; high up, where these are tens of thousands, by the regions just below.
    """

    place: Place
    month: date
    lines: tuple[KindLine, ...]
    settling: bool
    left_out: bool
    regions: tuple[RegionLine, ...]
    owed_by: tuple[Owing, ...]
    owed_number: int
    owed_by_regions: bool
    report_due: date
    overdue: tuple[Case, ...]
    overdue_number: int


def glances(*, posts: Iterable[Membership], nation: bool, month: date, scope: Scope, today: date) -> list[Glance]:
    """The month of each place that someone answers for; of the whole nation for who has no post and sees all."""
    own = [(post.region_id or "", post.organization_id) for post in posts if post.role in OVERSEEING]
    places = list(dict.fromkeys([*own, *([(NATION, None)] if nation else [])]))[:MOST_PLACES]
    found = [place_of(region=region, organization=office, with_nodes=True) for region, office in places]
    # of what lies on nodes this database has a part, which would look like the whole
    return [glance_of(place, month=month, scope=scope, today=today) for place in found if not place.on_nodes]


def glance(*, region: str, organization: int | None, month: date, scope: Scope, today: date) -> Glance:
    return glance_of(place_of(region=region, organization=organization), month=month, scope=scope, today=today)


def glance_of(place: Place, *, month: date, scope: Scope, today: date) -> Glance:
    organization = place.organization
    kinds = [code for code in KINDS if scope.allows(region_code=place.region, organization_id=organization, kind=code)]
    cases = Case.objects.in_scope(scope)
    here = cases.filter(organization=organization) if organization else cases.under(place.region)
    late = here.overdue_on(today)
    high = not organization and level_of(place.region) in HIGH
    silent = open_regions(place, month) if high else unreported(place, month, scope)
    numbers = counted({"overdue": late, "owed": silent})
    told = told_whole(scope, place)
    return Glance(
        place=place,
        month=month,
        lines=tuple(lines(place, kinds, month, told)),
        settling=not from_cells.behind(place).keys().isdisjoint(kinds),
        left_out=any(clearance_of(told, place, kind) is not Clearance.WHOLE for kind in kinds),
        regions=() if organization else tuple(region_lines(place, kinds, month, told, cases, today)),
        owed_by=tuple(Owing(*each) for each in named(silent)[:SHOWN]),
        owed_number=numbers["owed"],
        owed_by_regions=high,
        report_due=due_on(month, place.region),
        overdue=tuple(
            late.select_related("organization").order_by("due_on", "pk").defer("private", "search_text")[:SHOWN]
        ),
        overdue_number=numbers["overdue"],
    )


def told_whole(scope: Scope, place: Place) -> Scope:
    """What opens the whole place. A clearance for some corner of it would have every case of the place read."""
    if scope.everything or place.organization:
        return scope
    return replace(scope, grants=tuple(grant for grant in scope.grants if grant.covers(place.region)))


def unreported(place: Place, month: date, scope: Scope) -> QuerySet[Organization]:
    """Those whose month is not confirmed, or was sent back."""
    opened = scope.on(region_field="region", organization_field="pk", kind_field=None)
    owing = who_report(month, region=place.region).filter(opened)
    owing = owing.filter(pk=place.organization) if place.organization else owing
    return standing_at(owing, month, [NOTHING, Act.RETURNED])


def open_regions(place: Place, month: date) -> QuerySet[Region]:
    """The regions just below that have not closed the month."""
    closed = Edition.objects.filter(region=OuterRef("pk"), month=month)
    return Region.objects.filter(~Exists(closed), parent=place.region)


def named(silent: QuerySet[Organization] | QuerySet[Region]) -> "QuerySet[Any, tuple[str, str]]":
    """By key, so that the first are found without sorting all."""
    where = "region__name" if silent.model is Organization else "parent__name"
    return silent.order_by("pk").values_list("name", where)


def lines(place: Place, kinds: Sequence[str], month: date, scope: Scope) -> list[KindLine]:
    """The kinds of which there is, or was a year before, anything."""
    days = days_of(first=month, last=last_day(month), as_of=None)
    found = []
    for subject in subjects_of(kinds, place) if kinds else ():
        request = Request(place, days, (subject,), (), scope=scope)
        held = from_cells.can_answer(subject.code, place, days, [], scope)
        basis = Basis.CELLS if held else Basis.EVENTS
        if not HOLDING[basis](subject.code, place):
            continue
        tally = ask(Question(subject.code, TERMS, place, days, scope=request.scope), COUNTERS[basis])
        found.append(line(subject.code, tally.get((), Counter())))
    return [each for each in found if each.received or each.closed or each.pending or each.received_change.base]


def line(kind: str, numbers: Counter[Term]) -> KindLine:
    received, closed = numbers[RECEIVED], numbers[CLOSED]
    return KindLine(
        kind,
        KINDS[kind].label,
        received,
        closed,
        numbers[PENDING],
        compared(received, numbers[RECEIVED_BEFORE], "件"),
        compared(closed, numbers[CLOSED_BEFORE], "件"),
    )
