"""Division codes: levels, parents, and subtrees as ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.organizations.divisions import (
    InvalidCode,
    Level,
    ancestors_of,
    code_range,
    complete,
    is_under,
    level_of,
    parent_of,
    prefix_of,
)
from tests.organizations.world import NATION

PROVINCES = st.integers(11, 89).map("{:02}".format)
# few values and both ends, so that neighbours and the carry from 99 to 100 are met often
PAIRS = st.sampled_from(["01", "02", "98", "99"])
TRIPLES = st.sampled_from(["001", "002", "998", "999"])
COUNTIES = st.sampled_from(["00", "01", "02", "99"])


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Any division, now and then a town directly under a prefecture."""
    digits = "".join([draw(PROVINCES), draw(PAIRS), draw(COUNTIES), draw(TRIPLES), draw(TRIPLES)])
    return digits[: draw(st.sampled_from([0, 2, 4, 6, 9, 12]))].ljust(12, "0")


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        (NATION, Level.NATION, None),
        ("620000000000", Level.PROVINCE, NATION),
        ("620500000000", Level.PREFECTURE, "620000000000"),
        ("620522000000", Level.COUNTY, "620500000000"),
        ("620522100000", Level.TOWNSHIP, "620522000000"),
        ("620522100203", Level.VILLAGE, "620522100000"),
        ("429004000000", Level.COUNTY, "429000000000"),  # 仙桃市, directly under 湖北省
        ("441900103000", Level.TOWNSHIP, "441900000000"),  # a town of 东莞市, which has no counties
        ("441900103001", Level.VILLAGE, "441900103000"),
        ("110101000000", Level.COUNTY, "110100000000"),  # 东城区, under the 市辖区 of 北京市
    ],
)
def test_a_code_tells_its_level_and_parent(code: str, level: Level, parent: str | None) -> None:
    assert level_of(code) is level
    assert parent_of(code) == parent


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("620522", "12位数字"),
        ("62052210020a", "12位数字"),
        ("６２０５２２１００２０３", "12位数字"),
        ("620022000000", "缺少上级代码"),
        ("620000100000", "缺少上级代码"),
        ("620522000203", "缺少上级代码"),
        ("000022000000", "不是省级代码"),
        ("990000000000", "不是省级代码"),
    ],
)
def test_a_code_that_no_division_can_have_is_refused(code: str, reason: str) -> None:
    with pytest.raises(InvalidCode, match=reason):
        level_of(code)


@pytest.mark.parametrize(
    ("written", "code"), [("620522", "620522000000"), ("62", "620000000000"), ("620522100203", "620522100203")]
)
def test_a_short_code_is_completed(written: str, code: str) -> None:
    assert complete(written) == code


@pytest.mark.parametrize("written", ["62052", "6205221", "6205221002030"])
def test_a_code_cut_inside_a_group_is_not_completed(written: str) -> None:
    with pytest.raises(InvalidCode):
        complete(written)


def test_a_village_has_all_its_ancestors() -> None:
    assert ancestors_of("620522100203") == ["620522100000", "620522000000", "620500000000", "620000000000", NATION]


@given(code=codes(), division=codes())
def test_a_code_is_in_the_range_exactly_when_it_descends(code: str, division: str) -> None:
    first, beyond = code_range(division)

    descends = division == code or division in ancestors_of(code)

    assert (first <= code < beyond) == descends == is_under(code, division)


@given(code=codes())
def test_every_division_is_in_the_range_of_each_of_its_ancestors(code: str) -> None:
    assert all(is_under(code, ancestor) for ancestor in ancestors_of(code))


@given(code=codes())
def test_the_levels_rise_towards_the_nation(code: str) -> None:
    order = list(Level)
    heights = [order.index(level_of(each)) for each in [code, *ancestors_of(code)]]

    assert heights == sorted(set(heights), reverse=True)
    assert ([code, *ancestors_of(code)])[-1] == NATION


@given(code=codes())
def test_the_bounds_of_a_range_have_twelve_digits(code: str) -> None:
    assert all(len(bound) == 12 and bound.isdigit() for bound in code_range(code))
    assert code.startswith(prefix_of(code))
