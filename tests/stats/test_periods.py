"""Which days a month means: the calendar's, or those that a place or a subject closes its books by."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.lib.months import Period, add_months
from casetrack.stats.periods import CALENDAR_MONTHS, PeriodsRefused, ReportingPeriods, Rule

MARCH = date(2024, 3, 1)
DECLARED = ReportingPeriods.declared(
    [
        {"region": "6205", "closes_on": 25},
        {"subject": "reconsideration", "closes_on": 10},
        {"region": "620522", "closes_on": 20},
        {"region": "6205", "subject": "petition", "closes_on": 0},
    ]
)


def test_a_month_is_the_calendars_unless_something_else_is_declared() -> None:
    assert CALENDAR_MONTHS.month(date(2024, 2, 1), region="620522000000") == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert CALENDAR_MONTHS.year(2024, region="620522000000") == Period(date(2024, 1, 1), date(2024, 12, 31))


def test_a_month_that_closes_on_the_25th_begins_on_the_26th_and_is_named_by_its_end() -> None:
    assert DECLARED.month(MARCH, region="620500000000") == Period(date(2024, 2, 26), date(2024, 3, 25))


def test_the_reconsideration_year_runs_from_11_december_to_10_december() -> None:
    found = DECLARED.year(2024, region="110000000000", subject="reconsideration")

    assert found == Period(date(2023, 12, 11), date(2024, 12, 10))


def test_the_nearest_place_decides_and_a_named_subject_over_any() -> None:
    assert DECLARED.rule("620522100000").closes_on == 20
    assert DECLARED.rule("620523000000", "mediation").closes_on == 25
    assert DECLARED.rule("620523000000", "petition").closes_on == 0
    assert DECLARED.rule("110000000000", "mediation") == Rule()


@pytest.mark.parametrize("city", ["6205", "620500", "620500000", "620500000000"])
def test_a_place_may_be_named_by_its_whole_code_and_what_lies_in_it_is_meant(city: str) -> None:
    declared = ReportingPeriods.declared(
        [{"region": city, "closes_on": 25}, {"region": "620522000000", "closes_on": 20}]
    )

    assert [declared.rule(code).closes_on for code in ("620500000000", "620591100201", "620522100000")] == [25, 25, 20]
    assert declared.rule("620600000000") == Rule()


def test_the_code_of_the_nation_means_everywhere() -> None:
    declared = ReportingPeriods.declared([{"region": "000000000000", "closes_on": 25}])

    assert declared.rule("620522100000").closes_on == 25


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": 29},
        {"closes_on": -1},
        {"year_ends_in": 13},
        {"region": "天水"},
        {"region": "6205000000000"},
        {"until": 3},
        {"subject": "reconsiderations", "closes_on": 10},
        {"subject": None},
    ],
)
def test_what_can_not_be_meant_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(PeriodsRefused):
        ReportingPeriods.declared([wrong])


@given(st.integers(0, 28), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_exactly_the_month_it_is_said_to(closes_on: int, day: date) -> None:
    rule = Rule(closes_on)
    month = rule.month_with(day)

    assert day in rule.month(month)
    assert rule.month(add_months(month, 1)).start == rule.month(month).end + timedelta(days=1)
