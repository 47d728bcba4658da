"""Short ways to a claim, as a text would have made it."""

from dataclasses import replace
from decimal import Decimal

from reports.checking.claims import Claim, Nearness


def claim(
    value: str,
    unit: str = "件",
    *,
    of: str = "mediation.received",
    nearness: Nearness = Nearness.EXACT,
    quote: str = "",
    change: str = "",
    period: str = "",
    **dimensions: str,
) -> Claim:
    """A figure as it is written: its decimals are those of `value`."""
    subject, _, measure = of.partition(".")
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    written = quote or f"{value}{unit}"
    return Claim(
        written, 0, len(written), subject, measure, number, unit, nearness, dimensions, decimals, period, change
    )


def at(text: str, words: str, said: Claim) -> Claim:
    """A claim where its words stand in a text."""
    start = text.index(words)
    return replace(said, quote=words, start=start, end=start + len(words))
