"""Figures of days that end within a month: months that are over from the cells, what happened since from the events.

The year so far is asked for every day, and only its last days are in no cell yet. What a term counts up to the end of
the last whole month is added up from the cells; what later milestones add to it, or take away, is counted one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from casetrack.lib.months import last_whole_month
from casetrack.stats import from_cells, from_events
from casetrack.stats.counting import added
from casetrack.stats.indicators import Counted, Term, Window
from casetrack.stats.questions import Days, Question, Tally

Part = tuple[Term, int]
"""What is counted of later milestones for a term, and whether it adds to it or takes away."""


def months_within(days: Days) -> Days | None:
    """The whole months that the days begin with, cut off at the end of one; None where they begin with none."""
    period = days.period
    last, as_of = last_whole_month(period.end), last_whole_month(days.as_of)
    if period.start.day != 1 or last < period.start:
        return None
    return Days(period.start, last, as_of)


def count(question: Question) -> Tally:
    """Raises NotInCells where cells do not hold the months; `from_cells.can_answer` is asked before."""
    months = months_within(question.days)
    assert months, "asked of days that begin with a whole month"
    tally = from_cells.count(replace(question, days=months))
    for counted in (of_later_days(question, months), *of_cohorts(question, months)):
        added(tally, counted)
    return tally


def of_later_days(question: Question, months: Days) -> Tally:
    """What happened between the last whole month and the end of the period."""
    days = question.days
    if months.last == days.period.end:
        return {}
    later = Days(months.last + timedelta(days=1), days.last, days.as_of)
    return counted_as(question, flows_of, lambda asked: from_events.count(replace(asked, days=later)))


def of_cohorts(question: Question, months: Days) -> Iterator[Tally]:
    """What became of the cases received in the period after the last whole month, and of those received after it.

    Of these some may have a milestone before: the period may end earlier than what became of its cases is looked at.
    """
    rows = from_events.milestones_of(question)
    since = rows.filter(happened_on__gt=months.as_of)
    yield counted_as(question, cohorts_of, lambda asked: from_events.together(asked, since))
    if months.last < question.days.period.end:
        later = (months.last + timedelta(days=1), question.days.period.end)
        received = rows.filter(name="received", happened_on__range=later).values("case")
        before = rows.filter(happened_on__lte=months.as_of, received_on__range=later, case__in=received)
        yield counted_as(question, cohorts_of, lambda asked: from_events.together(asked, before))


def flows_of(term: Term) -> Iterable[Part]:
    match term.window:
        case Window.FLOW | Window.YEAR_BEFORE:
            return [(term, 1)]
        case Window.PENDING:
            return [(replace(term, window=Window.FLOW), 1), (replace(term, window=Window.FLOW, name=term.out), -1)]
        case _:
            return []


def cohorts_of(term: Term) -> Iterable[Part]:
    match term.window:
        case Window.COHORT:
            return [(term, 1)]
        case Window.REMAINING:
            return [(replace(term, window=Window.COHORT), 1), (replace(term, window=Window.COHORT, name=term.out), -1)]
        case _:
            return []


def counted_as(
    question: Question, parts_of: Callable[[Term], Iterable[Part]], count: Callable[[Question], Tally]
) -> Tally:
    """The terms of a question by way of their parts, which are counted once however many terms they belong to."""
    wholes: dict[Term, list[Part]] = defaultdict(list)
    for term in question.terms:
        for part, times in parts_of(term):
            wholes[part].append((term, times))
    if not wholes:
        return {}
    tally: Tally = {}
    for key, counted in count(replace(question, terms=tuple(wholes))).items():
        found = tally[key] = Counter()
        for part, number in counted.items():
            for term, times in wholes.get(part, [(part, 1)] if is_bar(part) else []):
                found[term] += times * number
    return tally


def is_bar(term: Term) -> bool:
    """Of a spread, the cases that took so many days: nobody asks for them, they come with it."""
    return term.counted is Counted.SPREAD and term.days is not None
