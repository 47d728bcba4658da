"""A row that changed since it was last sent becomes correcting events; nothing that was logged is lost."""

from datetime import date

import pytest

from casetrack.cases.chain import first_break
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case, CaseEvent, Unsettled
from casetrack.cases.operations import advance
from casetrack.organizations.models import Organization
from tests.cases.ledgers.books import NOW, dispute, ledger, only_row, open_dispute, send, verdicts

pytestmark = pytest.mark.usefixtures("registered")


def corrections() -> list[CaseEvent]:
    return list(CaseEvent.objects.exclude(reason="").order_by("sequence"))


def test_a_changed_date_is_a_correction_that_says_where_it_came_from() -> None:
    send(ledger(dispute()))
    Unsettled.objects.all().delete()

    report = send(ledger(dispute(履行日期="2024-4-2")), name="四月.xlsx")

    assert verdicts(report) == ["changed"]
    (correction,) = corrections()
    assert (correction.step, correction.occurred_on, correction.reason) == (
        "perform",
        date(2024, 4, 2),
        "台账更正：四月.xlsx 第3行",
    )
    assert correction.replaces is not None
    assert correction.replaces.occurred_on == date(2024, 3, 15)
    assert {mark.month for mark in Unsettled.objects.all()} == {date(2024, 3, 1), date(2024, 4, 1)}
    assert first_break(CaseEvent.objects.order_by("sequence")) is None


def test_a_changed_amount_is_a_correction_of_the_step_that_records_it() -> None:
    send(ledger(dispute()))

    send(ledger(dispute(金额=4200)))

    (correction,) = corrections()
    assert (correction.step, correction.facts["amount"]) == ("agree", 420_000)
    assert Case.objects.get().values["amount"] == 420_000


def test_a_case_that_went_on_is_taken_further_without_a_correction() -> None:
    send(ledger(open_dispute()))

    report = send(ledger(dispute()))

    assert verdicts(report) == ["changed"]
    assert Case.objects.get().state == "performed"
    assert corrections() == []


def test_a_step_that_the_ledger_takes_back_is_retracted() -> None:
    send(ledger(dispute()))

    send(ledger(dispute(履行情况="未履行", 履行日期="")))

    (correction,) = corrections()
    assert (correction.step, correction.retracts) == ("perform", True)
    assert Case.objects.get().state == "agreed"


def test_another_result_replaces_one_step_by_another() -> None:
    send(ledger(dispute()))

    send(ledger(dispute(调解结果="调解不成", 协议形式="", 金额="", 履行情况="", 履行日期="")))

    case = Case.objects.get()
    assert (case.state, case.values["outcome"]) == ("failed", "failed")


def test_what_people_logged_besides_stays() -> None:
    send(ledger(dispute()))
    confirmed = StepDraft("confirm", date(2024, 3, 20), {"court": "秦安县人民法院"})
    advance(case_id=Case.objects.get().pk, draft=confirmed, actor=None, now=NOW)

    send(ledger(dispute(金额=4200)))

    assert Case.objects.get().milestones.filter(name="judicially_confirmed").exists()


def test_a_change_that_contradicts_what_people_logged_is_rejected() -> None:
    send(ledger(dispute()))
    advance(case_id=Case.objects.get().pk, draft=StepDraft("confirm", date(2024, 3, 20)), actor=None, now=NOW)

    report = send(ledger(open_dispute()))

    assert verdicts(report) == ["rejected"]
    assert "不能“司法确认”" in only_row(report).reason
    assert Case.objects.get().state == "performed"


def test_a_correction_by_hand_survives_the_same_file_sent_again() -> None:
    content = ledger(open_dispute())
    send(content)
    by_hand = StepDraft("agree", date(2024, 3, 12), {"agreement": "oral"})
    advance(case_id=Case.objects.get().pk, draft=by_hand, actor=None, now=NOW)

    assert verdicts(send(content)) == ["unchanged"]
    assert Case.objects.get().state == "agreed"


def test_personal_data_are_set_anew_and_never_stand_in_events() -> None:
    send(ledger(dispute()))

    report = send(ledger(dispute(申请人="张三丰", 联系电话="13900000000", 纠纷简要情况="围墙")))

    case = Case.objects.get()
    assert verdicts(report) == ["changed"]
    assert corrections() == []
    assert case.private == {"summary": "围墙"}
    assert [(party.name, party.phone) for party in case.parties.order_by("pk")] == [
        ("张三丰", "13900000000"),
        ("李四", ""),
    ]
    assert Case.objects.with_party("13900000000").exists()


def test_a_ledger_is_silent_about_columns_it_does_not_have() -> None:
    send(ledger(dispute()))
    unsaid = ("联系电话", "纠纷简要情况", "协议涉及金额(元)")

    send(ledger({name: value for name, value in dispute(履行日期="2024-4-2").items() if name not in unsaid}))

    case = Case.objects.get()
    assert case.values["amount"] == 350_000
    assert case.private == {"summary": "宅前排水沟走向"}
    assert case.parties.get(role="applicant").phone == "13800000000"


def test_another_committee_takes_the_case_with_its_figures(registered: Organization) -> None:
    other = Organization.objects.create(
        region=registered.region,
        county=registered.county,
        name="兴国镇人民调解委员会",
        kind=registered.kind,
        committee_kind="township",
    )
    send(ledger(dispute()))

    send(ledger(dispute(调解组织="兴国镇人民调解委员会")))

    case = Case.objects.get()
    assert case.organization == other
    assert set(case.milestones.values_list("organization", flat=True)) == {other.pk}
