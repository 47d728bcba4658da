"""Figures of any days: whole months, and what stood open at the end of one, from the cells; the other days from events.

The year so far is asked for every day, and offices close their months on the 25th: only some days at either end are in
no cell. What a term counts is taken apart into pieces, each of which cells or events tell at little cost, and which
together are what the events alone would tell, each milestone looked at. Months in which something waits to be counted
are told by events too: cases are entered all day, and nearly always of the month that has begun.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self, assert_never

from casetrack.lib.months import add_months, month_of
from casetrack.stats import from_cells, from_events
from casetrack.stats.indicators import Counted, Term, Window
from casetrack.stats.questions import Days, Question, Tally

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spans:
    """Days taken apart: the whole months among them, and the days before and after; or none, and all the days."""

    months: Days | None
    before: Days | None
    after: Days | None

    @classmethod
    def of(cls, question: Question) -> Self:
        """What becomes of the cases received in the months is looked at to the end of the last month before `as_of`."""
        days = question.days
        start, end = days.period.start, days.period.end
        first = start if start.day == 1 else add_months(month_of(start), 1)
        last = question.last_settled(end)
        if last < first:
            return cls(None, up_to(start, end), None)
        months = Days(first, last, question.last_settled(days.as_of))
        return cls(months, up_to(start, first - A_DAY), up_to(last + A_DAY, end))

    @property
    def beside(self) -> list[Days]:
        return [each for each in (self.before, self.after) if each]


def up_to(first: date, last: date) -> Days | None:
    return Days(first, last, last) if first <= last else None


Way = Callable[[Question], Tally]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what a term counts: another term of other days, counted in one of the ways; added, or taken away."""

    way: Way
    days: Days
    term: Term
    times: int = 1


def count(question: Question) -> Tally:
    """Raises NotInCells where cells do not hold it; `from_cells.holds` is asked before."""
    tally: Tally = {} if question.by or question.each_organization else {(): Counter()}
    wanted: dict[tuple[Way, Days], dict[Term, list[tuple[Term, int]]]] = defaultdict(lambda: defaultdict(list))
    for term in question.terms:
        for piece in pieces(term, question):
            wanted[piece.way, piece.days][piece.term].append((term, piece.times))
    for (way, days), wholes in wanted.items():
        put(tally, way(replace(question, terms=tuple(wholes), days=days)), wholes)
    return tally


def put(tally: Tally, found: Tally, wholes: Mapping[Term, list[tuple[Term, int]]]) -> None:
    """Add pieces to what they are pieces of. The bars of a spread are in nobody's question and come along with it."""
    for key, counted in found.items():
        there = tally.setdefault(key, Counter())
        for piece, number in counted.items():
            is_bar = piece.counted is Counted.SPREAD and piece.days is not None
            for term, times in [(piece, 1)] if is_bar else wholes.get(piece, []):
                there[term] += times * number


def pieces(term: Term, question: Question) -> Iterator[Piece]:
    days, spans = question.days, Spans.of(question)
    match term.window:
        case Window.FLOW | Window.YEAR_BEFORE:
            yield from flow(term, spans)
        case Window.CARRIED_OVER:
            yield from carried_over(term, question, spans)
        case Window.PENDING:
            yield from pending(term, question, spans)
        case Window.COHORT:
            yield from cohort(term, days, spans)
        case Window.REMAINING:
            received = replace(term, window=Window.COHORT)
            yield from cohort(received, days, spans)
            yield from cohort(replace(received, name=term.out), days, spans, times=-1)
        case _:
            assert_never(term.window)


def flow(term: Term, spans: Spans) -> Iterator[Piece]:
    if spans.months:
        yield Piece(from_cells.count, spans.months, term)
    for days in spans.beside:
        yield Piece(from_events.count, days, term)


def carried_over(term: Term, question: Question, spans: Spans) -> Iterator[Piece]:
    """What stood open when the months began, less what came in after the period did; or as of the month before it."""
    if spans.months:
        yield Piece(from_cells.count, spans.months, term)
        yield from come_in(term, spans.before, times=-1)
        return
    start = question.days.period.start
    end = question.last_settled(start - A_DAY)
    yield Piece(from_cells.count, Days(month_of(end), end, end), replace(term, window=Window.PENDING))
    yield from come_in(term, up_to(end + A_DAY, start - A_DAY))


def pending(term: Term, question: Question, spans: Spans) -> Iterator[Piece]:
    if spans.months:
        yield Piece(from_cells.count, spans.months, term)
        yield from come_in(term, spans.after)
        return
    yield from carried_over(term, question, spans)
    yield from come_in(term, spans.before)


def come_in(term: Term, days: Days | None, *, times: int = 1) -> Iterator[Piece]:
    """What is more open after some days than before them."""
    if days:
        came = replace(term, window=Window.FLOW)
        yield Piece(from_events.count, days, came, times)
        yield Piece(from_events.count, days, replace(came, name=term.out), -times)


def cohort(term: Term, days: Days, spans: Spans, *, times: int = 1) -> Iterator[Piece]:
    if months := spans.months:
        yield Piece(from_cells.count, months, term, times)
        if months.as_of < days.as_of:
            yield Piece(since_the_months, replace(months, as_of=days.as_of), term, times)
    for each in spans.beside:
        yield Piece(of_those_received, replace(each, as_of=days.as_of), term, times)


def since_the_months(question: Question) -> Tally:
    """What became of cases after the last month that was over by then."""
    over = question.last_settled(question.days.as_of)
    return from_events.together(question, from_events.milestones_of(question).filter(happened_on__gt=over))


def of_those_received(question: Question) -> Tally:
    """What became of the cases received in some days: few, and found by their receipt."""
    rows, days = from_events.milestones_of(question), question.days
    cases = rows.filter(name="received", happened_on__range=(days.first, days.last)).values("case")
    return from_events.together(question, rows.filter(case__in=cases))
