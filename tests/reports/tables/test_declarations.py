"""The declarations of official tables: whole, in their versions, of the days that a month or a year means."""

from datetime import date

import pytest

from casetrack.lib.months import Period
from casetrack.stats.dimensions import UNSPECIFIED, values_of
from casetrack.stats.periods import ReportingPeriods
from casetrack.stats.refusals import StatisticsRefused
from reports.tables.declaring import Column, Line, OfficialTable, TableRefused, count, where
from reports.tables.naming import month_asked, subject_of, tables_named, titles, year_asked
from reports.tables.official import TABLES

EVERY_TABLE = [table for versions in TABLES.values() for table in versions]
QINAN = "620522000000"
PERIODS = ReportingPeriods.declared(
    [
        {"subject": "reconsideration", "closes_on": 10},
        {"subject": "litigation", "closes_on": 10},
        {"region": "6205", "closes_on": 25},
    ]
)


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda each: each.name + each.version)
def test_every_value_counts_in_exactly_one_line(table: OfficialTable) -> None:
    divided = {name for line in table.lines[1:] for name, _ in line.where} - {"division"}
    for dimension in divided:
        subject = "organization" if dimension == "committee_kind" else table.subject
        parts = [value for line in table.lines[1:] if not line.within for value in dict(line.where)[dimension]]

        assert sorted(parts) == sorted([*values_of(subject, dimension), UNSPECIFIED])


@pytest.mark.parametrize(
    ("name", "day", "version", "lines"),
    [
        ("reconsiderations", date(2006, 1, 1), "of_2007", 45),
        ("reconsiderations", date(2014, 12, 10), "of_2007", 45),
        ("reconsiderations", date(2016, 12, 10), "of_2015", 47),
        ("reconsiderations", date(2024, 12, 10), "of_2018", 31),
        ("reconsiderations:of_2015", date(2024, 12, 10), "of_2015", 47),
    ],
)
def test_a_period_is_told_by_the_list_of_its_time_or_by_the_one_named(
    name: str, day: date, version: str, lines: int
) -> None:
    (table,) = tables_named([name], day)

    assert (table.version, len(table.lines)) == (version, lines)


def test_the_form_of_reconsideration_has_45_columns() -> None:
    for table in TABLES["reconsiderations"]:
        assert len([column for column in table.columns if column.hidden == "never"]) == 45


def test_a_year_of_reconsideration_runs_from_11_december_to_10_december() -> None:
    everywhere = ReportingPeriods.declared([{"subject": "reconsideration", "closes_on": 10}])

    assert year_asked(everywhere, ["reconsiderations"], 2024, QINAN).period == Period(
        date(2023, 12, 11), date(2024, 12, 10)
    )
    assert year_asked(everywhere, ["petitions"], 2024, QINAN).period == Period.of_year(2024)


def test_a_month_that_closes_on_the_25th_and_the_months_of_its_year() -> None:
    asked = month_asked(PERIODS, ["monthly_summary", "mediation_cases"], date(2024, 2, 1), QINAN)

    assert asked.period == Period(date(2024, 1, 26), date(2024, 2, 25))
    assert asked.months == (Period(date(2023, 12, 26), date(2024, 1, 25)), asked.period)


def test_tables_that_mean_different_days_make_no_book() -> None:
    periods = ReportingPeriods.declared([{"subject": "reconsideration", "closes_on": 10}])

    with pytest.raises(StatisticsRefused, match="所选各表的报告期不同"):
        month_asked(periods, ["petitions", "reconsiderations"], date(2024, 2, 1), QINAN)


def test_a_table_that_is_not_there_is_refused_with_those_there_are() -> None:
    with pytest.raises(StatisticsRefused, match="没有“taxes”这一统计表，可用的有：monthly_summary（月报）、"):
        tables_named(["taxes"], date(2024, 3, 31))


def test_every_name_has_a_title_and_a_subject() -> None:
    assert list(titles())[:3] == ["monthly_summary", "mediation_cases", "mediation_teams"]
    assert [subject_of(name) for name in ("monthly_summary", "reconsiderations:of_2015")] == ["", "reconsideration"]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (Column("a", ("甲",), count("petition.nothing")), "petition.nothing is no measure"),
        (Column("a", ("甲",), count("petition.received", where(outcome="settled"))), "is not broken down by outcome"),
        (Column("a", ("甲",), count("petition.received", where(channel="pigeon"))), "channel has no value pigeon"),
    ],
)
def test_a_table_that_can_not_be_right_does_not_import(column: Column, said: str) -> None:
    with pytest.raises(TableRefused, match=said):
        OfficialTable("t", "表", "petition", "项目", "没有", (column,), lines=(Line("合计"),))
