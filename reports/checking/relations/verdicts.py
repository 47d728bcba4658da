"""Holding a stated figure against a computed one: exact, rounded, truncated, approximate or inconsistent."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from reports.checking.claims import Nearness, Verdict
from reports.checking.exactness import ABOUT, decimal_of
from reports.checking.figures import Figure


def judge(stated: Figure, low: Fraction, high: Fraction) -> Verdict:
    """How a stated figure stands to what follows from others: one value, or a range where those are approximate."""
    value, decimals = Fraction(stated.value), stated.place.mention.decimals
    half = Fraction(1, 2 * 10**decimals)
    nearness = stated.place.mention.nearness
    if nearness is not Nearness.EXACT:
        return Verdict.APPROXIMATE if is_near(value, nearness, low - half, high + half) else Verdict.INCONSISTENT
    if low != high:
        return Verdict.APPROXIMATE if low - half <= value <= high + half else Verdict.INCONSISTENT
    if low == value:
        return Verdict.EXACT
    computed = decimal_of(low)
    places = Decimal(1).scaleb(-decimals)
    if computed.quantize(places, ROUND_HALF_UP) == stated.value:
        return Verdict.ROUNDED
    return Verdict.TRUNCATED if computed.quantize(places, ROUND_DOWN) == stated.value else Verdict.INCONSISTENT


def is_near(value: Fraction, nearness: Nearness, low: Fraction, high: Fraction) -> bool:
    """Whether an approximate statement holds of what was computed."""
    if nearness is Nearness.OVER:
        return high >= value
    if nearness is Nearness.UNDER:
        return low <= value
    return low - abs(value) * ABOUT <= value <= high + abs(value) * ABOUT


def range_of(figure: Figure) -> tuple[Fraction, Fraction]:
    """The least and the greatest that a figure may stand for: 530余件 is 530 to 540."""
    value, nearness = Fraction(figure.value), figure.place.mention.nearness
    if nearness is Nearness.EXACT:
        return value, value
    step = last_place(figure.value)
    if nearness is Nearness.OVER:
        return value, value + step
    if nearness is Nearness.UNDER:
        return value - step, value
    return value - step, value + step


def last_place(value: Decimal) -> Fraction:
    """The size of the last digit that is not nought: ten for 530, a thousand for 41000."""
    if not value:
        return Fraction(1)
    exponent = value.normalize().as_tuple().exponent
    return Fraction(10) ** (exponent if isinstance(exponent, int) else 0)


def all_exact(figures: Sequence[Figure]) -> bool:
    return all(figure.place.mention.nearness is Nearness.EXACT for figure in figures)
