"""A row that can't be taken comes back with its reason; the good rows are in."""

from collections.abc import Mapping
from datetime import date

import pytest

from casetrack.cases.models import Case
from casetrack.organizations.models import Organization
from tests.cases.ledgers.books import book, dispute, ledger, only_row, petition, send, verdicts

pytestmark = pytest.mark.usefixtures("registered")

WRONG_DISPUTES: Mapping[str, tuple[dict[str, object], str]] = {
    "no number": ({"编号": ""}, "案件编号未填"),
    "no committee": ({"调解组织": None}, "调解组织未填"),
    "an unknown committee": ({"调解组织": "月球调委会"}, "名册中没有“月球调委会”，请先导入调解组织名册或改正名称"),
    "a committee misspelt": (
        {"调解组织": "兴国镇第1邨人民调解委员会"},
        "名册中没有“兴国镇第1邨人民调解委员会”（是否为“兴国镇第1村人民调解委员会”？）",
    ),
    "an impossible date": ({"受理日期": "2024-02-30"}, "受理日期：“2024-02-30”不是有效日期：2024年2月没有30日"),
    "no date": ({"受理日期": ""}, "受理日期未填"),
    "a date that is none": ({"调结日期": "下周"}, "调结日期：“下周”不是日期，请写成2019-3-5"),
    "closed before received": ({"调结日期": "2024-2-1"}, "调结日期2024-02-01早于受理日期2024-03-01"),
    "performed before agreed": ({"履行日期": "2024-3-5"}, "履行日期2024-03-05早于调结日期2024-03-10"),
    "a date to come": ({"履行日期": "2024-7-1"}, "晚于今天（2024-06-01）"),
    "a result without its day": ({"调结日期": ""}, "调解结果为调解成功，但没有调结日期"),
    "a day without its result": (
        {"调解结果": "正在调解", "履行情况": "", "履行日期": ""},
        "有调结日期，但调解结果为正在调解",
    ),
    "performed without a day": ({"履行日期": ""}, "履行情况为已履行，但没有履行日期"),
    "a day of performance denied": ({"履行情况": "未履行"}, "有履行日期，但履行情况为未履行"),
    "confirmed without a day": ({"司法确认": "是"}, "司法确认为是，但没有司法确认日期"),
    "an unknown type": ({"纠纷类型": "外星纠纷"}, "纠纷类型：没有“外星纠纷”这一项，可填：婚姻家庭纠纷"),
    "no form of agreement": ({"协议形式": ""}, "“达成协议”须填写“协议形式”"),
    "an amount that is none": ({"金额": "很多"}, "协议涉及金额(元)：“很多”不是金额"),
    "performed without agreement": ({"调解结果": "调解不成", "协议形式": ""}, "不能“履行完毕”"),
    "a number too long": ({"编号": "号" * 101}, "案件编号过长，最多100字"),
}


@pytest.mark.parametrize(("changes", "reason"), WRONG_DISPUTES.values(), ids=WRONG_DISPUTES)
def test_a_wrong_dispute_is_rejected_with_its_reason_and_the_others_are_in(
    changes: dict[str, object], reason: str
) -> None:
    report = send(ledger(dispute(编号="秦人调〔2024〕0号"), dispute(**changes), dispute(编号="秦人调〔2024〕2号")))

    assert verdicts(report) == ["created", "rejected", "created"]
    (rejected,) = report.sheets[0].rejected
    assert reason in rejected.reason
    assert rejected.number == 4
    assert Case.objects.count() == 2


WRONG_PETITIONS: Mapping[str, tuple[dict[str, object], str]] = {
    "closed, says the date alone": ({"办理状态": "正在办理", "满意度": ""}, "有办结日期，但办理状态为正在办理"),
    "closed without a day": ({"办结日期": "", "满意度": ""}, "办理状态为已办结，但没有办结日期"),
    "closed before accepted": ({"办结日期": "2024-1-5", "满意度": ""}, "办结日期2024-01-05早于受理日期2024-01-06"),
    "rated while open": ({"办理状态": "正在办理", "办结日期": ""}, "满意度为满意，但没有"),
    "a crowd that is no number": ({"人数": "数十"}, "人数：“数十”不是整数"),
}


@pytest.mark.parametrize(("changes", "reason"), WRONG_PETITIONS.values(), ids=WRONG_PETITIONS)
def test_a_wrong_petition_is_rejected_with_its_reason(changes: dict[str, object], reason: str) -> None:
    report = send(ledger(petition(**changes)))

    assert verdicts(report) == ["rejected"]
    assert reason in only_row(report).reason


def test_every_wrong_cell_of_a_row_is_named() -> None:
    report = send(ledger(dispute(受理日期="2024-13-1", 纠纷类型="?!x", 金额="很多")))

    assert only_row(report).reason.count("；") == 2


def test_of_two_rows_with_one_number_and_other_content_the_first_stays() -> None:
    report = send(ledger(dispute(), dispute(金额=9000)))

    assert verdicts(report) == ["created", "rejected"]
    assert report.sheets[0].rows[1].reason == "案件编号秦人调〔2024〕1号与第3行重复，但内容不同；第3行已采用"


def test_a_number_is_held_against_all_sheets_of_its_file() -> None:
    months: list[list[list[object]]] = [[list(row), list(row.values())] for row in (dispute(), dispute(金额=9000))]

    report = send(book(*months))

    assert [sheet.counts["created"] for sheet in report.sheets] == [1, 0]
    assert "与工作表“表1”第2行重复" in report.sheets[1].rejected[0].reason


def test_a_row_repeated_word_for_word_is_one_case() -> None:
    report = send(ledger(dispute(), dispute()))

    assert verdicts(report) == ["created", "unchanged"]
    assert Case.objects.count() == 1


def test_a_number_whose_first_row_was_rejected_is_free_for_the_next() -> None:
    report = send(ledger(dispute(金额="很多"), dispute()))

    assert verdicts(report) == ["rejected", "created"]


def test_a_committee_that_was_dissolved_takes_no_more_cases(registered: Organization) -> None:
    Organization.objects.filter(pk=registered.pk).update(active_to=date(2024, 2, 1))

    report = send(ledger(dispute()))

    assert "已于2024-02-01撤销" in only_row(report).reason
