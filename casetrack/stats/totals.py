"""How many cases a list holds: exactly, and from the monthly cells where these say it.

Cells divide cases by kind, place and month, by whether they are open, and by dimensions that no later step changes.
Months that changed since they were counted, and months of which only some days were asked for, are counted from the
cases: somewhere an office is always at work, and it should cost a month, not the total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from casetrack.cases import dimensions
from casetrack.cases.models import Unsettled
from casetrack.cases.querysets import CaseQuerySet
from casetrack.kinds import KINDS
from casetrack.lib.months import last_day, month_of
from casetrack.organizations.divisions import NATION
from casetrack.organizations.models import FormerRegion
from casetrack.organizations.scope import Scope
from casetrack.stats.constancy import fixed_when_closed, fixed_when_received, never_reopens
from casetrack.stats.dimensions import held_in, in_order, name_of
from casetrack.stats.models import Cell, UnsettledRegion
from casetrack.stats.snapshot import one_view
from casetrack.stats.territory import Area, NotInCells, area_of

MOST_CHANGED = 6  # of more months, counting all the cases is no slower
UNDIVIDED = frozenset({"kind", "under", "organization", "ordering", "on"})
OF_MONTHS = frozenset({"open", "received_from", "received_to", "closed_from", "closed_to"})
AS_CELLS_SAY = {"true": "yes", "false": "no"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of one kind of case: where, which milestone stands for each case, in which months and with which values.

    `anew` are the months to count from the cases.
    """

    kind: str
    area: Area
    name: str
    months: Q
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    anew: frozenset[date] = frozenset()

    def cells(self) -> Q:
        chosen = self.area.cells() & Q(kind=self.kind) & self.months & ~Q(month__in=self.anew)
        if not self.area.together:
            chosen &= Q(breakdown=name_of(held_in(self.kind, in_order(self.kind, self.values)) or ()))
        for name, values in self.values.items():
            chosen &= Q(**{f"dimensions__{name}__in": list(values)})
        return chosen


def total_of(cases: CaseQuerySet, *, asked: Mapping[str, Any], scope: Scope) -> int:
    """How many `cases` there are: those of a scope, narrowed by the filters and values of `asked`."""
    given = {name: value for name, value in asked.items() if value not in (None, "", [])}
    with one_view():
        try:
            return by_cells(cases, given, scope)
        except NotInCells:
            return cases.order_by().count()


def by_cells(cases: CaseQuerySet, given: Mapping[str, Any], scope: Scope) -> int:
    parts = [part for kind in given.get("kind", KINDS) if (part := understood(kind, given, scope))]
    refuse_moved(parts)
    changed = months_changed(parts)
    number, chosen = 0, Q(pk__in=[])
    for part in parts:
        anew = part.anew | changed.get(part.kind, frozenset())
        if anew and (given.get("open") is True or len(anew) > MOST_CHANGED):
            number += cases.filter(kind=part.kind, received_on__isnull=False).order_by().count()
            continue
        if anew:
            number += counted_anew(cases.filter(kind=part.kind), part.name, anew)
        chosen |= Wanted(part.kind, part.area, part.name, part.months, part.values, anew).cells()
    number += sum_of(chosen, without_closed=given.get("open") is True)
    # a case whose opening was taken back made no milestone, and so stands in no cell
    return number if given.keys() & {"received_from", "received_to"} else number + unreceived(cases)


def refuse_moved(parts: Sequence[Wanted]) -> None:
    """Lists go by where cases lie, cells by where they were counted: these differ where an office has moved."""
    moved = Q(pk__in=[])
    for part in parts:
        if part.area.regions != (NATION,):
            moved |= part.area.inside("region") | part.area.inside("organization__region")
    if FormerRegion.objects.filter(moved).exists():
        raise NotInCells


def sum_of(chosen: Q, *, without_closed: bool) -> int:
    closed = Q(name="closed") if without_closed else Q(pk__in=[])
    found = Cell.objects.filter(chosen).aggregate(all=Sum("cases", filter=~closed), gone=Sum("cases", filter=closed))
    return (found["all"] or 0) - (found["gone"] or 0)


def unreceived(cases: CaseQuerySet) -> int:
    return cases.filter(received_on=None).order_by().count()


def counted_anew(cases: CaseQuerySet, name: str, months: Iterable[date]) -> int:
    day = "closed_on" if name == "closed" else "received_on"
    within_months = Q(pk__in=[])
    for month in months:
        within_months |= Q(**{f"{day}__range": (month, last_day(month))})
    return cases.filter(within_months, received_on__isnull=False).order_by().count()


def understood(kind: str, given: Mapping[str, Any], scope: Scope) -> Wanted | None:
    """What the filters mean for a kind; None: it has no such case. Raises NotInCells where cells can't say."""
    if not given.keys() <= {*UNDIVIDED, *OF_MONTHS, *dimensions.NAMES} or not never_reopens(kind):
        raise NotInCells
    values = values_asked(kind, given)
    area = area_of(scope, kind, given.get("under", []), given.get("organization", []))
    if values is None or area is None:
        return None
    is_open = given.get("open")
    at_end = values.keys() - fixed_when_received(kind)
    closing = bool(at_end) or is_open is False or bool(given.keys() & {"closed_from", "closed_to"})
    kept_nowhere = not area.together and held_in(kind, in_order(kind, values)) is None
    if (closing and is_open) or kept_nowhere:
        raise NotInCells
    name = "closed" if closing else "received"
    names = Q(name__in=["received", "closed"] if is_open else [name])
    own, anew = months_between("month", given, name)
    cohort, cut = months_between("received_month", given, "received") if closing or is_open else (Q(), frozenset())
    if cut:
        raise NotInCells
    return Wanted(kind, area, name, names & (cohort if is_open else own & cohort), values, anew)


def values_asked(kind: str, given: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """The dimensions asked for, as cells name their values; None where no case of the kind can have them."""
    declared = {each.name for each in KINDS[kind].dimensions}
    found: dict[str, list[str]] = {}
    for name in dimensions.NAMES:
        asked = given.get(name)
        if not asked:
            continue
        if name not in declared and dimensions.UNSPECIFIED not in asked:
            return None
        if name in declared:
            found[name] = [AS_CELLS_SAY.get(value, value) for value in asked]
            late = name not in fixed_when_received(kind)
            if late and (name not in fixed_when_closed(kind) or dimensions.UNSPECIFIED in asked):
                raise NotInCells
    return found


def months_between(column: str, given: Mapping[str, Any], name: str) -> tuple[Q, frozenset[date]]:
    """The months of a milestone that the days asked for touch, and those of which they leave out some days."""
    first, last = given.get(f"{name}_from"), given.get(f"{name}_to")
    chosen, cut = Q(), set()
    if first:
        chosen &= Q(**{f"{column}__gte": month_of(first)})
        cut |= {month_of(first)} if first != month_of(first) else set()
    if last:
        chosen &= Q(**{f"{column}__lte": last})
        cut |= {month_of(last)} if last != last_day(last) else set()
    return chosen, frozenset(cut)


def months_changed(parts: Sequence[Wanted]) -> dict[str, frozenset[date]]:
    """The months of each kind that changed, where its cases are, since they were counted."""
    offices, regions = Q(pk__in=[]), Q(pk__in=[])
    for part in parts:
        inside = part.area.inside("organization__region") & Q(kind=part.kind)
        offices |= inside if part.area.offices is None else inside & Q(organization__in=part.area.offices)
        if not part.area.together:
            regions |= part.area.inside("region") & Q(kind=part.kind)
    marks = Unsettled.objects.filter(offices).values_list("kind", "month")
    found: dict[str, set[date]] = {}
    for kind, month in marks.union(UnsettledRegion.objects.filter(regions).values_list("kind", "month")):
        found.setdefault(kind, set()).add(month)
    return {kind: frozenset(months) for kind, months in found.items()}
