"""A cell means what the office meant, however it was typed; the impossible is said, never dropped."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.cases.ledgers.cells import (
    EXCEL_DAY_ZERO,
    LATEST,
    Cell,
    CellRefused,
    Words,
    as_cents,
    as_date,
    as_flag,
    as_integer,
    as_number_of_case,
    as_text,
)
from casetrack.kinds.base import Choice
from casetrack.lib.months import EARLIEST

DAYS = st.dates(EARLIEST, LATEST)
FULL_WIDTH = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")
MARCH_FIFTH = date(2019, 3, 5)


@pytest.mark.parametrize(
    "typed",
    [
        date(2019, 3, 5),
        datetime(2019, 3, 5, 16, 30),
        43529,
        43529.0,
        43529.6875,
        "43529",
        20190305.0,
        "20190305",
        "2019-3-5",
        "2019-03-05",
        "2019.3.5",
        "2019/3/5",
        "2019年3月5日",
        "2019 年 3 月 5 日",
        "2019年3月5号",
        "２０１９－３－５",
        "２０１９．３．５",
        "2019—3—5",
        " 2019-3-5　",
        "2019-03-05 00:00:00",
        "2019-03-05T16:30:00",
        "2019/3/5 16:30",
        "2019年3月5日16时30分",
        "2019年3月5日 下午4:30",
    ],
)
def test_the_fifth_of_march_is_read_however_it_was_typed(typed: Cell) -> None:
    assert as_date(typed) == MARCH_FIFTH


@given(day=DAYS)
def test_every_spelling_of_a_day_is_that_day(day: date) -> None:
    spellings: list[Cell] = [
        f"{day.year}-{day.month}-{day.day}",
        f"{day.year}.{day.month:02}.{day.day:02}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}".translate(FULL_WIDTH),
        (day - EXCEL_DAY_ZERO).days,
        float((day - EXCEL_DAY_ZERO).days) + 0.25,
    ]

    assert {as_date(typed) for typed in spellings} == {day}


@pytest.mark.parametrize("typed", [None, "", "  ", "-", "—", "——", "/", "无"])
def test_a_cell_that_says_nothing_is_no_date(typed: Cell) -> None:
    assert as_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2019-02-30", "2019年2月没有30日"),
        ("2019-13-01", "没有13月"),
        ("2019年4月31日", "2019年4月没有31日"),
        (20190230.0, "2019年2月没有30日"),
        ("2019-3", "不是日期"),
        ("待定", "不是日期"),
        ("19-3-5", "不是日期"),
        ("1019-03-05", "不是合理的日期"),
        (12.0, "不是合理的日期"),
        (99999999.0, "没有99月"),
        (-3.5, "不是日期"),
        (True, "不是日期"),
        (time(3, 4), "不是日期"),
        (timedelta(days=3), "不是日期"),
        ("#N/A", "不是日期"),
    ],
)
def test_an_impossible_date_is_an_error_and_never_nothing(typed: Cell, said: str) -> None:
    with pytest.raises(CellRefused, match=said):
        as_date(typed)


@given(text=st.text(max_size=30))
def test_any_text_is_a_date_or_nothing_or_an_error(text: str) -> None:
    with suppress(CellRefused):
        day = as_date(text)

        assert day is None or EARLIEST <= day <= LATEST


@pytest.mark.parametrize(
    ("typed", "unit", "cents"),
    [
        (25559.49, 1, 2555949),
        ("25559.49", 1, 2555949),
        ("25,559.49", 1, 2555949),
        ("２５，５５９．４９", 1, 2555949),
        ("￥25559.49", 1, 2555949),
        ("人民币25559.49元整", 1, 2555949),
        (3.5, 10_000, 3_500_000),
        ("3.5万元", 1, 3_500_000),
        ("3.5万", 10_000, 3_500_000),
        ("35000元", 10_000, 3_500_000),
        (1015.15, 10_000, 1_015_150_000),
        (0.29, 1, 29),
        (1.005, 1, 101),
        (2.675, 1, 268),
        (25559.489999999998, 1, 2555949),
        (0, 1, 0),
        ("1.2亿元", 1, 12_000_000_000),
    ],
)
def test_an_amount_is_whole_cents_rounded_half_up(typed: Cell, unit: int, cents: int) -> None:
    assert as_cents(typed, unit=unit) == cents


@given(cents=st.integers(0, 10**14))
def test_an_amount_written_in_yuan_comes_back_to_the_cent(cents: int) -> None:
    yuan = Decimal(cents) / 100

    assert as_cents(f"{yuan:,.2f}") == cents
    assert as_cents(f"¥{yuan:.2f}元") == cents
    assert as_cents(f"{yuan / 10_000:.6f}", unit=10_000) == cents


@pytest.mark.parametrize(
    "typed", ["约3万", "叁万元", "3-5", True, date(2019, 3, 5), "-5", -5.0, float("nan"), float("inf")]
)
def test_what_is_no_amount_is_an_error(typed: Cell) -> None:
    with pytest.raises(CellRefused, match="金额"):
        as_cents(typed)


@pytest.mark.parametrize(
    ("typed", "count"), [(3.0, 3), ("3", 3), ("３人", 3), ("1,200", 1200), ("", None), ("/", None)]
)
def test_a_count_is_a_whole_number(typed: Cell, count: int | None) -> None:
    assert as_integer(typed) == count


@pytest.mark.parametrize("typed", [3.5, "若干", "-1", date(2019, 3, 5), True])
def test_what_is_no_count_is_an_error(typed: Cell) -> None:
    with pytest.raises(CellRefused, match="不是整数"):
        as_integer(typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (13800000000.0, "13800000000"),
        ("0938-6521234", "0938-6521234"),
        (" 张三\x00 ", "张三"),
        ("=1+1", "=1+1"),
        ("无", None),
    ],
)
def test_a_telephone_and_a_name_stay_text(typed: Cell, text: str | None) -> None:
    assert as_text(typed) == text


def test_a_case_number_keeps_its_brackets_and_loses_its_spaces() -> None:
    assert as_number_of_case(" 秦人调〔２０１９〕 4 号") == "秦人调〔2019〕4号"
    assert as_number_of_case(12.0) == "12"


@pytest.mark.parametrize(
    ("typed", "said"), [("是", True), ("√", True), (1.0, True), ("否", False), ("无", False), ("", None)]
)
def test_yes_and_no_have_many_spellings(typed: Cell, said: bool | None) -> None:
    assert as_flag(typed) is said


class TestChoices:
    words = Words((Choice("dismissed", "驳回上诉维持原判", ("维持原判",)), Choice("none", "其他"), Choice("x", "×")))

    @pytest.mark.parametrize(
        "typed",
        ["驳回上诉维持原判", "驳回上诉，维持原判", "驳回上诉, 维持原判。", "维 持 原 判", "（维持原判）", "dismissed"],
    )
    def test_a_choice_is_found_by_label_code_or_synonym(self, typed: str) -> None:
        assert self.words.code_of(typed) == "dismissed"

    def test_a_sign_may_be_a_choice(self) -> None:
        assert self.words.code_of("×") == "x"

    def test_an_unknown_choice_names_the_possible_ones(self) -> None:
        with pytest.raises(CellRefused, match="没有“胜诉”这一项，可填：驳回上诉维持原判、其他"):
            self.words.code_of("胜诉")

    def test_nothing_is_no_choice(self) -> None:
        assert self.words.code_of("—") is None
