"""What one case adds to figures, counted from its milestones in Python.

The database counts many cases faster; this counts those that are in no table: cases as they stood once. Both follow the
same declarations, and tests hold them to one another.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from casetrack.cases.models import Milestone
from casetrack.organizations.divisions import is_under
from casetrack.stats.dimensions import UNSPECIFIED, from_opening
from casetrack.stats.indicators import Counted, Term, Window
from casetrack.stats.questions import Days, Key, Place, Question, Tally


def contribution(question: Question, rows: Sequence[Milestone]) -> Tally:
    """What a case adds to the answer of a question: for each group that it is in, each term."""
    found: Tally = {}
    seen = [row for row in rows if row.kind == question.kind and is_in(row, question)]
    if not seen:
        return found
    for term in question.terms:
        for row, number in counts(term, seen, question.days):
            key = key_of(row, question)
            if number and key is not None:
                group = found.setdefault(key, Counter())
                group[term] += number
                if term.counted is Counted.SPREAD:
                    group[replace(term, days=days_taken(row))] += number
    return found


def is_in(row: Milestone, question: Question) -> bool:
    return lies_in(row, question.place) and question.scope.allows(
        region_code=row.region_code, organization_id=row.organization_id, kind=row.kind, restricted=row.restricted
    )


def lies_in(row: Milestone, place: Place) -> bool:
    return row.organization_id == place.organization if place.organization else is_under(row.region_code, place.region)


def key_of(row: Milestone, question: Question) -> Key | None:
    """The group that a milestone falls in; None where it can't have a value yet, and so is in none."""
    opening = from_opening(question.kind)
    values = [row.dimensions.get(name, UNSPECIFIED if name in opening else None) for name in question.by]
    if None in values:
        return None
    return (row.organization_id, *values) if question.each_organization else tuple(values)


def counts(term: Term, rows: Iterable[Milestone], days: Days) -> Iterator[tuple[Milestone, int]]:
    """The milestones of one case that a term counts, and how much each counts."""
    rows = list(rows)
    for row in rows:
        if row.name == term.name and counts_in(term, row, rows, days) and has_values(term, row):
            yield row, amount(term.counted, row)


def counts_in(term: Term, row: Milestone, rows: Iterable[Milestone], days: Days) -> bool:
    period = days.period
    match term.window:
        case Window.FLOW:
            return row.happened_on in period
        case Window.CARRIED_OVER:
            return row.happened_on < period.start and not any(
                each.name == term.out and each.happened_on < period.start for each in rows
            )
        case Window.PENDING:
            return row.happened_on <= period.end and not any(
                each.name == term.out and each.happened_on <= period.end for each in rows
            )
        case Window.COHORT:
            return row.received_on in period and row.happened_on <= days.as_of
        case Window.REMAINING:
            over = any(each.name == term.out and each.happened_on <= days.as_of for each in rows)
            return row.received_on in period and row.happened_on <= days.as_of and not over
        case Window.YEAR_BEFORE:
            return row.happened_on in days.year_before
        case _:
            assert_never(term.window)


def has_values(term: Term, row: Milestone) -> bool:
    return all(row.dimensions.get(name) in values for name, values in term.where)


def amount(counted: Counted, row: Milestone) -> int:
    match counted:
        case Counted.CASES | Counted.SPREAD:
            return 1
        case Counted.LATE:
            return int(not row.in_time)
        case Counted.DAYS:
            return days_taken(row)
        case Counted.IN_TIME:
            return int(row.in_time)
        case Counted.PERSONS:
            return row.persons
        case Counted.CENTS:
            return row.cents
        case _:
            assert_never(counted)


def days_taken(row: Milestone) -> int:
    """From receipt; none, where the receipt was later put right to a day after."""
    return max((row.happened_on - row.received_on).days, 0)


def added(tally: Tally, more: Tally, *, times: int = 1) -> None:
    """Add a tally to another; with -1, take it away."""
    for key, counted in more.items():
        there = tally.setdefault(key, Counter())
        for term, number in counted.items():
            there[term] += times * number
