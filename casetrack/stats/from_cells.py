"""Figures added up from the monthly cells: what a region's own cells hold, however large the region."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from django.db.models import Q, QuerySet

from casetrack.cases.models import Unsettled
from casetrack.organizations.divisions import level_of
from casetrack.organizations.models import FormerRegion
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import Clearance, Scope
from casetrack.stats import durations, seats
from casetrack.stats.blocks import add_up
from casetrack.stats.counting import added
from casetrack.stats.dimensions import Breakdown, held_in, name_of, needed, told_by_cells
from casetrack.stats.indicators import OF_DAYS, Term
from casetrack.stats.models import CellBlock, Durations, Seat, UnsettledRegion
from casetrack.stats.questions import Days, Place, Question, Tally, clearance_of, gather, in_place
from casetrack.stats.recount import KEPT_BY_OFFICES
from casetrack.stats.snapshot import once
from casetrack.stats.territory import NotInCells


def can_answer(kind: str, place: Place, days: Days, bys: Iterable[Breakdown], scope: Scope) -> bool:
    """Whether cells hold this, once all is settled: whole months, and breakdowns that are kept."""
    return days.are_whole_months and holds(kind, place, bys, scope)


def holds(kind: str, place: Place, bys: Iterable[Breakdown], scope: Scope) -> bool:
    """Whether cells hold breakdowns of the months of a place, for who sees what a scope opens.

    The cells of offices say all that a scope asks; those of a region only whether its cases are restricted.
    """
    if keeps_together(place):
        return True
    whole = scope.allows_region(place.region, kind=kind) and clearance_of(scope, place, kind) is not Clearance.PARTLY
    return whole and told_by_cells(kind).issuperset(bys)


def keeps_together(place: Place) -> bool:
    """Whether the cells are those of offices, which keep all dimensions together and so answer any breakdown."""
    return bool(place.organization) or level_of(place.region) in KEPT_BY_OFFICES


def behind(place: Place) -> Mapping[str, date]:
    """The kinds of case of which something in the place waits to be counted, and the earliest month of each."""
    return once(("behind", place), partial(waiting, place))


def waiting(place: Place) -> Mapping[str, date]:
    months = waiting_months(place)
    return {kind: min(month for of, month in months if of == kind) for kind in {kind for kind, _ in months}}


def waiting_months(place: Place) -> set[tuple[str, date]]:
    if place.organization:
        return set(Unsettled.objects.filter(organization=place.organization).values_list("kind", "month"))
    offices = waiting_offices(place).values_list("kind", "month")
    regions = UnsettledRegion.objects.filter(within("region", place.region)).values_list("kind", "month")
    return set(offices.union(regions))


def waiting_offices(place: Place) -> QuerySet[Unsettled]:
    """The months of offices that wait to be counted and may count there: of those that lie there, or once did."""
    lay_here = Q(organization__in=Seat.objects.filter(within("region_code", place.region)).values("organization"))
    lay_here |= Q(organization__in=FormerRegion.objects.under(place.region).values("organization"))
    return Unsettled.objects.filter(within("organization__region", place.region) | lay_here)


def hold_any(kind: str, place: Place) -> bool:
    """Whether there may be anything to add up there: most places never had a case of most kinds."""
    if place.now:
        return True  # of a region that moved, other cells count too
    return once(("cells", kind, place), CellBlock.objects.filter(own_or_of_offices(place), kind=kind).exists)


def own_or_of_offices(place: Place) -> Q:
    if keeps_together(place):
        return in_place(place) & Q(organization__isnull=False)
    return Q(region_code=place.region, organization__isnull=True)


def count(question: Question) -> Tally:
    """One query for each kept breakdown whose cells hold a term; nearly always one."""
    if question.place.now and not (question.each_organization or keeps_together(question.place)):
        return as_organized_now(question)
    tally: Tally = {}
    gather(list(durations.count(question, durations.kept_for(question))), tally)
    for cells, terms in cells_of(counted_in_cells(question)):
        add_up(question, cells, terms, tally)
    return tally


def as_organized_now(question: Question) -> Tally:
    """A region's own cells, with those of the offices exchanged that have moved out or in since."""
    tally = count(replace(question, place=replace(question.place, now=False)))
    terms = list(counted_in_cells(question).terms)
    for times, moved in seats.moves(question.place):
        here = moved & question.scope.on() & Q(kind=question.kind, organization__isnull=False)
        exchanged: Tally = {}
        gather(list(durations.count(question, Durations.objects.filter(here))), exchanged)
        add_up(question, CellBlock.objects.filter(here), terms, exchanged)
        added(tally, exchanged, times=times)
    return tally


def counted_in_cells(question: Question) -> Question:
    return replace(question, terms=tuple(term for term in question.terms if term.counted not in OF_DAYS))


def cells_of(question: Question) -> Iterator[tuple[QuerySet[CellBlock], list[Term]]]:
    """The blocks of cells to add up, and which terms they hold."""
    place, cells = question.place, CellBlock.objects.filter(kind=question.kind)
    if question.each_organization or keeps_together(place):
        here = in_place(place) & Q(organization__isnull=False) & question.scope.on()
        yield cells.filter(here), list(question.terms)
        return
    held: dict[Breakdown, list[Term]] = defaultdict(list)
    for term in question.terms:
        held[breakdown_for(question, term)].append(term)
    own = cells.filter(own_or_of_offices(place))
    if clearance_of(question.scope, place, question.kind) is not Clearance.WHOLE:
        own = own.filter(restricted=False)
    for breakdown, terms in held.items():
        yield own.filter(breakdown=name_of(breakdown)), terms


def breakdown_for(question: Question, term: Term) -> Breakdown:
    """The breakdown to read a term from. Raises NotInCells where none holds it; `can_answer` is asked before."""
    wanted = needed(question.kind, question.by, term)
    found = held_in(question.kind, wanted)
    if found is None:
        raise NotInCells(f"{question.kind}.{term.name} is kept in no breakdown by {name_of(wanted)}")
    return found
