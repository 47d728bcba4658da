"""What may be published: in breakdowns, small counts are withheld, and whatever would give them away.

A breakdown shows two things apart. How many were received stays as far as it is not small itself; everything else of a
group stays only if none of it is small, since what a group's figures add up to (carried over and received make closed
and pending) would give the small one away. Totals without dimensions stay: they are what reports cite.

This looks at one answer. Who may ask for several places or days can compare them: publish one breakdown of a period.
"""

from collections.abc import Iterable
from dataclasses import replace

from casetrack.kinds import KINDS
from casetrack.stats.computing import is_left_out
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import Form
from casetrack.stats.suppression import TOTAL, Group, NothingLeftToHide, hidden

FEWEST_SHOWN = 5
"""Fewer than five of a kind in a place are soon known by name; official statistics commonly withhold 1 to 4."""
RECEIVED = "received"


def for_public(answer: Answer) -> Answer:
    """The answer as it may be published: the same figures, some of them withheld."""
    shown: list[Figure] = []
    for subject in answer.subjects:
        figures = answer.of(subject.code)
        shown += withheld_among(whole_rows(figures)) if subject.code in KINDS else figures
    return replace(answer, figures=tuple(shown))


def whole_rows(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """With the rates of no cases that breakdowns leave out: one that is missing would tell that its group is empty."""
    measures: dict[frozenset[str], dict[str, Figure]] = {}
    rows: dict[Group, dict[str, Figure]] = {}
    for each in figures:
        measures.setdefault(frozenset(each.dimensions), {}).setdefault(each.measure, each)
        rows.setdefault(group_of(each), {})[each.measure] = each
    return tuple(
        row.get(measure) or replace(other, dimensions=dict(group), value=None, numerator=0, denominator=0)
        for group, row in rows.items()
        for measure, other in measures[frozenset(name for name, _ in group)].items()
    )


def withheld_among(figures: tuple[Figure, ...]) -> list[Figure]:
    """The figures of a subject, the small ones in groups withheld, with what would give them away."""
    received = {group_of(each): counted(each) for each in figures if each.measure == RECEIVED}
    everything: dict[Group, int] = {}
    for each in figures:
        everything[group_of(each)] = max(everything.get(group_of(each), 0), counted(each))
    few = {group_of(each) for each in figures if each.measure == RECEIVED and is_small(each)}
    any_few = {group_of(each) for each in figures if is_small(each)}
    try:
        of_received, of_rest = hidden(received, few), hidden(everything, any_few | few)
    except NothingLeftToHide:
        # which combinations occur would tell too much: without them every group has others to hide among
        return withheld_among(tuple(each for each in figures if len(each.dimensions) < 2))
    shown = [
        withheld(each) if group_of(each) in (of_received if each.measure == RECEIVED else of_rest) else each
        for each in figures
    ]
    return [each for each in shown if each.withheld or not is_left_out(each)]


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
