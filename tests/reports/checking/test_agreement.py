"""When a stated figure agrees with the record: exactly, rounded, cut off, or as near as it says."""

from fractions import Fraction

import pytest

from reports.checking.claims import Nearness, Verdict
from reports.checking.record.agreement import agreement, in_unit_of
from tests.reports.checking.claiming import claim

EXACT, ROUNDED, TRUNCATED, APPROXIMATE = Verdict.EXACT, Verdict.ROUNDED, Verdict.TRUNCATED, Verdict.APPROXIMATE
OVER, UNDER, ABOUT = Nearness.OVER, Nearness.UNDER, Nearness.ABOUT


@pytest.mark.parametrize(
    ("stated", "unit", "held", "expected"),
    [
        ("126", "件", Fraction(126), EXACT),
        ("126", "件", Fraction(127), None),
        ("90.5", "%", Fraction(1900, 21), ROUNDED),  # 90.476…
        ("90.4", "%", Fraction(1900, 21), TRUNCATED),
        ("90.3", "%", Fraction(1900, 21), None),
        ("90", "%", Fraction(1900, 21), ROUNDED),
        ("12.5", "%", Fraction(25, 2), EXACT),
        ("0.1", "%", Fraction(1, 20), ROUNDED),  # half up
        ("-12.5", "%", Fraction(-25, 2), EXACT),
        ("1015.15", "万元", Fraction(10151547, 10000), ROUNDED),
    ],
)
def test_an_exact_figure_agrees_to_its_last_place(
    stated: str, unit: str, held: Fraction, expected: Verdict | None
) -> None:
    assert agreement(claim(stated, unit), held) == expected


@pytest.mark.parametrize(
    ("stated", "nearness", "quote", "holds", "fails"),
    [
        ("530", OVER, "530余件", [530, 537, 539], [529, 540]),
        ("98", OVER, "98余件", [98, 105], [97, 108]),
        ("41000", OVER, "4.1万余份", [41000, 41999], [40999, 42000]),
        ("500", UNDER, "近500件", [400, 499, 500], [399, 501]),
        ("500", ABOUT, "约500件", [450, 550], [399, 601]),
    ],
)
def test_an_approximate_figure_agrees_as_far_as_it_reaches(
    stated: str, nearness: Nearness, quote: str, holds: list[int], fails: list[int]
) -> None:
    said = claim(stated, nearness=nearness, quote=quote)

    assert [agreement(said, Fraction(each)) for each in holds] == [APPROXIMATE] * len(holds)
    assert [agreement(said, Fraction(each)) for each in fails] == [None] * len(fails)


def test_a_share_above_a_bound_may_be_anything_above_it() -> None:
    said = claim("95", "%", nearness=OVER)

    assert agreement(said, Fraction(983, 10)) is APPROXIMATE
    assert agreement(said, Fraction(949, 10)) is None


def test_ten_thousands_are_rounded_to_what_is_written() -> None:
    assert agreement(claim("41000", quote="4.1万件"), Fraction(41_234)) is ROUNDED
    assert agreement(claim("41000", quote="4.1万件"), Fraction(40_900)) is ROUNDED
    assert agreement(claim("41000", quote="41000件"), Fraction(41_234)) is None


@pytest.mark.parametrize(
    ("unit", "held_in", "expected"),
    [
        ("元", "万元", Fraction(15000)),
        ("万元", "万元", Fraction(3, 2)),
        ("亿元", "万元", Fraction(3, 20000)),
        ("件", "万元", None),
        ("万元", "件", None),
        ("件", "%", None),
        ("%", "件", None),
        ("起", "件", Fraction(3, 2)),
    ],
)
def test_what_is_held_comes_in_the_unit_of_the_claim(unit: str, held_in: str, expected: Fraction | None) -> None:
    assert in_unit_of(claim("1", unit), Fraction(3, 2), held_in) == expected
