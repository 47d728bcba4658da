"""Several groups of a figure taken together, wherever a report does: 网上投诉和上级交办126件."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from casetrack.stats.figures import Figure, per_cent, quotient
from casetrack.stats.indicators import Form, Indicator

Number = int | Decimal
Parts = tuple[Number | None, int | None, int | None]
"""A value, and what it divides and is divided by where it is a share."""
NOTHING: Parts = (None, None, None)


def groups_of(several: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """Each combination of one value of every dimension; one of none where there are no dimensions."""
    for values in product(*several.values()):
        yield dict(zip(several, values, strict=True))


def parts_of(figure: Figure) -> Parts:
    return figure.value, figure.numerator, figure.denominator


def together(indicator: Indicator, figures: Sequence[Parts]) -> Parts:
    """Counts and amounts add up; of shares the parts do; what is read from a spread can't be put together.

    Of none there are none, but a share or what bodies would have reported is not 0 for that.
    """
    if not figures:
        return NOTHING if indicator.is_rate or indicator.is_reported else (0, None, None)
    if len(figures) == 1:
        return figures[0]
    if not indicator.is_rate:
        return sum((value or 0 for value, _, _ in figures), start=Decimal(0) if indicator.decimals else 0), None, None
    numerators = [numerator for _, numerator, _ in figures if numerator is not None]
    denominators = [denominator for _, _, denominator in figures if denominator is not None]
    if indicator.is_ranked or not len(numerators) == len(denominators) == len(figures):
        return NOTHING
    ratio = quotient if indicator.form is Form.MEAN else per_cent
    top, base = sum(numerators), sum(denominators)
    return ratio(top, base), top, base
