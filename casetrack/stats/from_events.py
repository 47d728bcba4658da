"""Figures counted from the milestones of every case: any day, any dimensions, and slower than from cells."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Sum, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from casetrack.cases.models import Milestone
from casetrack.kinds import KINDS
from casetrack.stats.dimensions import UNSPECIFIED, from_opening
from casetrack.stats.indicators import Counted, Term, Window
from casetrack.stats.questions import (
    Days,
    Key,
    Place,
    Question,
    Tally,
    flows,
    gather,
    in_place,
    is_lessened,
    spreads,
    where,
)


class DaysBetween(Func):
    """Whole days from the first date to the second, none where that lies before it."""

    template = "GREATEST(%(expressions)s, 0)"
    arg_joiner = " - "
    output_field = IntegerField()


DAYS_TAKEN = DaysBetween(F("happened_on"), F("received_on"))


def hold_any(kind: str, place: Place) -> bool:
    """Whether there is anything to count there: most places never had a case of most kinds."""
    return Milestone.objects.filter(in_place(place), kind=kind, name__in=names_of(kind)).exists()


@cache
def names_of(kind: str) -> list[str]:
    """What an index that has the name before the region must be told."""
    return sorted({mark.name for step in KINDS[kind].steps for mark in step.marks})


def count(question: Question) -> Tally:
    """Flows in one pass over the milestones; each stock by looking, case by case, whether it was over by then."""
    moving = tuple(term for term in question.terms if not is_lessened(term))
    tally = together(replace(question, terms=moving), milestones_of(question))
    for term in spreads(question):
        chosen = milestones_of(question).filter(behind(term, question.days))
        for key, row in grouped(chosen, question, {"t0": Count("pk")}, days=DAYS_TAKEN):
            gather([(key, replace(term, days=row["days"]), row["t0"])], tally)
    for term in filter(is_lessened, question.terms):
        chosen = milestones_of(question).filter(behind(term, question.days))
        for key, row in grouped(chosen, question, {"t0": Count("pk")}):
            gather([(key, term, row["t0"])], tally)
    return tally


def together(question: Question, rows: QuerySet[Milestone]) -> Tally:
    """The terms of a question of which none is lessened, in one pass over some milestones."""
    tally: Tally = {}
    if question.terms:
        chosen = rows.filter(any_of(flows(term, question.days) for term in question.terms))
        sums = {f"t{number}": summed(term, question.days) for number, term in enumerate(question.terms)}
        for key, row in grouped(chosen, question, sums):
            gather([(key, term, row[f"t{number}"] or 0) for number, term in enumerate(question.terms)], tally)
    return tally


def milestones_of(question: Question) -> QuerySet[Milestone]:
    return Milestone.objects.filter(in_place(question.place), question.scope.on(), kind=question.kind)


def summed(term: Term, days: Days) -> Combinable:
    chosen = flows(term, days) & where(term)
    if term.counted is Counted.IN_TIME:
        return Count("pk", filter=chosen & Q(in_time=True))
    if term.counted is Counted.LATE:
        return Count("pk", filter=chosen & Q(in_time=False))
    if term.counted in (Counted.CASES, Counted.SPREAD):
        return Count("pk", filter=chosen)
    return Sum(DAYS_TAKEN if term.counted is Counted.DAYS else F(term.counted.value), filter=chosen)


def any_of(conditions: Iterable[Q]) -> Q:
    together = Q()
    for condition in conditions:
        together |= condition
    return together


def behind(term: Term, days: Days) -> Q:
    """The milestones behind a term, one row for each that it counts; for a stock, what came in."""
    period = days.period
    if term.window is Window.CARRIED_OVER:
        over = Milestone.objects.filter(case=OuterRef("case"), name=term.out, happened_on__lt=period.start)
        return Q(name=term.name, happened_on__lt=period.start) & ~Q(Exists(over))
    if term.window is Window.PENDING:
        over = Milestone.objects.filter(case=OuterRef("case"), name=term.out, happened_on__lte=period.end)
        return Q(name=term.name, happened_on__lte=period.end) & ~Q(Exists(over))
    if term.window is Window.REMAINING:
        over = Milestone.objects.filter(case=OuterRef("case"), name=term.out, happened_on__lte=days.as_of)
        return flows(term, days) & where(term) & ~Q(Exists(over))
    judged = {Counted.IN_TIME: Q(in_time=True), Counted.LATE: Q(in_time=False)}
    return flows(term, days) & where(term) & judged.get(term.counted, Q())


def grouped(
    rows: QuerySet[Milestone], question: Question, sums: dict[str, Combinable], *, days: Combinable | None = None
) -> Iterable[tuple[Key, dict[str, Any]]]:
    """The sums of each group; with `days`, of each number of days in it.

    What can't have a value yet is in no group of that dimension.
    """
    later = [name for name in question.by if name not in from_opening(question.kind)]
    if later:
        rows = rows.filter(dimensions__has_keys=later)
    names = [f"d{number}" for number in range(len(question.by))]
    values = {alias: value_of(name) for alias, name in zip(names, question.by, strict=True)}
    keys = (["organization_id"] if question.each_organization else []) + names
    if not keys and days is None:
        yield (), rows.aggregate(**sums)
        return
    further = {"days": days} if days is not None else {}
    for row in rows.annotate(**values).values(*keys, **further).annotate(**sums).order_by():
        yield tuple(row[key] for key in keys), row


def value_of(dimension: str) -> Combinable:
    return Coalesce(KT(f"dimensions__{dimension}"), Value(UNSPECIFIED, output_field=TextField()))
