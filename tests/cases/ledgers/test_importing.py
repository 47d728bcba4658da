"""A ledger goes in: each row becomes its events, once, however often and however the file is sent."""

from datetime import date

import pytest

from casetrack.cases.chain import first_break
from casetrack.cases.ledgers import importing
from casetrack.cases.ledgers.reports import RowVerdict
from casetrack.cases.ledgers.sources import Source
from casetrack.cases.ledgers.tables import Row
from casetrack.cases.ledgers.taking import CaseTaker
from casetrack.cases.models import Case, CaseEvent, ImportBatch, ImportRow, Unsettled
from casetrack.organizations.models import Mediator, Organization, Region, Training
from tests.cases.ledgers.books import (
    COMMITTEE,
    DISPUTE,
    NOW,
    book,
    dispute,
    ledger,
    open_dispute,
    petition,
    send,
    verdicts,
)

pytestmark = pytest.mark.usefixtures("registered")

REGISTER = book(
    [
        ["秦安县2024年人民调解组织名册"],
        ["调解组织名称", "类型", "区划代码", "成立日期"],
        ["莲花镇人民调解委员会", "乡镇街道", 620522101000, "2018年9月10日"],
    ]
)
MEDIATORS = book(
    [["姓名", "所属调解组织", "专兼职", "联系电话"], ["许某", "莲花镇人民调解委员会", "专职", 13800000001]]
)
TRAININGS = book([["培训日期", "培训名称", "参加人次"], [45352, "第1期", "89人"]])


def test_a_row_becomes_its_events_in_lawful_order(registered: Organization) -> None:
    send(ledger(dispute()))

    case = Case.objects.get()
    steps = [(event.step, event.occurred_on) for event in case.events.order_by("sequence")]
    assert steps == [
        ("register", date(2024, 3, 1)),
        ("accept", date(2024, 3, 1)),
        ("agree", date(2024, 3, 10)),
        ("perform", date(2024, 3, 15)),
    ]
    assert (case.state, case.organization, case.number) == ("performed", registered, "秦人调〔2024〕1号")
    assert case.values["amount"] == 350_000
    assert {(party.role, party.name, party.phone) for party in case.parties.all()} == {
        ("applicant", "张三", "13800000000"),
        ("respondent", "李四", ""),
    }
    assert case.private == {"summary": "宅前排水沟走向"}
    assert first_break(case.events.order_by("sequence")) is None


def test_a_ledger_without_a_column_of_organizations_is_of_the_regions_office() -> None:
    send(ledger(petition()))

    assert Case.objects.get().organization.name == "秦安县信访局"


@pytest.mark.parametrize(
    "name", ["兴国镇第1村调委会", "秦安县兴国镇第1村人民调解委员会", " 兴国镇第１村 人民调解委员会"]
)
def test_a_committee_may_be_written_shorter_or_longer(name: str, registered: Organization) -> None:
    send(ledger(dispute(调解组织=name)))

    assert Case.objects.get().organization == registered


def test_the_same_file_twice_changes_nothing() -> None:
    content = ledger(dispute(), open_dispute(编号="秦人调〔2024〕2号"))
    send(content)
    events, marks = CaseEvent.objects.count(), Unsettled.objects.count()

    again = send(content)

    assert verdicts(again) == ["unchanged", "unchanged"]
    assert (CaseEvent.objects.count(), Unsettled.objects.count()) == (events, marks)


def test_the_same_row_typed_otherwise_is_unchanged() -> None:
    send(ledger(dispute()))

    again = send(
        ledger(
            dispute(受理日期="２０２４年３月１日", 调解结果="成功", 纠纷类型="邻里", 金额="3,500.00元", 协议形式="书面")
        )
    )

    assert verdicts(again) == ["unchanged"]


def test_registers_are_taken_in_before_the_cases_that_name_them_whatever_the_order() -> None:
    cases = ledger(dispute(调解组织="莲花镇调委会"))

    report = send(cases, TRAININGS, MEDIATORS, REGISTER)

    assert verdicts(report) == ["created"] * 4
    assert [sheet.ledger for sheet in report.sheets][0] == "人民调解案件登记台账"
    assert Mediator.objects.get().phone == "13800000001"
    assert (Training.objects.get().held_on, Training.objects.get().attendance) == (date(2024, 3, 1), 89)
    assert Region.objects.get(code="620522101000").name == "莲花镇"


def test_a_wrong_row_of_a_register_comes_back_too() -> None:
    register = book(
        [
            ["调解组织名称", "类型", "区划代码"],
            ["甲调委会", "天外", "620522101000"],
            ["乙调委会", "村", "620523101201"],
            ["丙调委会", "村", "62052"],
        ]
    )

    report = send(register)

    reasons = [row.reason for row in report.sheets[0].rows]
    assert "没有“天外”这一项" in reasons[0]
    assert "不在秦安县" in reasons[1]
    assert "区划代码“62052”" in reasons[2]


def test_a_bare_number_begins_anew_each_year() -> None:
    last_year = dispute(编号=1, 受理日期="2023-3-1", 调结日期="2023-3-10", 履行日期="2023-3-15")

    report = send(ledger(dispute(编号=1)), ledger(last_year))

    assert verdicts(report) == ["created", "created"]
    assert Case.objects.filter(number="1").count() == 2


def test_a_dry_run_comes_to_the_same_verdicts_and_writes_nothing() -> None:
    content = ledger(dispute(调解组织="莲花镇人民调解委员会"), dispute(编号="2号", 金额="很多"))

    report = send(content, REGISTER, dry_run=True)

    assert verdicts(report) == ["created", "rejected", "created"]
    assert not Case.objects.exists()
    assert not ImportBatch.objects.exists()
    assert not Organization.objects.exclude(name=COMMITTEE).exists()
    assert [sheet.batch_id for sheet in report.sheets] == [None, None]


def test_a_batch_keeps_the_verdict_on_every_row() -> None:
    send(ledger(dispute(), dispute(编号="2号", 金额="很多")))

    batch = ImportBatch.objects.get()
    assert (batch.state, batch.ledger) == (ImportBatch.State.DONE, "人民调解案件登记台账")
    assert batch.counts == {"read": 2, "created": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    rows = [(row.number, row.verdict, bool(row.case)) for row in ImportRow.objects.order_by("number")]
    assert rows == [(3, "created", True), (4, "rejected", False)]


def test_what_is_cut_off_keeps_whole_chunks_and_is_completed_by_sending_again(monkeypatch: pytest.MonkeyPatch) -> None:
    content = ledger(*(dispute(编号=f"秦人调〔2024〕{number}号") for number in range(5)))
    monkeypatch.setattr(importing, "CHUNK", 2)
    take = CaseTaker.take

    def cut_off(taker: CaseTaker, rows: list[Row]) -> list[RowVerdict]:
        verdicts = take(taker, rows)
        if rows[0].number > 3:
            raise ConnectionError("the power is cut")
        return verdicts

    with monkeypatch.context() as patched:
        patched.setattr(CaseTaker, "take", cut_off)
        with pytest.raises(ConnectionError):
            send(content)
    assert Case.objects.count() == 2

    assert verdicts(send(content)) == ["unchanged", "unchanged", "created", "created", "created"]


def test_a_file_that_cannot_be_read_leaves_the_others_in() -> None:
    report = send(b"PK\x03\x04", ledger(dispute()), book([["品名", "单价"], ["纸", 3]]))

    assert verdicts(report) == ["created"]
    assert ["已损坏" in unread.reason for unread in report.unread] == [True, False]


def test_a_strange_sheet_beside_a_ledger_is_only_noted() -> None:
    rows: list[list[object]] = [list(DISPUTE), list(DISPUTE.values())]

    report = send(book(rows, [["品名", "单价"], ["纸", 3]]))

    assert verdicts(report) == ["created"]
    assert [note.sheet for note in report.notes] == ["表2"]
    assert not report.unread


def test_a_title_that_speaks_of_another_region_is_pointed_out() -> None:
    report = send(ledger(dispute(), title="滴道区2024年人民调解案件登记台账"))

    assert report.sheets[0].notes == ("标题写的是“滴道区”，导入到的是“秦安县”，请核对",)


@pytest.mark.usefixtures("db")
def test_a_region_nobody_knows_is_made_and_called_as_the_titles_say() -> None:
    report = importing.import_files(
        sources=[Source("a.xlsx", ledger(petition(), title="滴道区2024年信访事项登记台账"))],
        region_code="230304000000",
        actor=None,
        now=NOW,
    )

    assert verdicts(report) == ["created"]
    assert Case.objects.get().organization.name == "滴道区信访局"
