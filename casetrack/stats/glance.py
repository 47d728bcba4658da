"""A month of a place on one screen, for those who answer for it: figures, regions below, reports owed, what is late.

Figures come from the cells although some may wait to be settled, which is said: a first page does not read every case.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from casetrack.cases.counting import counted
from casetrack.cases.models import Case
from casetrack.cases.querysets import CaseQuerySet
from casetrack.kinds import KINDS
from casetrack.lib.months import add_months, last_day
from casetrack.organizations.divisions import is_under, level_of
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import Clearance, Scope
from casetrack.stats import from_cells
from casetrack.stats.asking import days_of, place_of, subjects_of
from casetrack.stats.closing.reporting import NOTHING, Act, due_on, standing_at, who_report
from casetrack.stats.comparing import Comparison, compared
from casetrack.stats.computing import COUNTERS, HOLDING, Request, ask
from casetrack.stats.dimensions import held_in, name_of
from casetrack.stats.indicators import Term, Window
from casetrack.stats.models import Cell
from casetrack.stats.questions import Basis, Place, Question, clearance_of
from casetrack.stats.recount import KEPT_BY_OFFICES

SHOWN = 10
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
class RegionLine:
    """A region below: what came in and was closed there in the month, and what is overdue today."""

    region: Region
    received: int
    received_change: Comparison
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Glance:
    """All of it. `settling` says that some figures wait to be counted anew."""

    place: Place
    month: date
    lines: tuple[KindLine, ...]
    settling: bool
    regions: tuple[RegionLine, ...]
    unreported: tuple[Organization, ...]
    unreported_number: int
    report_due: date
    overdue: tuple[Case, ...]
    overdue_number: int


def glance(*, region: str, organization: int | None, month: date, scope: Scope, today: date) -> Glance:
    place = place_of(region=region, organization=organization)
    kinds = [code for code in KINDS if scope.allows(region_code=place.region, organization_id=organization, kind=code)]
    cases = Case.objects.in_scope(scope)
    here = cases.filter(organization=organization) if organization else cases.under(place.region)
    late = here.overdue_on(today)
    silent = unreported(place, month, scope)
    numbers = counted({"overdue": late, "unreported": silent})
    return Glance(
        place=place,
        month=month,
        lines=tuple(lines(place, kinds, month, scope)),
        settling=bool(from_cells.behind(place) & set(kinds)),
        regions=() if organization else tuple(region_lines(place, kinds, month, scope, cases, today)),
        unreported=tuple(silent.select_related("region").order_by("pk")[:SHOWN]),
        unreported_number=numbers["unreported"],
        report_due=due_on(month, place.region),
        overdue=tuple(
            late.select_related("organization").order_by("due_on", "pk").defer("private", "search_text")[:SHOWN]
        ),
        overdue_number=numbers["overdue"],
    )


def unreported(place: Place, month: date, scope: Scope) -> QuerySet[Organization]:
    """Those whose month is not confirmed, or was sent back."""
    owing = who_report(month, region=place.region).filter(pk__in=Organization.objects.in_scope(scope).values("pk"))
    owing = owing.filter(pk=place.organization) if place.organization else owing
    return standing_at(owing, month, [NOTHING, Act.RETURNED])


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


def region_lines(
    place: Place, kinds: Sequence[str], month: date, scope: Scope, cases: CaseQuerySet, today: date
) -> list[RegionLine]:
    """The regions just below, those with the most overdue first."""
    below = list(Region.objects.filter(parent=place.region).order_by("code"))
    if not below or not kinds:
        return []
    numbers = in_regions(place, below, kinds, month, scope)
    late = counted({each.code: cases.under(each.code).overdue_on(today) for each in below})
    before = add_months(month, -12)
    found = [
        RegionLine(
            each,
            received := numbers[each.code, month, "received"],
            compared(received, numbers[each.code, before, "received"], "件"),
            numbers[each.code, month, "closed"],
            late[each.code],
        )
        for each in below
    ]
    return sorted(found, key=lambda one: (-one.overdue, -one.received, one.region.code))


def in_regions(
    place: Place, below: Sequence[Region], kinds: Sequence[str], month: date, scope: Scope
) -> Counter[tuple[str, date, str]]:
    """What the cells of the regions below say of the month and of that of the year before, in one question."""
    by_offices = level_of(below[0].code) in KEPT_BY_OFFICES
    where = (
        Q(organization__isnull=False) & within("region_code", place.region)
        if by_offices
        else Q(organization=None, region_code__in=[each.code for each in below])
    )
    of_kinds = Q(pk__in=[])
    for kind in kinds:
        one = Q(kind=kind) if by_offices else Q(kind=kind, breakdown=name_of(held_in(kind, ()) or ()))
        cleared = clearance_of(scope, place, kind) is Clearance.WHOLE
        of_kinds |= one if cleared else one & Q(restricted=False)
    cells = Cell.objects.filter(
        where, of_kinds, month__in=[month, add_months(month, -12)], name__in=("received", "closed")
    )
    numbers: Counter[tuple[str, date, str]] = Counter()
    codes = [each.code for each in below]
    for code, when, name, number in cells.values_list("region_code", "month", "name").annotate(n=Sum("cases")):
        above = next((each for each in codes if is_under(code, each)), None)
        if above is not None:
            numbers[above, when, name] += number
    return numbers
