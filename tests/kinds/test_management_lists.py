"""The lists of fields of management: that each counts every case once, and where terms of another time go."""

from dataclasses import replace
from datetime import date

import pytest

from casetrack.kinds.reconsideration_management import CODES, LIST_NAMED, LISTS, ManagementList, list_on

EVERY_LIST = pytest.mark.parametrize("listed", LISTS, ids=lambda each: each.code)


@EVERY_LIST
def test_every_term_counts_in_exactly_one_row(listed: ManagementList) -> None:
    assert sorted(code for _, codes in listed.rows for code in codes) == sorted(CODES)


@pytest.mark.parametrize(("code", "rows"), [("of_2007", 44), ("of_2015", 46)])
def test_the_lists_of_the_form_have_as_many_rows_as_the_form(code: str, rows: int) -> None:
    assert len(LIST_NAMED[code].rows) == rows
    assert LIST_NAMED[code].legacy


@pytest.mark.parametrize(
    ("term", "in_2007", "in_2015", "in_practice"),
    [
        ("quality", "质监", "质检", "市场监管"),
        ("inspection", "商检", "质检", "市场监管"),
        ("health", "卫生", "卫生计生", "卫生健康"),
        ("family_planning", "计划生育", "卫生计生", "卫生健康"),
        ("emergency", "其他", "安监", "应急管理"),
        ("land", "土地", "土地", "自然资源"),
        ("expropriation", "房屋拆迁", "房屋征补（拆迁）", "住房城乡建设"),
        ("banking", "银监", "银监", "金融监管"),
        ("city_management", "其他", "其他", "城市管理"),
    ],
)
def test_a_term_counts_in_a_row_of_every_list(term: str, in_2007: str, in_2015: str, in_practice: str) -> None:
    found = [LIST_NAMED[code].row_of(term) for code in ("of_2007", "of_2015", "of_2018")]

    assert found == [in_2007, in_2015, in_practice]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2000, 1, 1), "of_2007"),
        (date(2014, 12, 31), "of_2007"),
        (date(2015, 1, 1), "of_2015"),
        (date(2018, 12, 31), "of_2015"),
        (date(2024, 12, 10), "of_2018"),
    ],
)
def test_the_list_of_a_day_is_the_one_in_use_then(day: date, code: str) -> None:
    assert list_on(day).code == code


def test_lists_follow_one_another_without_a_gap() -> None:
    assert [(after.since - before.until).days for before, after in zip(LISTS, LISTS[1:], strict=False)] == [1, 1]


def test_a_list_that_leaves_a_term_out_is_refused() -> None:
    with pytest.raises(ValueError, match="of_2007: city_management, .*other, .*is not in exactly one row"):
        replace(LISTS[0], rows=LISTS[0].rows[:-1])
