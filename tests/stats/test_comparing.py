"""Figures beside those of a year or a month before."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from casetrack.organizations.models import Organization
from casetrack.stats.answering import statistics
from casetrack.stats.comparing import Compare, Comparison, before, compared
from casetrack.stats.figures import Answer
from casetrack.stats.questions import Days
from casetrack.stats.refusals import StatisticsRefused
from tests.stats.world import QINAN, day, log


@pytest.mark.parametrize(
    ("compare", "days", "base"),
    [
        ("year", "2024-01-01 2024-12-31 2024-12-31", "2023-01-01 2023-12-31 2023-12-31"),
        ("year", "2024-02-01 2024-02-29 2024-02-29", "2023-02-01 2023-02-28 2023-02-28"),
        ("year", "2023-02-01 2023-02-28 2023-02-28", "2022-02-01 2022-02-28 2022-02-28"),
        ("year", "2025-02-01 2025-02-28 2025-03-15", "2024-02-01 2024-02-29 2024-03-15"),
        ("month", "2024-03-01 2024-03-31 2024-03-31", "2024-02-01 2024-02-29 2024-02-29"),
        ("month", "2024-03-05 2024-03-30 2024-04-15", "2024-02-05 2024-02-29 2024-03-15"),
        ("month", "2024-01-01 2024-01-31 2024-01-31", "2023-12-01 2023-12-31 2023-12-31"),
    ],
)
def test_the_days_to_compare_with(compare: str, days: str, base: str) -> None:
    assert before(Days(*map(day, days.split())), Compare(compare)) == Days(*map(day, base.split()))


def test_a_month_is_compared_with_a_month_only() -> None:
    with pytest.raises(StatisticsRefused, match="环比只比较一个月以内的统计期"):
        before(Days(date(2024, 1, 1), date(2024, 3, 31), date(2024, 3, 31)), Compare.MONTH)


@pytest.mark.parametrize(
    ("value", "base", "unit", "found"),
    [
        (3, 2, "件", Comparison(2, 1, "件", Decimal("50"), comparable=True)),
        (0, 3, "件", Comparison(3, -3, "件", Decimal("-100"), comparable=True)),
        (2, 3, "件", Comparison(3, -1, "件", Decimal("-33.3333"), comparable=True)),
        (3, 0, "件", Comparison(0, 3, "件", None, comparable=False)),
        (Decimal("66.6667"), Decimal("50"), "%", Comparison(Decimal("50"), Decimal("16.6667"), "百分点", None, True)),
        (Decimal("0"), Decimal("0"), "%", Comparison(Decimal("0"), Decimal("0"), "百分点", None, comparable=True)),
        (Decimal("50"), None, "%", Comparison(None, None, "百分点", None, comparable=False)),
        (None, 4, "天", Comparison(4, None, "天", None, comparable=False)),
    ],
)
def test_counts_change_by_number_and_share_and_rates_by_points(
    value: int | Decimal | None, base: int | Decimal | None, unit: str, found: Comparison
) -> None:
    assert compared(value, base, unit) == found


def disputes(office: Organization, **received: str) -> None:
    for category, on in received.items():
        log("mediation", office, ("register", day(on), {"category": category}))


def of_2024() -> Answer:
    return statistics(
        region=QINAN,
        first=day("2024-01-01"),
        last=day("2024-12-31"),
        subjects=["mediation"],
        by=[["category"], ["category", "outcome"]],
        compare=Compare.YEAR,
    )


def test_a_group_that_is_empty_now_stands_beside_what_it_had(village_committee: Organization) -> None:
    disputes(village_committee, labour="2023-03-05", neighbour="2024-03-05")

    answer = of_2024()

    found = {
        category: (figure.value, answer.comparison(figure))
        for category in ("labour", "neighbour")
        if (figure := answer.find("mediation", "received", category=category))
    }
    assert found == {
        "labour": (0, Comparison(1, -1, "件", Decimal(-100), comparable=True)),
        "neighbour": (1, Comparison(0, 1, "件", None, comparable=False)),
    }


def test_a_combination_that_only_the_base_has_is_shown_with_nothing(village_committee: Organization) -> None:
    log(
        "mediation",
        village_committee,
        ("register", day("2023-03-05"), {"category": "labour"}),
        ("accept", day("2023-03-05")),
        ("fail", day("2023-04-01")),
    )

    answer = of_2024()

    gone = answer.find("mediation", "closed", category="labour", outcome="failed")
    assert gone
    assert (gone.value, gone.cases["from"], gone.cases["to"]) == (0, "2024-01-01", "2024-12-31")
    assert answer.comparison(gone) == Comparison(1, -1, "件", Decimal(-100), comparable=True)


def test_the_command_prints_base_and_change(village_committee: Organization) -> None:
    disputes(village_committee, labour="2023-12-05", neighbour="2024-03-05", consumer="2024-03-06")
    asked = ["--region", QINAN, "--from", "2024-01-01", "--to", "2024-12-31", "--subject", "mediation"]
    out = StringIO()

    call_command("statistics", *asked, "--compare", "year", stdout=out)

    lines = [line for line in out.getvalue().splitlines() if "收到 " in line and "人次" not in line]
    assert any("+1（+100.0%）" in line for line in lines)
    assert "无可比" in out.getvalue()
