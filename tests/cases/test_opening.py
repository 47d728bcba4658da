"""Logging a case: what is kept, what is refused, and what the chain must not hold."""

import json
from datetime import date

import pytest

from casetrack.accounts.models import User
from casetrack.cases.chain import first_break
from casetrack.cases.drafts import CaseDraft, OfficeRefused, StepDraft
from casetrack.cases.models import Case, CaseEvent, Deadline, Unsettled
from casetrack.cases.operations import NumberTaken, open_case
from casetrack.kinds.refusals import FactsRefused, Refused
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute


def test_a_logged_dispute_stands_where_its_steps_leave_it(committee: Organization, clerk: User) -> None:
    case = log_dispute(committee, actor=clerk)

    case.refresh_from_db()
    assert (case.number, case.state, case.received_on, case.closed_on) == (
        "兴国镇第1村人调〔2024〕1号",
        "accepted",
        date(2024, 3, 1),
        None,
    )
    assert case.values == {"category": "neighbour"}
    assert [event.step for event in case.events.order_by("sequence")] == ["register", "accept"]
    assert case.version == 2


def test_personal_data_stand_with_the_case_and_never_in_its_events(committee: Organization) -> None:
    case = log_dispute(committee)

    logged = json.dumps([event.facts for event in CaseEvent.objects.filter(case=case)], ensure_ascii=False)

    assert case.private == {"summary": "宅前排水沟走向"}
    assert "排水沟" not in logged
    assert "张三" not in logged


def test_the_events_of_a_case_form_a_whole_chain(committee: Organization) -> None:
    case = log_dispute(committee)

    events = list(case.events.order_by("sequence"))

    assert first_break(events) is None
    assert case.head == events[-1].hash


def test_an_accepted_dispute_has_a_month_and_says_by_which_article(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))

    deadline = Deadline.objects.get(case=case)

    assert (deadline.duty, deadline.due_on, case.due_on) == ("mediation.term", date(2024, 4, 1), deadline.act_by)
    assert "第三十三条" in deadline.article


def test_logging_marks_the_months_of_receipt_and_of_entry_to_be_counted(committee: Organization) -> None:
    log_dispute(committee, date(2024, 3, 1))

    assert list(Unsettled.objects.order_by("month").values_list("organization", "kind", "month")) == [
        (committee.pk, "mediation", date(2024, 3, 1)),
        (committee.pk, "mediation", date(2024, 6, 1)),
    ]


def test_an_office_that_does_not_deal_with_the_kind_is_refused(petition_office: Organization) -> None:
    with pytest.raises(OfficeRefused, match="“秦安县信访局”不办理人民调解案件"):
        log_dispute(petition_office)


def test_a_missing_fact_is_named_in_chinese(committee: Organization) -> None:
    draft = CaseDraft("mediation", committee, (StepDraft("register", date(2024, 3, 1)),))

    with pytest.raises(FactsRefused) as refused:
        open_case(draft=draft, actor=None, now=NOW)

    assert refused.value.errors == {"category": "“登记”须填写“纠纷类型”"}
    assert not Case.objects.exists()


def test_a_day_still_to_come_is_refused(committee: Organization) -> None:
    with pytest.raises(Refused, match="“登记”的日期2024-06-02晚于今天（2024-06-01）"):
        log_dispute(committee, date(2024, 6, 2))


def test_a_number_is_taken_once(committee: Organization) -> None:
    draft = CaseDraft(
        "mediation",
        committee,
        (StepDraft("register", date(2024, 3, 1), {"category": "other"}),),
        number="秦人调〔2024〕1号",
        number_scope="620522000000",
    )
    open_case(draft=draft, actor=None, now=NOW)

    with pytest.raises(NumberTaken, match="秦人调〔2024〕1号"):
        open_case(draft=draft, actor=None, now=NOW)

    assert Case.objects.count() == 1
