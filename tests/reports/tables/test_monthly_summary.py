"""The bureau's month on one page: every kind of case, the year so far, the months, the rest, and charts of these."""

from decimal import Decimal

import pytest

from tests.reports.tables.reading import Tables
from tests.reports.world import charts, rows, sheet

pytestmark = pytest.mark.django_db

PAGE = 2  # the third of the files


def test_the_month_stands_beside_the_year_so_far(tables: Tables) -> None:
    month, so_far = (tables.counted(title, "人民调解") for title in ("月报：收案与办结", "月报：本年累计"))

    assert month == {
        **{"carried_over": 1, "received": 5, "accepted": 5, "closed": 5, "pending": 1, "persons": 10},
        **{"closure_rate": Decimal("0.8"), "on_time": 1},
    }
    assert so_far == {
        **{"received": 6, "accepted": 6, "closed": 5, "pending": 1, "persons": 12},
        **{"closure_rate": Decimal("0.833333"), "on_time": 1},
    }


def test_what_a_kind_does_not_have_is_crossed_out(tables: Tables) -> None:
    review = tables.line("月报：收案与办结", "信访复查复核")

    assert (review["received"], review["closure_rate"], review["year_on_year"]) == (0, "—", "—")
    assert tables.line("月报：收案与办结", "行政应诉")["on_time"] == "×"


def test_each_month_of_the_year_so_far(tables: Tables) -> None:
    found = [tables.line("月报：各月收到与办结", month) for month in ("1月", "2月", "3月")]

    assert [(line["mediation_received"], line["mediation_closed"]) for line in found] == [(0, 0), (1, 0), (5, 5)]
    assert [(line["litigation_received"], line["litigation_closed"]) for line in found] == [(0, 0), (3, 0), (0, 0)]


def test_registers_and_what_bodies_reported(tables: Tables) -> None:
    assert tables.counted("月报：组织、培训和报送事项", "本月") == {
        **{"committees": 3, "mediators": 3, "sessions": 1, "attendance": 40, "mediation_sweeps": 7},
        **{"hotline_received": 200, "hotline_handled": 196, "hotline_rate": Decimal("0.98")},
        **{"legal_aid_advice_given": 52},
        **dict.fromkeys(NOT_REPORTED, "未报"),
    }


NOT_REPORTED = (
    "mediation_disputes_prevented",
    "proposal_handled",
    "legal_aid_duty_lawyer_help",
    "reported_documents_filed",
    "reported_documents_reviewed",
    "reported_publicity_events",
)


def test_it_is_printed_on_one_page_with_charts(tables: Tables) -> None:
    page = sheet(tables.files[PAGE], "月报")

    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 1)
    assert not page.row_breaks.brk
    assert len(charts(tables.files[PAGE], "月报")) == 3


def test_the_page_says_which_numbers_were_stated_roughly(tables: Tables) -> None:
    notes = [str(line[0]) for line in rows(tables.files[PAGE], "月报") if line]

    assert "本月“法律咨询”：约数（余）。" in notes


def test_months_are_held_against_the_year_and_against_one_another(tables: Tables) -> None:
    checks = tables.balanced["月报：各月收到与办结"].checks

    assert {each.words for each in checks} == {"各月之和＝本年累计", "上月未办结＝本月上期结转"}
    assert len(checks) == 6 * 2 + 6 * 2
    assert all(each.holds for each in checks)
