"""How exactly figures are computed, and how near one is that is said to be about another."""

from decimal import Decimal, localcontext
from fractions import Fraction

WORKING_DIGITS = 40  # more than any report states
ABOUT = Fraction(1, 10)  # how far a figure may be from one said to be about it


def decimal_of(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        return Decimal(value.numerator) / Decimal(value.denominator)
