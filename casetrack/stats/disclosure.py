"""What may be published: in breakdowns, small counts are withheld, and whatever would give them away.

A breakdown shows two things apart. How many were received stays as far as it is not small itself; everything else of a
group stays only if none of it is small, since what a group's figures add up to (carried over and received make closed
and pending) would give the small one away. Totals without dimensions stay: they are what reports cite.

This looks at one answer. Who may ask for several places or days can compare them: publish one breakdown of a period.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import UNSPECIFIED, from_opening, values_of
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import Form
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.suppression import TOTAL, Group, hidden

FEWEST_SHOWN = 5
"""Fewer than five of a kind in a place are soon known by name; official statistics commonly withhold 1 to 4."""
MOST_DIMENSIONS = 2
RECEIVED = "received"


def for_public(answer: Answer) -> Answer:
    """The answer as it may be published: the same figures, some of them withheld."""
    if any(len(figure.dimensions) > MOST_DIMENSIONS for figure in answer.figures):
        raise StatisticsRefused(f"对外公布的分组最多{MOST_DIMENSIONS}个维度，更细的分组难以避免推算出个人")
    shown: list[Figure] = []
    for subject in answer.subjects:
        figures = answer.of(subject.code)
        shown += withheld_among(figures) if subject.code in KINDS else figures
    # a base is published as it would have been then: what it withholds is told by no change either
    return replace(answer, figures=tuple(shown), base=for_public(answer.base) if answer.base else None)


def withheld_among(figures: tuple[Figure, ...]) -> list[Figure]:
    """The figures of a subject, the small ones in groups withheld, with what would give them away."""
    rows = whole_rows(figures)
    received = {group_of(each): counted(each) for each in rows if each.measure == RECEIVED}
    everything: dict[Group, int] = {}
    for each in rows:
        everything[group_of(each)] = max(everything.get(group_of(each), 0), counted(each))
    few = {group_of(each) for each in rows if each.measure == RECEIVED and is_small(each)}
    any_few = {group_of(each) for each in rows if is_small(each)}
    of_received, of_rest = hidden(received, few), hidden(everything, any_few)
    was_there = {(each.measure, group_of(each)) for each in figures}
    shown = [
        withheld(each) if group_of(each) in (of_received if each.measure == RECEIVED else of_rest) else each
        for each in rows
    ]
    return [each for each in shown if each.withheld or (each.measure, group_of(each)) in was_there]


def whole_rows(figures: tuple[Figure, ...]) -> list[Figure]:
    """With the groups that do not occur and the rates of no cases, which answers leave out.

    Were they missing from what is published too, everything withheld would be known to be there.
    """
    known = {(each.measure, group_of(each)): each for each in figures}
    tables: dict[frozenset[str], dict[str, Figure]] = {}
    for each in figures:
        tables.setdefault(frozenset(each.dimensions), {}).setdefault(each.measure, each)
    return [
        known.get((measure, group)) or empty(other, group)
        for names, measures in tables.items()
        for group in groups_of(names, figures)
        for measure, other in measures.items()
    ]


def groups_of(names: frozenset[str], figures: tuple[Figure, ...]) -> Iterable[Group]:
    """Every combination of values that there could be, and those that there are."""
    kind, order = figures[0].subject, sorted(names)
    values = [(*values_of(kind, name), *([UNSPECIFIED] if name in from_opening(kind) else [])) for name in order]
    possible = [frozenset(zip(order, combination, strict=True)) for combination in product(*values)]
    return dict.fromkeys([*possible, *(group_of(each) for each in figures if names == set(each.dimensions))])


def empty(figure: Figure, group: Group) -> Figure:
    value = None if figure.indicator.is_rate else 0
    part = 0 if figure.indicator.is_rate else None
    return replace(figure, dimensions=dict(group), value=value, numerator=part, denominator=part)


def withheld(figure: Figure) -> Figure:
    return replace(figure, value=None, numerator=None, denominator=None, withheld=True)


def group_of(figure: Figure) -> Group:
    return frozenset(figure.dimensions.items())


def counted(figure: Figure) -> int:
    """How much a figure counts, to choose by which others are hidden: a rate and an amount as nothing."""
    return int(figure.value or 0) if figure.indicator.form is Form.COUNT else 0


def is_small(figure: Figure) -> bool:
    if group_of(figure) == TOTAL:
        return False
    return any(1 <= abs(number) < FEWEST_SHOWN for number in numbers_in(figure))


def numbers_in(figure: Figure) -> Iterable[int]:
    if figure.indicator.form is Form.COUNT:
        return [int(figure.value or 0)]
    return [part for part in (figure.numerator, figure.denominator) if part is not None]
