"""From an understood request to its figures: ask what is counted, check that it adds up, form the figures."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

from casetrack.cases.knowing import Known
from casetrack.kinds import KINDS
from casetrack.organizations.scope import EVERYTHING, Clearance, Scope
from casetrack.stats import balance, from_both, from_cells, from_events, registers, stated
from casetrack.stats.dimensions import applies, in_order, listed_values
from casetrack.stats.federation import counting as from_nodes
from casetrack.stats.figures import Figure, figure_of, figure_of_register
from casetrack.stats.indicators import Form, Indicator, Subject
from casetrack.stats.known import exchanged, exchanges
from casetrack.stats.questions import Basis, Days, Key, Organized, Place, Question, Tally, clearance_of
from casetrack.stats.reported import Reported, has_cases, reported

Counting = Callable[[Question], Tally]
COUNTERS: Mapping[Basis, Counting] = {
    Basis.CELLS: from_cells.count,
    Basis.EVENTS: from_events.count,
    Basis.BOTH: from_both.count,
    Basis.NODES: from_nodes.count,
}
HOLDING: Mapping[Basis, Callable[[str, Place], bool]] = {
    Basis.CELLS: from_cells.hold_any,
    Basis.EVENTS: from_events.hold_any,
    Basis.BOTH: from_events.hold_any,
    Basis.NODES: lambda kind, place: True,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, made sense of: where, which days, what about, broken down how, and from what if that was said.

    `behind` are the kinds of case whose cells are not up to date there, and from which month on; only cases in `scope`
    are counted, and with `known` as they were known then.
    """

    place: Place
    days: Days
    subjects: tuple[Subject, ...]
    by: tuple[tuple[str, ...], ...]
    behind: Mapping[str, date] = field(default_factory=dict)
    basis: Basis | None = None
    scope: Scope = EVERYTHING
    known: Known | None = None

    def settled_to(self, kind: str) -> date | None:
        """Up to which month's end the cells of a kind are up to date; None where all are."""
        return self.behind[kind] - timedelta(days=1) if kind in self.behind else None

    @property
    def restricted(self) -> Clearance:
        """How much of the restricted cases is in the figures: of the subject where it is least."""
        kinds = [subject.code for subject in self.subjects if subject.code in KINDS]
        found = {clearance_of(self.scope, self.place, kind) for kind in kinds}
        return next((each for each in (Clearance.NONE, Clearance.PARTLY) if each in found), Clearance.WHOLE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The figures of one subject, and what they were counted from; registers are neither cells nor events."""

    figures: tuple[Figure, ...]
    basis: Basis | None = None


def chapters(request: Request) -> Iterator[Chapter]:
    if request.basis is Basis.NODES:  # bodies and registers are told of where they are kept
        for subject in request.subjects:
            bys = [by for by in request.by if subject.has(by)]
            yield Chapter(tuple(of_cases(request, subject, bys, Basis.NODES)), Basis.NODES)
        return
    told = reported(request.place, request.days, request.subjects, known=request.known)
    for subject in request.subjects:
        bys = [by for by in request.by if subject.has(by)]
        said = tuple(of_bodies(request, subject, bys, told))
        if subject.code in KINDS:
            basis = request.basis or best_basis(request, subject, bys)
            counted = tuple(of_cases(request, subject, bys, basis))
            yield Chapter((*or_stated(request, subject, counted, told), *said), basis)
        else:
            yield Chapter((*of_registers(request, subject, bys), *said))


def best_basis(request: Request, subject: Subject, bys: Sequence[tuple[str, ...]] = ()) -> Basis:
    """Cells where they hold everything that was asked of the subject, events for what they do not, or not yet."""
    kept, days = [in_order(subject.code, by) for by in bys], request.days
    if not from_cells.holds(subject.code, request.place, kept, request.scope):
        return Basis.EVENTS
    settled_to = request.settled_to(subject.code)
    up_to_date = settled_to is None or settled_to >= days.as_of
    return Basis.CELLS if days.are_whole_months and up_to_date else Basis.BOTH


def of_cases(request: Request, subject: Subject, bys: list[tuple[str, ...]], basis: Basis) -> Iterator[Figure]:
    """Each measure once for all together, then once for each group of each breakdown."""
    undivided, *divided = [question(request, subject, by) for by in ((), *bys)]
    moved = exchanges(request.known, [undivided, *divided]) if request.known else {}
    count = counter(request, subject, basis)
    whole = ask(undivided, count, moved.get(undivided))
    yield from in_groups(request, subject, (), whole)
    for asked in divided:
        parts = ask(asked, count, moved.get(asked))
        balance.check_parts(asked, parts, whole)
        yield from in_groups(request, subject, asked.by, parts)


def counter(request: Request, subject: Subject, basis: Basis) -> Counting:
    held = HOLDING[basis](subject.code, request.place)
    return COUNTERS[basis] if held else nothing


def nothing(question: Question) -> Tally:
    """What is counted where nothing is."""
    return {} if question.by else {(): Counter()}


def question(request: Request, subject: Subject, by: tuple[str, ...], *, each_organization: bool = False) -> Question:
    wanted = [indicator for indicator in subject.counted if applies(indicator, by)]
    terms = tuple(dict.fromkeys(chain.from_iterable((*found.terms, *found.base) for found in wanted)))
    settled_to = request.settled_to(subject.code)
    return Question(subject.code, terms, request.place, request.days, by, each_organization, request.scope, settled_to)


def ask(asked: Question, count: Counting, moved: Tally | None = None) -> Tally:
    """What is counted; `moved` is what the record has learnt since it was as it was asked for."""
    tally = count(asked)
    tally = tally if moved is None else exchanged(tally, moved)
    balance.check_cases(asked, tally)
    return tally


def in_groups(request: Request, subject: Subject, by: tuple[str, ...], tally: Tally) -> Iterator[Figure]:
    wanted = [indicator for indicator in subject.counted if applies(indicator, by)]
    for key in groups(subject, by, tally):
        dimensions = dict(zip(by, map(str, key), strict=True))
        for indicator in wanted:
            figure = figure_of(indicator, tally.get(key, Counter()), dimensions, query(request, indicator, dimensions))
            if not is_left_out(figure):
                yield figure


def groups(subject: Subject, by: tuple[str, ...], tally: Mapping[Key, Any]) -> list[Key]:
    """A single dimension shows all values that it lists, so that none is missed; combinations show those that occur."""
    if not by:
        return [()]
    declared = list(listed_values(subject.code, by[0])) if len(by) == 1 else []
    return [*((value,) for value in declared), *sorted(set(tally) - {(value,) for value in declared}, key=repr)]


def is_left_out(figure: Figure) -> bool:
    """A change without a base is no figure; nor is, in a breakdown, a rate of no cases."""
    return figure.value is None and (figure.indicator.form is Form.CHANGE or bool(figure.dimensions))


def of_registers(request: Request, subject: Subject, bys: list[tuple[str, ...]]) -> Iterator[Figure]:
    for by in [(), *bys]:
        found = registers.count(subject.counted, request.place, request.days, by)
        for indicator in subject.counted:
            counted = found[indicator.measure]
            for key in groups(subject, by, counted):
                dimensions = dict(zip(by, map(str, key), strict=True))
                behind = query(request, indicator, dimensions)
                yield figure_of_register(indicator, counted.get(key, 0), dimensions, behind)


def of_bodies(request: Request, subject: Subject, bys: list[tuple[str, ...]], told: Reported) -> Iterator[Figure]:
    """What bodies reported; nothing for what nobody did."""
    for by in [(), *bys]:
        for indicator in subject.stated:
            if not applies(indicator, by):
                continue
            for dimensions in told.groups((indicator.subject, indicator.measure), by):
                behind = query(request, indicator, dimensions)
                figure = stated.figure_of(indicator, dimensions, told, request.days.period, behind)
                if figure:
                    yield figure


def or_stated(request: Request, subject: Subject, counted: Sequence[Figure], told: Reported) -> Iterator[Figure]:
    """What is counted, or, of a place of whose cases the record has none, what bodies state instead."""
    instead = {figure.measure: figure for figure in instead_of_cases(request, subject, told)}
    for figure in counted:
        yield figure if figure.dimensions else instead.get(figure.measure, figure)


def instead_of_cases(request: Request, subject: Subject, told: Reported) -> Iterator[Figure]:
    said = [each for each in subject.counted if told.of((each.subject, each.measure), {})]
    if not said or has_cases(request.place, subject.code, known=request.known):
        return
    for indicator in said:
        behind, stated_so = query(request, indicator, {}), indicator.as_reported()
        figure = stated.figure_of(stated_so, {}, told, request.days.period, behind)
        if figure:
            yield figure


def query(request: Request, indicator: Indicator, dimensions: Mapping[str, str]) -> dict[str, Any]:
    """What lists the cases behind a figure: plain values, to be kept in a link or sent in a request."""
    days = request.days
    return {
        "subject": indicator.subject,
        "measure": indicator.measure,
        "region": request.place.region,
        "organization": request.place.organization,
        "from": days.first.isoformat(),
        "to": days.last.isoformat(),
        "as_of": days.as_of.isoformat(),
        **({"known_on": request.known.on.isoformat()} if request.known and request.known.on else {}),
        **({"organized": Organized.NOW.value} if request.place.now else {}),
        "dimensions": dict(dimensions),
    }
