"""The regions just below a place in a month, side by side: a few questions for all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from casetrack.cases.counting import counted
from casetrack.cases.querysets import CaseQuerySet
from casetrack.lib.months import add_months
from casetrack.organizations.divisions import is_under, level_of
from casetrack.organizations.models import Region
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import Clearance, Scope
from casetrack.stats.comparing import Comparison, compared
from casetrack.stats.dimensions import held_in, name_of
from casetrack.stats.models import Cell
from casetrack.stats.questions import Place, clearance_of
from casetrack.stats.recount import KEPT_BY_OFFICES


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region below: what came in and was closed there in the month, and what is overdue today."""

    region: Region
    received: int
    received_change: Comparison
    closed: int
    overdue: int


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
