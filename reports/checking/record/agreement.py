"""Whether what a text states agrees with what the record holds: exactly, as it was rounded, or as near as it says."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from reports.checking.claims import Claim, Nearness, Verdict
from reports.checking.exactness import ABOUT, decimal_of

FEWEST = 10  # 98余件 may be any number of the hundreds that begins so, and not only 98
SIZES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
MONEY = {"元": Fraction(10_000), "千元": Fraction(10), "万元": Fraction(1), "亿元": Fraction(1, 10_000)}


def agreement(claim: Claim, held: Fraction) -> Verdict | None:
    """How the claim agrees with what is held, in the claim's own unit; None where it does not."""
    stated, step = Fraction(claim.value), last_place(claim)
    if claim.nearness is Nearness.EXACT:
        return to_the_last_place(stated, held, step)
    reach = max(step, Fraction(FEWEST)) if claim.unit != "%" else Fraction(100)
    near = {
        Nearness.OVER: stated <= held < stated + reach,
        Nearness.UNDER: stated - reach <= held <= stated,
        Nearness.ABOUT: abs(held - stated) <= max(step, abs(stated) * ABOUT),
    }
    return Verdict.APPROXIMATE if near[claim.nearness] else None


def to_the_last_place(stated: Fraction, held: Fraction, step: Fraction) -> Verdict | None:
    if held == stated:
        return Verdict.EXACT
    for verdict, rounding in ((Verdict.ROUNDED, ROUND_HALF_UP), (Verdict.TRUNCATED, ROUND_DOWN)):
        if Fraction(decimal_of(held / step).to_integral_value(rounding)) * step == stated:
            return verdict
    return None


def last_place(claim: Claim) -> Fraction:
    """What the last digit of a number as it is written stands for: 0.1 in 90.5%, 1000 in 4.1万余份, 10 in 530余件."""
    written = Decimal(claim.value)
    size = next((SIZES[sign] for sign in claim.quote if sign in SIZES), 0)
    if claim.unit in MONEY or claim.decimals or (not size and claim.nearness is Nearness.EXACT):
        return Fraction(1, 10**claim.decimals)
    exponent = written.normalize().as_tuple().exponent if written else 0
    return Fraction(10) ** (exponent if isinstance(exponent, int) else 0)


def in_unit_of(claim: Claim, held: Fraction, unit: str) -> Fraction | None:
    """What is held in the unit of the claim; None where one is money or a share and the other is not."""
    if claim.unit in MONEY and unit == "万元":
        return held * MONEY[claim.unit]
    shares = (claim.unit in ("%", "个百分点", "百分点"), unit == "%")
    return held if shares[0] == shares[1] and claim.unit not in MONEY and unit != "万元" else None
