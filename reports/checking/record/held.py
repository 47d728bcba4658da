"""What the record holds for a claim: a figure, or the common one of several values of a dimension."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import applies, values_of
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import SUBJECTS, Form, Indicator
from reports.adding import groups_of as combinations
from reports.adding import parts_of, together
from reports.checking.claims import Claim

MOST_DIMENSIONS = 3
TIMES = {Form.RATE: 100, Form.CHANGE: 100, Form.MEAN: 1}


class NotHeld(Exception):
    """The record has nothing to say of a claim; the message says why."""


@dataclass(frozen=True, slots=True)
class Held:
    """A number of the record, whole, with its parts where it is a share."""

    value: Fraction
    numerator: int | None
    denominator: int | None
    figures: tuple[Figure, ...]


def indicator_of(claim: Claim) -> Indicator:
    """What the claim is a figure of. Raises NotHeld."""
    subject = SUBJECTS.get(claim.subject)
    if subject is None:
        raise NotHeld("本系统不记录这一事项")
    if claim.measure not in subject.measures:
        raise NotHeld("没有与之对应的统计指标")
    indicator = subject.measures[claim.measure]
    if claim.narrowed:
        raise NotHeld(f"所述只是“{indicator.label}”的一部分，没有与之对应的分组")
    names = tuple(claim.dimensions)
    if len(names) > MOST_DIMENSIONS or not subject.has(names) or not applies(indicator, names):
        raise NotHeld(f"“{indicator.label}”不按这样的分组统计")
    if any(value not in values_of(subject.code, name) for name in names for value in several(claim, name)):
        raise NotHeld(f"“{indicator.label}”没有这样的分组")
    return indicator


def several(claim: Claim, name: str) -> list[str]:
    return claim.dimensions[name].split(",")


def groups_of(claim: Claim) -> Iterator[Mapping[str, str]]:
    """Each combination of values that the claim takes together; one of none where it is about the whole."""
    yield from combinations({name: several(claim, name) for name in claim.dimensions})


def held_in(answer: Answer, claim: Claim, indicator: Indicator) -> Held:
    """What an answer gives for the claim. Raises NotHeld."""
    groups = list(groups_of(claim))
    found = [answer.find(claim.subject, claim.measure, **group) for group in groups]
    figures = tuple(each for each in found if each is not None)
    if not any(each.coverage for each in figures):  # what bodies reported needs no cases
        refuse_empty(answer, claim, indicator)
    if any(each.withheld for each in figures):
        raise NotHeld("数目过小，不对外公布")
    if indicator.is_reported and len(figures) < len(groups):
        days = f"{answer.first:%Y-%m-%d}至{min(answer.last, answer.as_of):%Y-%m-%d}"
        raise NotHeld(f"该数由单位报送，没有对{days}一期的报送记录")
    if not figures and (indicator.is_rate or not claim.dimensions):
        raise NotHeld("没有可以计算的案件")
    return held_together(figures, indicator)


def refuse_empty(answer: Answer, claim: Claim, indicator: Indicator) -> None:
    """An office that keeps no such cases here has none to be wrong about: 3 against 0 would be no finding."""
    if claim.subject in KINDS:
        stock = [answer.find(claim.subject, measure) for measure in ("carried_over", "received")]
        if claim.value and not any(each.value for each in stock if each) and not indicator.is_reported:
            raise NotHeld("该年没有这类案件的记录")
    if indicator.form is Form.REGISTER and claim.value:
        whole = answer.find(claim.subject, claim.measure)
        if whole is None or not whole.value:
            raise NotHeld("名册中没有这样的登记")


def held_together(figures: Sequence[Figure], indicator: Indicator) -> Held:
    """Several groups as one figure, shares whole and not as they are shown. Raises NotHeld."""
    shown, times = tuple(figures), TIMES.get(indicator.form)
    value, numerator, denominator = together(indicator, [parts_of(each) for each in figures])
    if times and denominator and numerator is not None:
        return Held(Fraction(times * numerator, denominator), numerator, denominator, shown)
    if denominator == 0 or any(each.value is None for each in figures):
        raise NotHeld("没有可以计算的案件")
    if value is None:
        raise NotHeld(f"“{indicator.label}”的几个分组不能合并计算")
    return Held(Fraction(value), None, None, shown)
