"""Figures counted from the milestones of every case: any day, any dimensions, and slower than from cells."""

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Combinable

from casetrack.cases.models import Milestone
from casetrack.stats.grouping import grouped
from casetrack.stats.indicators import Counted, Term, Window
from casetrack.stats.questions import Days, Question, Tally, flows, gather, in_place, is_stock, where


def count(question: Question) -> Tally:
    """Flows in one pass over the milestones; each stock by looking, case by case, whether it was closed by then."""
    tally: Tally = {}
    moving = [term for term in question.terms if not is_stock(term)]
    if moving:
        chosen = milestones_of(question).filter(any_of(flows(term, question.days) for term in moving))
        sums = {f"t{number}": summed(term, question.days) for number, term in enumerate(moving)}
        for key, row in grouped(chosen, question, sums):
            gather([(key, term, row[f"t{number}"] or 0) for number, term in enumerate(moving)], tally)
    for term in filter(is_stock, question.terms):
        chosen = milestones_of(question).filter(behind(term, question.days))
        for key, row in grouped(chosen, question, {"t0": Count("pk")}):
            gather([(key, term, row["t0"])], tally)
    return tally


def milestones_of(question: Question) -> QuerySet[Milestone]:
    return Milestone.objects.filter(in_place(question.place), question.scope.on(), kind=question.kind)


def summed(term: Term, days: Days) -> Combinable:
    chosen = flows(term, days) & where(term)
    if term.counted is Counted.IN_TIME:
        return Count("pk", filter=chosen & Q(in_time=True))
    if term.counted is Counted.CASES:
        return Count("pk", filter=chosen)
    return Sum(F(term.counted.value), filter=chosen)


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
    in_time = Q(in_time=True) if term.counted is Counted.IN_TIME else Q()
    return flows(term, days) & where(term) & in_time
