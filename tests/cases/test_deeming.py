"""What the law deems to have happened is recorded once its day has surely passed, and only once."""

from datetime import date

import pytest

from casetrack.cases import deeming
from casetrack.cases.deeming import deem
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import advance, open_case
from casetrack.kinds.base import Deemed
from casetrack.organizations.models import Organization, OrganizationKind, Region
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, noon


@pytest.fixture
def overdue_means_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mediation that runs out of its month is deemed to have failed, as some rules have it."""
    monkeypatch.setitem(deeming.DEEMED, ("mediation", "mediation.term"), Deemed("mediation.term", "fail"))


def test_an_application_nobody_examined_is_deemed_accepted_on_the_day_the_period_expires(county: Region) -> None:
    office = Organization.objects.create(
        region=county, county=county, name="秦安县司法局", kind=OrganizationKind.RECONSIDERATION_OFFICE
    )
    received = StepDraft("receive", date(2024, 3, 1), {"matter": "penalty"})
    case = open_case(draft=CaseDraft("reconsideration", office, (received,)), actor=None, now=NOW)

    deem(now=noon(date(2024, 3, 8)), limit=10, refused={})
    case.refresh_from_db()
    assert case.state == "received"

    deem(now=noon(date(2024, 3, 9)), limit=10, refused={})
    case.refresh_from_db()
    assert case.state == "accepted"
    assert case.events.latest("sequence").occurred_on == date(2024, 3, 8)


@pytest.mark.usefixtures("overdue_means_failed")
def test_a_deemed_step_is_recorded_once_by_nobody_in_particular(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))

    recorded = [deem(now=NOW, limit=10, refused={}) for _ in range(2)]

    assert recorded == [1, 0]
    event = case.events.latest("sequence")
    assert (event.step, event.occurred_on, event.actor) == ("fail", date(2024, 4, 1), None)


@pytest.mark.usefixtures("overdue_means_failed")
def test_all_that_ran_out_is_found_however_few_are_taken_at_a_time(committee: Organization) -> None:
    for _ in range(5):
        log_dispute(committee, date(2024, 3, 1))

    assert deem(now=NOW, limit=2, refused={}) == 5
    assert set(Case.objects.values_list("state", flat=True)) == {"failed"}


def test_an_overdue_duty_is_noted_once_and_its_clock_runs_on(petition_office: Organization) -> None:
    register = StepDraft("register", date(2024, 3, 1), {"channel": "letter", "purpose": "appeal"})
    case = open_case(draft=CaseDraft("petition", petition_office, (register,)), actor=None, now=NOW)

    recorded = [deem(now=NOW, limit=10, refused={}) for _ in range(2)]

    assert recorded == [1, 0]
    # the fifteenth day is a Saturday: by every reading it is over only with the Monday
    assert case.milestones.get(name="acceptance_overdue").happened_on == date(2024, 3, 19)
    assert case.deadlines.filter(duty="petition.notify_direct", ended_on=None).exists()


def test_what_is_logged_late_but_was_done_in_time_is_not_overdue(petition_office: Organization) -> None:
    register = StepDraft("register", date(2024, 3, 1), {"channel": "letter", "purpose": "appeal"})
    case = open_case(draft=CaseDraft("petition", petition_office, (register,)), actor=None, now=NOW)
    deem(now=NOW, limit=10, refused={})

    advance(case_id=case.pk, draft=StepDraft("accept", date(2024, 3, 9)), actor=None, now=NOW)

    found = set(case.milestones.values_list("name", flat=True))
    assert found & {"acceptance_kept", "acceptance_overdue"} == {"acceptance_kept"}


def test_a_case_that_can_not_take_the_step_is_named_and_the_others_go_on(
    committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(deeming.DEEMED, ("mediation", "mediation.term"), Deemed("mediation.term", "perform"))
    case = log_dispute(committee, date(2024, 3, 1))
    refused: dict[int, str] = {}

    assert deem(now=NOW, limit=10, refused=refused) == 0
    assert "不能“履行完毕”" in refused[case.pk]
