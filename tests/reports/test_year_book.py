"""The book of a year."""

from datetime import date

from casetrack.organizations.models import Organization
from casetrack.stats.answering import statistics
from reports.books import annual
from tests.reports.world import QINAN, VILLAGE, charts, rows, section, sheet, total


def test_the_year_is_the_sum_of_its_months(year: bytes) -> None:
    found = section(year, "人民调解", "按月份")

    assert [found[f"{number}月"][1] for number in range(1, 13)] == [0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert found["本年累计"][:8] == [1, 3, 4, 3, 0, 0, 3, 1]


def test_what_a_month_leaves_open_the_next_one_carries_over(year: bytes) -> None:
    found = list(section(year, "人民调解", "按月份").values())[:12]

    assert [cells[0] for cells in found[1:]] == [cells[7] for cells in found[:-1]]


def test_the_chart_draws_received_and_closed_of_twelve_months(year: bytes) -> None:
    (chart,) = charts(year, "人民调解")

    assert [series.val.numRef.f for series in chart.series] == [
        "'人民调解'!$C$9:$C$20",
        "'人民调解'!$H$9:$H$20",
    ]
    assert [series.tx.v for series in chart.series] == ["收到", "办结"]
    assert sheet(year, "人民调解")["A9"].value == "1月"


def test_the_totals_are_those_of_statistics(spring: object, year: bytes) -> None:
    answer = statistics(region=QINAN, first=date(2024, 1, 1), last=date(2024, 12, 31), subjects=["mediation"])
    counts = {figure.label: figure.value for figure in answer.figures if figure.unit == "件"}

    shown = total(year, "人民调解")

    assert {heading: shown[heading] for heading in counts} == counts


def test_a_later_cut_off_moves_the_closure_rate_alone(spring: object) -> None:
    early = annual.write(region=QINAN, year=2023)
    later = annual.write(region=QINAN, year=2023, as_of=date(2024, 1, 31))

    assert (total(early, "人民调解")["办结率"], total(later, "人民调解")["办结率"]) == (0, 1)
    assert total(later, "人民调解")["未办结"] == 1
    assert "统计截止日：2024年1月31日" in rows(later, "人民调解")[1]


def test_a_year_that_lasts_leaves_its_later_months_empty(spring: object) -> None:
    data = annual.write(region=QINAN, year=2024, today=date(2024, 5, 6))

    found = section(data, "信访", "按月份")
    assert found["5月"][:2] == [1, 0]
    assert found["6月"] == []


def test_a_village_has_its_book_too(spring: object) -> None:
    data = annual.write(region=VILLAGE, year=2024)

    assert rows(data, "人民调解")[1][0] == "制表单位：兴国镇第1村"
    assert total(data, "人民调解")["收到"] == 3


def test_a_bureau_that_a_register_names_makes_the_table(spring: object, county: object) -> None:
    Organization.objects.create(region_id=QINAN, county_id=QINAN, name="秦安县司法行政局", kind="justice_bureau")

    assert rows(annual.write(region=QINAN, year=2024), "汇总")[1][0] == "制表单位：秦安县司法行政局"
