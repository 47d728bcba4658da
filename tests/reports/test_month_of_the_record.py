"""That a month's book is what the record says: the same for the same figures, and never one that does not add up."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casetrack.organizations.models import Organization
from casetrack.stats.answering import OfficeFigures, by_organization, months, statistics
from casetrack.stats.closing.closing import close
from casetrack.stats.closing.models import Edition
from casetrack.stats.figures import Figure
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.refusals import BalanceBroken, StatisticsRefused
from reports.books import editions, material, monthly
from tests.cases.logging import log_dispute
from tests.reports.world import MARCH, QINAN, VILLAGE, rows, section, settle, total


def test_every_total_is_the_one_that_statistics_gives(spring: object) -> None:
    data = monthly.write(region=QINAN, month=MARCH)
    answer = statistics(region=QINAN, first=MARCH, last=date(2024, 3, 31))

    for name in ("人民调解", "信访", "信访复查复核", "行政复议", "行政应诉", "法律援助"):
        shown = total(data, name)
        for figure in answer.figures:
            if SUBJECTS[figure.subject].label == name and figure.indicator not in SUBJECTS[figure.subject].stated:
                heading = figure.label if figure.label in shown else f"{figure.label}（{figure.unit}）"
                assert shown[heading] == in_a_cell(figure), heading


def test_what_bodies_reported_stands_on_a_sheet_of_its_own_as_statistics_give_it(spring: object) -> None:
    data = monthly.write(region=QINAN, month=MARCH)
    answer = statistics(region=QINAN, first=MARCH, last=date(2024, 3, 31))

    shown = {row[0]: row[1] or row[2] for row in rows(data, "报送数字") if len(row) > 3 and row[3] != "未报"}
    stated = [figure for figure in answer.figures if figure.indicator in SUBJECTS[figure.subject].stated]
    assert stated
    for figure in (figure for figure in stated if not figure.dimensions):
        assert shown[f"{figure.label}（{figure.unit}）"] == in_a_cell(figure)


def in_a_cell(figure: Figure) -> object:
    if figure.value is None:
        return "—"
    return float(figure.value) / 100 if figure.unit == "%" else pytest.approx(float(figure.value))


def test_written_twice_it_is_the_same_file(spring: object) -> None:
    assert monthly.write(region=QINAN, month=MARCH) == monthly.write(region=QINAN, month=date(2024, 3, 15))


def publish() -> Edition:
    settle()
    now = datetime(2024, 4, 3, 2, tzinfo=UTC)
    return close(region=QINAN, month=MARCH, without_confirmations="尚未实行月报确认", actor=None, now=now)


@pytest.fixture
def published(spring: object) -> Edition:
    return publish()


def test_it_says_in_which_edition_the_month_stands_published(spring: object) -> None:
    open_month = monthly.write(region=QINAN, month=MARCH)
    publish()

    closed_month = monthly.write(region=QINAN, month=MARCH)

    assert ["版次", "未结账"] in rows(open_month, "说明")
    told = next(line[1] for line in rows(closed_month, "说明") if line and line[0] == "版次")
    assert str(told).startswith("2024年3月第1版（2024-04-03结账，摘要")


def test_a_book_of_an_edition_keeps_what_it_published_though_cases_were_entered_since(
    spring: list[Organization], published: Edition
) -> None:
    log_dispute(spring[2], date(2024, 3, 30))
    settle()

    now = monthly.write(region=QINAN, month=MARCH)
    then = monthly.write(region=QINAN, month=MARCH, edition=published.number)

    assert (total(now, "人民调解")["收到"], total(then, "人民调解")["收到"]) == (3, 2)
    assert section(then, "人民调解", "按机构").keys() == section(now, "人民调解", "按机构").keys() - {spring[2].name}
    told = next(line[1] for line in rows(then, "说明") if line and line[0] == "版次")
    assert "本表为该版公布的数字" in str(told)
    assert monthly.write(region=QINAN, month=MARCH, edition=0) == then


def test_a_book_that_would_differ_from_its_edition_is_never_written(
    published: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "written", lambda value: None if value is None else f"{value + 1}")

    with pytest.raises(BalanceBroken, match="按当时的记录重算与公布的不同"):
        monthly.write(region=QINAN, month=MARCH, edition=published.number)


def test_only_an_edition_that_is_there_gives_a_book(spring: object, published: Edition) -> None:
    with pytest.raises(StatisticsRefused, match="没有第2版"):
        monthly.write(region=QINAN, month=MARCH, edition=2)
    with pytest.raises(StatisticsRefused, match="不能再指定 as_of"):
        monthly.write(region=QINAN, month=MARCH, edition=1, as_of=date(2024, 3, 15))


def test_a_further_case_changes_the_file(spring: list[Organization]) -> None:
    before = monthly.write(region=QINAN, month=MARCH)
    log_dispute(spring[2], date(2024, 3, 30))
    settle()

    assert monthly.write(region=QINAN, month=MARCH) != before


def test_a_book_from_events_is_the_book_from_cells(spring: list[Organization]) -> None:
    from_cells = monthly.write(region=QINAN, month=MARCH)
    log_dispute(spring[2], date(2024, 5, 30))  # leaves the county unsettled, so that cells can't answer

    assert monthly.write(region=QINAN, month=MARCH) == from_cells


def test_offices_that_do_not_add_up_are_never_written(spring: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_the_last(**asked: Any) -> list[OfficeFigures]:
        return by_organization(**asked)[:-1]

    monkeypatch.setattr(material, "by_organization", without_the_last)

    with pytest.raises(BalanceBroken, match="“人民调解”各机构之和＝合计不成立：收到0≠2"):
        monthly.write(region=QINAN, month=MARCH)


def test_months_that_do_not_add_up_are_never_written(spring: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(material, "months", lambda **asked: months(**asked)[1:])

    with pytest.raises(BalanceBroken, match="各月之和＝本年累计不成立"):
        monthly.write(region=QINAN, month=MARCH)


def test_two_committees_of_one_name_are_told_apart(spring: list[Organization]) -> None:
    first, second, _ = spring
    Organization.objects.filter(pk=second.pk).update(name=first.name, region=first.county, county_id=VILLAGE)

    found = section(monthly.write(region=QINAN, month=MARCH), "人民调解", "按机构")

    assert list(found)[:2] == ["兴国镇第1村人民调解委员会（秦安县）", "兴国镇第1村人民调解委员会（兴国镇第1村）"]


def test_a_month_that_lasts_is_cut_off_today(spring: object) -> None:
    data = monthly.write(region=QINAN, month=MARCH, today=date(2024, 3, 15))

    assert "统计截止日：2024年3月15日" in rows(data, "人民调解")[1]
    assert total(data, "人民调解")["收到"] == 1


def test_a_month_to_come_is_refused(county: object) -> None:
    with pytest.raises(StatisticsRefused, match="尚未开始，今天是2024-02-29"):
        monthly.write(region=QINAN, month=MARCH, today=date(2024, 2, 29))


def test_a_cut_off_to_come_is_refused(county: object) -> None:
    with pytest.raises(StatisticsRefused, match="截止日2024-04-02晚于今天"):
        monthly.write(region=QINAN, month=MARCH, as_of=date(2024, 4, 2), today=date(2024, 4, 1))


def test_an_unknown_region_is_refused(db: None) -> None:
    with pytest.raises(StatisticsRefused, match="没有区划代码为“999999000000”的地区"):
        monthly.write(region="999999000000", month=MARCH)
