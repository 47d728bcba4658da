"""A mistake is corrected by a further event; the log itself refuses change."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from casetrack.cases.chain import first_break
from casetrack.cases.drafts import StepDraft
from casetrack.cases.holding import VersionPassed
from casetrack.cases.models import Milestone, Unsettled
from casetrack.cases.operations import CorrectionRefused, advance, correct, retract
from casetrack.kinds.refusals import DateRefused, StepRefused
from casetrack.organizations.models import Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, take


def test_a_corrected_date_moves_the_figures_of_both_months(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))
    wrong = take(case, "agree", date(2024, 3, 29), agreement="oral")
    Unsettled.objects.all().delete()

    correct(event_id=wrong.pk, on=date(2024, 4, 2), facts={"agreement": "oral"}, reason="日期误登", actor=None, now=NOW)

    case.refresh_from_db()
    assert case.closed_on == date(2024, 4, 2)
    assert {mark.month for mark in Unsettled.objects.all()} == {date(2024, 3, 1), date(2024, 4, 1)}


def test_a_correction_leaves_what_it_corrects_in_a_whole_chain(committee: Organization) -> None:
    case = log_dispute(committee)
    wrong = take(case, "agree", date(2024, 3, 29), agreement="oral")

    correct(
        event_id=wrong.pk,
        on=date(2024, 3, 29),
        facts={"agreement": "written"},
        reason="协议形式误登",
        actor=None,
        now=NOW,
    )

    events = list(case.events.order_by("sequence"))
    assert [event.step for event in events] == ["register", "accept", "agree", "agree"]
    assert first_break(events) is None
    succeeded = Milestone.objects.get(case=case, name="succeeded")
    assert succeeded.dimensions["agreement"] == "written"


def test_correcting_the_first_event_keeps_the_office_in_charge(committee: Organization) -> None:
    case = log_dispute(committee)
    opening = case.events.get(sequence=1)

    correct(
        event_id=opening.pk,
        on=date(2024, 2, 28),
        facts={"category": "contract"},
        reason="类型误登",
        actor=None,
        now=NOW,
    )

    case.refresh_from_db()
    assert (case.organization, case.received_on, case.values) == (
        committee,
        date(2024, 2, 28),
        {"category": "contract"},
    )


def test_a_retracted_step_was_never_taken(committee: Organization) -> None:
    case = log_dispute(committee)
    wrong = take(case, "agree", date(2024, 3, 29), agreement="oral")

    retract(event_id=wrong.pk, reason="登记在他案", actor=None, now=NOW)

    case.refresh_from_db()
    assert (case.state, case.closed_on) == ("accepted", None)
    assert not Milestone.objects.filter(case=case, name="closed").exists()


def test_a_correction_that_the_lifecycle_does_not_allow_changes_nothing(committee: Organization) -> None:
    case = log_dispute(committee)
    take(case, "agree", date(2024, 3, 29), agreement="oral")
    accepted = case.events.get(step="accept")

    with pytest.raises(StepRefused, match="不能“达成协议”"):
        retract(event_id=accepted.pk, reason="误登", actor=None, now=NOW)

    assert case.events.count() == 3


def test_an_event_is_corrected_once_and_then_its_correction(committee: Organization) -> None:
    case = log_dispute(committee)
    wrong = take(case, "agree", date(2024, 3, 29), agreement="oral")
    correct(
        event_id=wrong.pk, on=date(2024, 3, 30), facts={"agreement": "oral"}, reason="日期误登", actor=None, now=NOW
    )

    with pytest.raises(CorrectionRefused, match="第3号事件已被更正"):
        retract(event_id=wrong.pk, reason="误登", actor=None, now=NOW)


def test_a_correction_says_why(committee: Organization) -> None:
    case = log_dispute(committee)

    with pytest.raises(CorrectionRefused, match="更正须说明理由"):
        retract(event_id=case.events.get(step="accept").pk, reason=" ", actor=None, now=NOW)


def test_a_step_from_a_stale_page_is_refused(committee: Organization) -> None:
    case = log_dispute(committee)
    take(case, "agree", date(2024, 3, 29), agreement="oral")

    with pytest.raises(VersionPassed, match="版本3，您依据的是版本2"):
        advance(case_id=case.pk, draft=StepDraft("perform", date(2024, 4, 1)), actor=None, now=NOW, version=2)


def test_a_step_dated_before_the_one_it_follows_is_refused_for_its_date(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))
    take(case, "agree", date(2024, 3, 29), agreement="oral")

    with pytest.raises(DateRefused, match="“履行完毕”的日期2024-03-20早于此前“达成协议”的日期2024-03-29"):
        take(case, "perform", date(2024, 3, 20))


@pytest.mark.parametrize("change", ["UPDATE cases_caseevent SET step = 'withdraw'", "DELETE FROM cases_caseevent"])
def test_the_database_refuses_to_change_the_log(committee: Organization, change: str) -> None:
    log_dispute(committee)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
