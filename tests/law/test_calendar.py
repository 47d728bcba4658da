"""The days of every year, as a snapshot; what a place adds; what a year without its notice does."""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from casetrack.law.calendar import calendar_for
from casetrack.law.notices import FIRST_NOTICE, LAST_NOTICE, has_notice, title_for, year_table

SNAPSHOT = Path(__file__).parent / "snapshots" / "calendar.json"
NATIONAL = calendar_for()
XINJIANG = calendar_for("652800000000")


@pytest.mark.parametrize("year", range(FIRST_NOTICE, LAST_NOTICE + 1))
def test_the_years_days_are_those_of_the_snapshot(year: int) -> None:
    """`rest`: weekdays not worked; `work`: weekend days worked. A change here moves due dates: read it twice."""
    expected = json.loads(SNAPSHOT.read_text(encoding="utf-8"))[str(year)]
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(365 + (year % 4 == 0))]

    rest = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not NATIONAL.is_working(day)]
    work = [f"{day:%m-%d}" for day in days if day.weekday() >= 5 and NATIONAL.is_working(day)]

    assert {"rest": rest, "work": work} == {key: expected[key].split() for key in ("rest", "work")}


@pytest.mark.parametrize("year", range(FIRST_NOTICE, LAST_NOTICE + 1))
def test_the_table_agrees_with_the_package_day_by_day(year: int) -> None:
    china = holidays.country_holidays("CN", years=[year, year + 1])
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(365)]

    assert [day for day in days if NATIONAL.is_working(day) != china.is_working_day(day)] == []


def test_a_year_with_a_notice_has_moved_days_in_the_package() -> None:
    assert all(any("调休" in why for why in year_table(year).rest.values()) for year in range(2001, LAST_NOTICE + 1))


def test_a_year_without_a_notice_knows_weekends_and_feasts_only() -> None:
    assert not NATIONAL.covers(2027)
    assert not NATIONAL.is_working(date(2027, 10, 1))
    assert NATIONAL.is_working(date(2027, 10, 4))
    assert year_table(2027).worked == {}
    assert NATIONAL.notice_of(date(2027, 10, 1)) == "全国年节及纪念日放假办法"


@pytest.mark.parametrize(
    ("day", "reason", "notice"),
    [
        (date(2024, 10, 1), "国庆节", "国务院办公厅关于2024年部分节假日安排的通知"),
        (date(2024, 10, 7), "国庆节（放假调休）", "国务院办公厅关于2024年部分节假日安排的通知"),
        (date(2024, 10, 12), "国庆节调休上班", "国务院办公厅关于2024年部分节假日安排的通知"),
        (date(2024, 10, 5), "星期六", "国务院关于职工工作时间的规定第七条"),
        (date(2024, 10, 8), "星期二", ""),
        (date(2024, 2, 13), "春节（补假）", "国务院办公厅关于2024年部分节假日安排的通知"),
        (date(2018, 12, 29), "元旦调休上班", "国务院办公厅关于2019年部分节假日安排的通知"),
        (date(2020, 1, 31), "春节延长假期", "国务院办公厅关于延长2020年春节假期的通知"),
        (date(2002, 5, 6), "劳动节（放假调休）", "国务院办公厅关于2002年部分节假日休息安排的通知"),
    ],
)
def test_each_day_says_why(day: date, reason: str, notice: str) -> None:
    assert (NATIONAL.reason_of(day), NATIONAL.notice_of(day)) == (reason, notice)


def test_an_autonomous_area_rests_on_its_own_feasts() -> None:
    corban = date(2025, 6, 9)

    assert NATIONAL.is_working(corban)
    assert not XINJIANG.is_working(corban)
    assert XINJIANG.reason_of(corban) == "古尔邦节放假"
    assert "新疆维吾尔自治区" in XINJIANG.notice_of(corban)


def test_an_area_may_work_when_the_country_rests_and_rest_when_it_works() -> None:
    guangxi = calendar_for("450100000000")

    assert (NATIONAL.is_working(date(2017, 4, 1)), guangxi.is_working(date(2017, 4, 1))) == (True, False)
    assert (NATIONAL.is_working(date(2017, 4, 8)), guangxi.is_working(date(2017, 4, 8))) == (False, True)


def test_an_area_is_provisional_in_a_year_whose_own_notice_is_missing() -> None:
    assert XINJIANG.covers(2025)
    assert not XINJIANG.covers(2024)
    assert NATIONAL.covers(2024)


def test_places_where_nothing_differs_share_one_calendar() -> None:
    assert calendar_for("420381000000") is calendar_for("230304000000")


def test_the_last_days_of_december_belong_to_the_next_years_notice() -> None:
    assert title_for(date(2018, 12, 31)) == "国务院办公厅关于2019年部分节假日安排的通知"
    assert title_for(date(LAST_NOTICE, 12, 31)) == ""
    assert not has_notice(LAST_NOTICE + 1)
