"""A register of reported figures: recognised by its headings, read as offices write, and never quietly overwritten."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casetrack.cases.ledgers.reports import ImportReport
from casetrack.cases.ledgers.stated import days_of, number_of, reported_row
from casetrack.cases.ledgers.values import RowRefused
from casetrack.organizations.models import Organization, OrganizationKind, ReportedFigure, ReportedVersion
from tests.cases.ledgers.books import book, send

HEADINGS = ["月份", "指标", "数值", "单位", "来源"]
ADVICE = ["2024-03", "法律咨询", "52", "人次", "公共法律服务中心登记簿"]


def reasons(report: ImportReport) -> list[str]:
    return [row.reason for sheet in report.sheets for row in sheet.rows]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-03", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("202411", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024-03-01", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024年第二季度", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024年", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-01-01至2024-12-17", date(2024, 1, 1), date(2024, 12, 17)),
    ],
)
def test_a_period_is_read_as_offices_write_it(written: str, first: date, last: date) -> None:
    assert days_of(written, []) == (first, last)


@pytest.mark.parametrize("written", ["2024-13", "三月", "2024-02-30至2024-03-01", ""])
def test_what_is_no_period_is_told(written: str) -> None:
    told: list[str] = []

    days_of(written, told)

    assert "不是月份或期间" in told[0]


@pytest.mark.parametrize(
    ("written", "value", "qualifier"),
    [
        ("580", "580", ""),
        ("1,520", "1520", ""),
        ("580余", "580", "approximate"),
        ("580余人次", "580", "approximate"),
        ("约580", "580", "approximate"),
        ("98%以上", "98", "at_least"),
        ("不低于98.5%", "98.5", "at_least"),
        ("0", "0", ""),
    ],
)
def test_a_number_keeps_how_exactly_it_was_stated(written: str, value: str, qualifier: str) -> None:
    assert number_of(written, []) == (Decimal(value), qualifier)


def test_motions_and_proposals_are_known_by_their_own_names() -> None:
    values: dict[str, Any] = {"period": "2024年", "value": "87", "source": "督查室台账"}

    rows = [reported_row({**values, "measure": name}) for name in ("人大议案", "政协提案", "政协提案办理")]

    assert [(row.measure, row.dimensions) for row in rows] == [
        ("handled", {"origin": "congress"}),
        ("handled", {"origin": "cppcc"}),
        ("handled", {"origin": "cppcc"}),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"measure": "满意度"}, "没有“满意度”这一报送指标"),
        ({"unit": "件"}, "以“人次”计，填写的单位是“件”"),
        ({"value": "许多"}, "数值“许多”无法识别"),
        ({"scope": "半个县"}, "统计范围“半个县”无法识别"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(changed: dict[str, str], said: str) -> None:
    values: dict[str, Any] = {"period": "2024-03", "measure": "法律咨询", "value": "52", "source": "登记簿", **changed}

    with pytest.raises(RowRefused, match=said):
        reported_row(values)


@pytest.mark.usefixtures("registered")
def test_a_register_without_a_body_is_the_bureaus_for_its_region() -> None:
    report = send(book([HEADINGS, ADVICE, ["2024-03", "12345办理率", "98%以上", "%", "热线平台"]]))

    assert report.sheets[0].counts["created"] == 2
    advice = ReportedVersion.objects.select_related("figure__organization").get(figure__measure="advice_given")
    bureau = advice.figure.organization
    assert (bureau.name, bureau.kind, advice.figure.whole_region) == (
        "秦安县司法局",
        OrganizationKind.JUSTICE_BUREAU,
        True,
    )
    share = ReportedVersion.objects.get(figure__measure="handled_rate")
    assert (share.value, share.qualifier, share.source) == (Decimal(98), "at_least", "热线平台")


def test_a_row_may_name_who_reports(registered: Organization) -> None:
    send(book([[*HEADINGS, "报送单位"], ["2024-03", "排查纠纷", 3, "次", "排查台账", registered.name]]))

    figure = ReportedFigure.objects.get()
    assert (figure.organization, figure.whole_region) == (registered, False)


@pytest.mark.usefixtures("registered")
def test_rows_that_cannot_be_taken_come_back_and_the_others_are_in() -> None:
    nobody = ["2024-04", "排查纠纷", 3, "无此单位", "排查台账"]

    report = send(book([HEADINGS, ADVICE, nobody, ["2024-13", "法律咨询", "多", "人次", "登记簿"]]))

    assert report.sheets[0].counts["created"] == 1
    assert reasons(report)[1] == "名册中没有“无此单位”，请先登记该单位，或改正名称"
    assert "不是月份或期间" in reasons(report)[2]
    assert "无法识别" in reasons(report)[2]


@pytest.mark.usefixtures("registered")
def test_the_same_register_sent_again_changes_nothing() -> None:
    send(book([HEADINGS, ADVICE]))

    again = send(book([HEADINGS, ADVICE]))

    assert again.sheets[0].counts["unchanged"] == 1
    assert ReportedVersion.objects.count() == 1


@pytest.mark.usefixtures("registered")
def test_another_number_for_the_same_month_needs_a_reason() -> None:
    send(book([HEADINGS, ADVICE]))
    other = ["2024-03", "法律咨询", "55", "人次", "公共法律服务中心登记簿"]

    without = send(book([HEADINGS, other]))
    with_reason = send(book([[*HEADINGS, "更正原因"], [*other, "漏计三人次"]]))

    assert "请填写“更正原因”一列" in reasons(without)[0]
    assert with_reason.sheets[0].counts["changed"] == 1
    latest = ReportedVersion.objects.latest("number")
    assert (latest.value, latest.number, latest.reason) == (Decimal(55), 2, "漏计三人次")
