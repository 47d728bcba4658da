"""What a figure can be broken down by: which milestones carry which dimension, and the breakdowns kept as cells."""

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from math import prod

from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import Step
from casetrack.organizations.reported.catalog import reportable
from casetrack.stats.indicators import SUBJECTS, Form, Indicator, Term, Window

UNSPECIFIED = "unspecified"
"""The value of a dimension that is known from the first day and that nobody filled in."""
NOT_FILLED = "未填"

Breakdown = tuple[str, ...]


@cache
def from_opening(kind_code: str) -> frozenset[str]:
    """The dimensions known from the first day: they divide every figure of the kind without rest."""
    kind = KINDS[kind_code]
    return kind.given_at_opening & {dimension.name for dimension in kind.dimensions}


@cache
def carried(kind_code: str, name: str) -> frozenset[str]:
    """The dimensions that a milestone can carry: what the opening, an earlier step or its own sets."""
    kind = KINDS[kind_code]
    known = known_in_states(kind)
    found: set[str] = set()
    for step in kind.steps:
        if any(mark.name == name for mark in step.marks):
            found |= set_by(step).union(*(known[source] for source in step.sources))
    return from_opening(kind_code) | (found & {dimension.name for dimension in kind.dimensions})


@cache
def always_known(kind_code: str, name: str) -> frozenset[str]:
    """The dimensions that a milestone never lacks: of the opening, or set by every step that makes it."""
    kind = KINDS[kind_code]
    declared = {dimension.name for dimension in kind.dimensions}
    making = [{*step.needs, *dict(step.sets)} for step in kind.steps if any(mark.name == name for mark in step.marks)]
    return from_opening(kind_code) | (frozenset.intersection(*map(frozenset, making)) & declared if making else set())


def known_in_states(kind: Kind) -> dict[str, set[str]]:
    """What may be known of a case in each state, by whichever way it came there."""
    known: dict[str, set[str]] = {state.code: set() for state in kind.states}
    while True:
        before = sum(map(len, known.values()))
        for step in kind.steps:
            for source in step.sources or (None,):
                target = step.target or source
                if target:
                    known[target] |= set_by(step) | (known[source] if source else set())
        if sum(map(len, known.values())) == before:
            return known


def set_by(step: Step) -> set[str]:
    return {*step.records, *dict(step.sets)}


def applies(indicator: Indicator, by: Collection[str]) -> bool:
    """Whether a figure can be broken down so: never by what is not yet known when its milestones are made.

    A rate is broken down by what is known from the first day, or by anything where it is a share of its own base.
    """
    if indicator.form is Form.REPORTED:
        found = reportable(indicator.subject, indicator.measure)
        return found is not None and set(by) <= set(found.dimensions)
    if indicator.form is Form.REGISTER:
        return SUBJECTS[indicator.subject].has(tuple(by))
    kind, names = indicator.subject, set(by)
    if indicator.is_of_days:
        return not names  # places keep the days of all their cases together
    if names <= from_opening(kind):
        return True
    if indicator.is_rate:
        same = {(term.name, term.where) for term in indicator.terms} == {(term.name, ()) for term in indicator.base}
        return same and all(carries(kind, term, names) for term in (*indicator.terms, *indicator.base))
    return all(carries(kind, term, names) for term in indicator.terms)


def carries(kind_code: str, term: Term, names: set[str]) -> bool:
    return term.window in (Window.FLOW, Window.COHORT) and names <= carried(kind_code, term.name)


def in_order(kind_code: str, names: Collection[str]) -> Breakdown:
    """A breakdown as cells name it, in whichever order it was asked."""
    return tuple(name for name in dimensions_of(kind_code) if name in names)


@cache
def dimensions_of(kind_code: str) -> Breakdown:
    return tuple(dimension.name for dimension in KINDS[kind_code].dimensions)


@lru_cache(maxsize=10_000)
def needed(kind_code: str, by: Breakdown, term: Term) -> Breakdown:
    """The breakdown whose cells hold a term: that of the question, with what the term looks at."""
    return in_order(kind_code, {*by, *dict(term.where)})


@cache
def breakdowns(kind_code: str) -> tuple[Breakdown, ...]:
    """The breakdowns that cells tell: the total, those the kind declares, and those its indicators look at."""
    declared = [(), *KINDS[kind_code].breakdowns]
    found = [in_order(kind_code, names) for names in declared]
    for indicator in SUBJECTS[kind_code].indicators:
        looking = [term for term in (*indicator.terms, *indicator.base) if term.where]
        found += [needed(kind_code, names, term) for names in declared if applies(indicator, names) for term in looking]
    return tuple(dict.fromkeys(found))


@cache
def kept(kind_code: str) -> tuple[Breakdown, ...]:
    """The breakdowns written as cells: those that lie in no other. Narrower ones are added up from one of these."""
    told = breakdowns(kind_code)
    return tuple(one for one in told if not any(set(one) < set(other) for other in told))


@cache
def held_in(kind_code: str, narrow: Breakdown) -> Breakdown | None:
    """The kept breakdown with the fewest cells of which one is added up; None where none holds it."""
    holding = [wide for wide in kept(kind_code) if set(narrow) <= set(wide)]
    return min(holding, key=lambda wide: prod(len(values_of(kind_code, name)) + 1 for name in wide), default=None)


@cache
def told_by_cells(kind_code: str) -> frozenset[Breakdown]:
    """The breakdowns of which cells hold every figure: some are kept only for what one indicator looks at."""
    told = breakdowns(kind_code)
    return frozenset(by for by in told if None not in {held_in(kind_code, each) for each in asked_of(kind_code, by)})


def asked_of(kind_code: str, by: Breakdown) -> Iterator[Breakdown]:
    for indicator in SUBJECTS[kind_code].counted:
        if applies(indicator, by):
            yield from (needed(kind_code, by, term) for term in (*indicator.terms, *indicator.base))


def name_of(breakdown: Breakdown) -> str:
    return ",".join(breakdown)


def label_of(subject: str, dimension: str, value: str) -> str:
    """The official term of a dimension's value."""
    declared = SUBJECTS[subject].dimension(dimension)
    if value == UNSPECIFIED or declared is None:
        return NOT_FILLED
    if not declared.choices:
        return "是" if value == "yes" else "否"
    return declared.label_of(value)


def values_of(subject: str, dimension: str) -> tuple[str, ...]:
    """Every value that a dimension can have."""
    declared = SUBJECTS[subject].dimension(dimension)
    if declared is None:
        return ()
    return tuple(choice.code for choice in declared.choices) or ("yes", "no")


def listed_values(subject: str, dimension: str) -> tuple[str, ...]:
    """Those that are shown even where nothing has them."""
    declared = SUBJECTS[subject].dimension(dimension)
    hidden = {choice.code for choice in declared.choices if not choice.listed} if declared else set()
    return tuple(value for value in values_of(subject, dimension) if value not in hidden)
