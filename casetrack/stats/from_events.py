"""Figures counted from the milestones of every case: any day, any dimensions, and slower than from cells."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
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
    within_window,
)


class DaysBetween(Func):
    """Whole days from the first date to the second, none where that lies before it."""

    template = "GREATEST(%(expressions)s, 0)"
    arg_joiner = " - "
    output_field = IntegerField()


DAYS_TAKEN = DaysBetween(F("happened_on"), F("received_on"))
SUMS: Mapping[str, Combinable] = {
    "number": Count("pk"),
    "days": Sum(DAYS_TAKEN),
    "all_persons": Sum("persons"),
    "all_cents": Sum("cents"),
}
SUMMED: Mapping[Counted, str] = {
    Counted.CASES: "number",
    Counted.SPREAD: "number",
    Counted.IN_TIME: "number",
    Counted.LATE: "number",
    Counted.DAYS: "days",
    Counted.PERSONS: "all_persons",
    Counted.CENTS: "all_cents",
}
JUDGED = {Counted.IN_TIME: True, Counted.LATE: False}


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
        for key, row in grouped(chosen, question, {"t0": Count("pk")}, {"days": DAYS_TAKEN}):
            gather([(key, replace(term, days=row["days"]), row["t0"])], tally)
    for term in filter(is_lessened, question.terms):
        chosen = milestones_of(question).filter(behind(term, question.days))
        for key, row in grouped(chosen, question, {"t0": Count("pk")}):
            gather([(key, term, row["t0"])], tally)
    return tally


def together(question: Question, rows: QuerySet[Milestone]) -> Tally:
    """The terms of a question of which none is lessened, in one pass over some milestones.

    Summed is what happened in each window, by milestone and values, and told here is which term looks at which sum. A
    condition for each term instead would be looked at again for every milestone.
    """
    if not question.terms:
        return {}
    tally: Tally = {} if question.by or question.each_organization else {(): Counter()}
    for key, found in grouped(*looked_at(question, rows)):
        for term in question.terms:
            if term.name == found["name"] and found[term.window.name]:
                wanted = all(found[alias_of(name)] in values for name, values in term.where)
                tally.setdefault(key, Counter())[term] += amount(term.counted, found) if wanted else 0
    return tally


def looked_at(
    question: Question, rows: QuerySet[Milestone]
) -> tuple[QuerySet[Milestone], Question, dict[str, Combinable], dict[str, Combinable]]:
    """The milestones in any window of the terms, what is summed of them, and by what."""
    terms, days = question.terms, question.days
    windows = {window: within_window(window, days) for window in sorted({term.window for term in terms})}
    dimensions = sorted({name for term in terms for name, _ in term.where})
    chosen = rows.filter(any_of(windows.values()), name__in=sorted({term.name for term in terms}))
    sums = {each: SUMS[each] for each in sorted({SUMMED[term.counted] for term in terms})}
    by: dict[str, Combinable] = {"name": F("name")}
    if any(term.counted in JUDGED for term in terms):
        by["in_time"] = F("in_time")
    by |= {window.name: ExpressionWrapper(inside, BooleanField()) for window, inside in windows.items()}
    by |= {alias_of(name): KT(f"dimensions__{name}") for name in dimensions}
    return chosen, question, sums, by


def alias_of(dimension: str) -> str:
    return f"of_{dimension}"


def amount(counted: Counted, found: Mapping[str, Any]) -> int:
    if counted in JUDGED and found["in_time"] is not JUDGED[counted]:
        return 0
    return int(found[SUMMED[counted]] or 0)


def milestones_of(question: Question) -> QuerySet[Milestone]:
    return Milestone.objects.filter(in_place(question.place), question.scope.on(), kind=question.kind)


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
    judged = Q(in_time=JUDGED[term.counted]) if term.counted in JUDGED else Q()
    return flows(term, days) & where(term) & judged


def grouped(
    rows: QuerySet[Milestone],
    question: Question,
    sums: Mapping[str, Combinable],
    further: Mapping[str, Combinable] = MappingProxyType({}),
) -> Iterable[tuple[Key, dict[str, Any]]]:
    """The sums of each group, and within it of each value of something `further`.

    What can't have a value yet is in no group of that dimension.
    """
    later = [name for name in question.by if name not in from_opening(question.kind)]
    if later:
        rows = rows.filter(dimensions__has_keys=later)
    names = [f"d{number}" for number in range(len(question.by))]
    values = {alias: value_of(name) for alias, name in zip(names, question.by, strict=True)}
    keys = (["organization_id"] if question.each_organization else []) + names
    if not keys and not further:
        yield (), rows.aggregate(**sums)
        return
    fields = [name for name, each in further.items() if each == F(name)]
    annotated = {name: each for name, each in further.items() if name not in fields}
    for row in rows.annotate(**values).values(*keys, *fields, **annotated).annotate(**sums).order_by():
        yield tuple(row[key] for key in keys), row


def value_of(dimension: str) -> Combinable:
    return Coalesce(KT(f"dimensions__{dimension}"), Value(UNSPECIFIED, output_field=TextField()))
