"""What is kept beside the events is found out when it differs from them."""

from datetime import date

from django.db import connection

from casetrack.cases.models import Case, Deadline, Milestone, Party
from casetrack.cases.projection import CASE_FIELDS
from casetrack.cases.refolding import refold
from casetrack.cases.verification import STANDING, differences
from casetrack.organizations.divisions import NATION
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


def test_a_text_that_finds_a_case_by_what_it_does_not_say_is_found_and_not_repeated(committee: Organization) -> None:
    case = log_dispute(committee)
    names, number, subject, _ = case.search_text.split("\n")

    Case.objects.update(search_text="\n".join([f"{names}、王五", number, subject, "借款不还"]))

    (difference,) = differences(Case.objects.all())
    assert difference.what == "检索文字（姓名、案情）"
    assert not any(word in str(difference) for word in ("张三", "王五", "排水沟", "借款"))


def test_a_name_that_came_in_without_being_found_is_found_out_and_refolding_mends_it(committee: Organization) -> None:
    case = log_dispute(committee)
    Party.objects.filter(case=case, role="respondent").update(name="赵六")
    assert found() == ["检索文字（姓名）"]

    refold(region=NATION)

    assert found() == []
    assert Case.objects.get().search_text.startswith("张三、赵六\n")


def test_all_that_a_fold_writes_of_a_case_is_looked_at() -> None:
    # what a case is called and told in private is not in its events, and nothing to compare it with is
    beside = {"private", "ledger_digest"}

    compared = {Case._meta.get_field(name).name for name in (*STANDING, "search_text")}

    assert set(CASE_FIELDS) - beside == compared


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
