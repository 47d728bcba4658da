"""Months: what always holds, and the days where it is easy to slip."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.lib.months import Period, add_months, last_day, month_of, month_range, months_between, parse_month

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
COUNTS = st.integers(-600, 600)


@given(day=DAYS)
def test_a_day_lies_in_its_month_and_the_day_after_the_last_in_the_next(day: date) -> None:
    assert month_of(day) <= day <= last_day(day)
    assert last_day(day) + timedelta(days=1) == add_months(day, 1)


@given(day=DAYS, count=COUNTS)
def test_adding_months_and_counting_them_agree(day: date, count: int) -> None:
    assert months_between(day, add_months(day, count)) == count
    assert add_months(add_months(day, count), -count) == month_of(day)


@given(one=DAYS, other=DAYS)
def test_the_months_of_a_period_cover_each_of_its_days_once(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))

    covered = sum(Period.of_month(month).days for month in period.months)

    outside = (period.start - month_of(period.start)).days + (last_day(period.end) - period.end).days
    assert covered == period.days + outside


def test_the_last_day_of_february_depends_on_the_year() -> None:
    assert last_day(date(2024, 2, 3)) == date(2024, 2, 29)
    assert last_day(date(2023, 2, 3)) == date(2023, 2, 28)


def test_a_range_of_months_includes_both_ends_across_a_new_year() -> None:
    assert month_range(date(2019, 11, 30), date(2020, 1, 1)) == [date(2019, 11, 1), date(2019, 12, 1), date(2020, 1, 1)]


def test_a_year_is_whole_months_and_a_week_is_not() -> None:
    assert Period.of_year(2019).is_whole_months
    assert not Period(date(2019, 1, 1), date(2019, 1, 7)).is_whole_months


def test_a_period_can_be_cut_at_a_day() -> None:
    year = Period.of_year(2019)

    assert year.until(date(2019, 3, 31)) == Period(date(2019, 1, 1), date(2019, 3, 31))
    assert year.until(date(2025, 1, 1)) == year
    assert year.until(date(2018, 12, 31)) is None


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="早于"):
        Period(date(2019, 2, 1), date(2019, 1, 31))


@pytest.mark.parametrize("text", ["2024-13", "2024-0", "0000-01", "2024-5", "二〇二四", "2024-05-01"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2024-05"):
        parse_month(text)


def test_a_month_is_read_as_it_is_written() -> None:
    assert parse_month("2024-05") == date(2024, 5, 1)
