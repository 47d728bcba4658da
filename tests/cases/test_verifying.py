"""What is kept beside the events is found out when it differs from them."""

from datetime import date

from django.db import connection

from casetrack.cases.models import Case, Deadline, Milestone
from casetrack.cases.verification import differences
from casetrack.organizations.models import Organization
from tests.cases.logging import log_dispute, take


def found() -> list[str]:
    return [difference.what for difference in differences(Case.objects.order_by("pk"))]


def test_an_honest_record_has_no_difference(committee: Organization) -> None:
    case = log_dispute(committee)
    take(case, "agree", date(2024, 3, 29), agreement="oral")
    log_dispute(committee)

    assert found() == []


def test_a_milestone_moved_by_hand_is_found(committee: Organization) -> None:
    log_dispute(committee)

    Milestone.objects.filter(name="received").update(happened_on=date(2024, 1, 1))

    assert found() == ["指标事件"]


def test_a_deadline_moved_by_hand_is_found(committee: Organization) -> None:
    log_dispute(committee)

    Deadline.objects.update(act_by=date(2025, 1, 1))

    assert found() == ["期限"]


def test_a_state_set_by_hand_is_found(committee: Organization) -> None:
    log_dispute(committee)

    Case.objects.update(state="performed")

    assert found() == ["状态"]


def test_an_event_rewritten_behind_the_trigger_breaks_the_chain(committee: Organization) -> None:
    log_dispute(committee)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that nothing is pending when the trigger goes
        cursor.execute("ALTER TABLE cases_caseevent DISABLE TRIGGER append_only")
        cursor.execute("UPDATE cases_caseevent SET occurred_on = '2024-01-01' WHERE sequence = 1")
        cursor.execute("ALTER TABLE cases_caseevent ENABLE TRIGGER append_only")

    assert found() == ["第1号事件的摘要"]


def test_a_due_date_keeps_the_receipt_of_how_it_was_counted(committee: Organization) -> None:
    log_dispute(committee, date(2024, 3, 1))

    lines = [line["text"] for line in Deadline.objects.get().receipt]

    assert "2024年3月1日" in lines[0]
    assert any("第三十三条" in line for line in lines)
