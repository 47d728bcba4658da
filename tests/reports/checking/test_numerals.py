"""Numbers written in signs and in words come back as what they are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.checking.numerals import NotANumber, arabic, chinese, spoken


@given(st.integers(min_value=0, max_value=10**15))
def test_a_number_in_words_reads_back_as_itself(number: int) -> None:
    assert chinese(spoken(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_with_separators_reads_back_as_itself(number: int) -> None:
    assert arabic(f"{number:,}") == number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", "10"),
        ("三百二", "320"),
        ("三百零二", "302"),
        ("两千零三", "2003"),
        ("三万二", "32000"),
        ("一百一十五", "115"),
        ("二〇一九", "2019"),
        ("九十八点一", "98.1"),
        ("一亿零五百", "100000500"),
    ],
)
def test_numerals_are_read_as_they_are_said(written: str, value: str) -> None:
    assert chinese(written) == Decimal(value)


@pytest.mark.parametrize("written", ["十百", "万", "百", "三三十", "千三百", "万万亿三"])
def test_signs_that_make_no_number_are_refused(written: str) -> None:
    with pytest.raises(NotANumber):
        chinese(written)
