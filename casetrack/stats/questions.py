"""A question put to the record: of which place, which days, which subject, broken down how."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from casetrack.kinds import KINDS
from casetrack.lib.months import Period, last_day, last_whole_month
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import EVERYTHING, Clearance, Scope
from casetrack.stats.indicators import Counted, Term, Window

AT_THE_TIME = "region_code"
"""What milestones and cells keep: the region where the office in charge then lay."""
Key = tuple[int | str, ...]
Tally = dict[Key, Counter[Term]]
"""For each group (an organization where each was asked for, then the values of the dimensions) what was counted."""


class Basis(StrEnum):
    """What figures were counted from: the monthly cells, the milestones of every case, both, or nodes' cells."""

    CELLS = "cells"
    EVENTS = "events"
    BOTH = "cells_and_events"
    NODES = "nodes"


class Organized(StrEnum):
    """Where organizations that have moved are counted: where they were at the time, or where they lie now."""

    THEN = "then"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Place:
    """A region with all below it, or one organization.

    Organizations are counted where they were when cases came to them; with `now`, where they lie today. Of what lies
    `on_nodes` some or all cases are in other databases.
    """

    region: str
    region_name: str = ""
    organization: int | None = None
    organization_name: str = ""
    now: bool = False
    on_nodes: bool = False

    @property
    def name(self) -> str:
        return self.organization_name or self.region_name


@dataclass(frozen=True, slots=True)
class Days:
    """A period as it was asked for and the cut-off; what lies after the cut-off does not count."""

    first: date
    last: date
    as_of: date

    @property
    def period(self) -> Period:
        return Period(self.first, min(self.last, self.as_of))

    @property
    def are_whole_months(self) -> bool:
        return self.period.is_whole_months and self.as_of == last_day(self.as_of)

    @property
    def year_before(self) -> Period:
        period = self.period
        return Period(a_year_before(period.start), a_year_before(period.end, to_month_end=True))


def a_year_before(day: date, *, to_month_end: bool = False) -> date:
    """The same day of the year before; the end of a month stays the end of that month, in leap years too."""
    end = last_day(date(day.year - 1, day.month, 1))
    if to_month_end and day == last_day(day):
        return end
    return date(day.year - 1, day.month, min(day.day, end.day))


def clearance_of(scope: Scope, place: Place, kind: str) -> Clearance:
    """How much of the restricted cases of a kind is counted there; a kind that has none leaves none out."""
    if not KINDS[kind].restricted_when:
        return Clearance.WHOLE
    return scope.clearance(region_code=place.region, organization_id=place.organization, kind=kind)


@dataclass(frozen=True, slots=True)
class Question:
    """Terms of one kind of case to be counted at once, as far as a scope shows its cases.

    After `settled_to`, the end of a month, something of the kind may wait there to be counted in the cells.
    """

    kind: str
    terms: tuple[Term, ...]
    place: Place
    days: Days
    by: tuple[str, ...] = ()
    each_organization: bool = False
    scope: Scope = EVERYTHING
    settled_to: date | None = None

    def last_settled(self, day: date) -> date:
        """The end of the last month that is over by then and up to date in the cells."""
        over = last_whole_month(day)
        return min(over, self.settled_to) if self.settled_to else over


def flows(term: Term, days: Days) -> Q:
    """Which milestones a term counts, as far as it is no stock."""
    return Q(name=term.name) & within_window(term.window, days)


def within_window(window: Window, days: Days) -> Q:
    period = days.year_before if window is Window.YEAR_BEFORE else days.period
    if window in (Window.COHORT, Window.REMAINING):
        return Q(received_on__range=(period.start, period.end), happened_on__lte=days.as_of)
    return Q(happened_on__range=(period.start, period.end))


def where(term: Term) -> Q:
    wanted = Q()
    for dimension, values in term.where:
        wanted &= Q(**{f"dimensions__{dimension}__in": list(values)})
    return wanted


def in_place(place: Place, *, region: str = AT_THE_TIME, organization: str = "organization") -> Q:
    if place.organization:
        return Q(**{organization: place.organization})
    return within("organization__region" if place.now and region == AT_THE_TIME else region, place.region)


def spreads(question: Question) -> list[Term]:
    """The terms of a question that are counted day by day."""
    return [term for term in question.terms if term.counted is Counted.SPREAD]


def is_stock(term: Term) -> bool:
    return term.window in (Window.CARRIED_OVER, Window.PENDING)


def is_lessened(term: Term) -> bool:
    """Whether what `out` ended is taken away: looked up case by case, and in cells one sum less another."""
    return is_stock(term) or term.window is Window.REMAINING


def gather(rows: Sequence[tuple[Key, Term, int]], tally: Tally) -> None:
    for key, term, number in rows:
        tally.setdefault(key, Counter())[term] += number
