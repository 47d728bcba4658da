"""Accusations (检举控告): to those not cleared they are not there, on any surface; they may still be handed in."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.linking import link
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Organization, OrganizationKind, Role
from tests.api.conftest import CITY, EAST, NOW, World, member

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 1)


@pytest.fixture
def office(world: World) -> Organization:
    return Organization.objects.create(
        region_id=EAST, county_id=EAST, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )


@pytest.fixture
def cleared(world: World, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(member("cleared", Role.SUPERVISOR, region_id=CITY, cleared=True))


def petition(office: Organization, purpose: str, **more: Any) -> Case:
    facts = {"channel": "letter", "purpose": purpose, "matter": "反映的问题"}
    steps = (StepDraft("register", ON, facts),)
    draft = CaseDraft("petition", office, steps, (PartyDraft("petitioner", "赵六"),), **more)
    return open_case(draft=draft, actor=None, now=NOW)


def new_petition(office: Organization, **more: Any) -> dict[str, Any]:
    facts = {"channel": "letter", "purpose": "accusation", "matter": "反映的问题"}
    return {"kind": "petition", "organization": office.pk, "on": "2024-03-01", "facts": facts, **more}


def ids(answer: Any) -> list[int]:
    return [row["id"] for row in answer.json()["results"]]


@pytest.mark.parametrize("below", ["", "events/", "deadlines/", "parties/", "links/"])
def test_the_address_of_an_accusation_is_not_there(
    office: Organization, supervisor: APIClient, cleared: APIClient, below: str
) -> None:
    address = f"/api/v1/cases/{petition(office, 'accusation').pk}/{below}"

    assert supervisor.get(address).status_code == 404
    assert cleared.get(address).status_code == 200


def test_lists_leave_accusations_out(office: Organization, supervisor: APIClient, cleared: APIClient) -> None:
    accusation, appeal = petition(office, "accusation"), petition(office, "appeal")

    assert ids(supervisor.get("/api/v1/cases/")) == [appeal.pk]
    assert ids(cleared.get("/api/v1/cases/")) == [appeal.pk, accusation.pk]


def test_clocks_of_accusations_are_left_out(office: Organization, supervisor: APIClient, cleared: APIClient) -> None:
    accusation = petition(office, "accusation")

    seen = {clock["case"]["id"] for clock in cleared.get("/api/v1/deadlines/").json()["results"]}

    assert seen == {accusation.pk}
    assert supervisor.get("/api/v1/deadlines/").json()["results"] == []


def test_a_link_to_an_accusation_is_shown_to_those_cleared_only(
    office: Organization, supervisor: APIClient, cleared: APIClient
) -> None:
    accusation, appeal = petition(office, "accusation"), petition(office, "appeal")
    link(earlier_id=accusation.pk, later_id=appeal.pk, relation="petition_repeated", actor=None, now=NOW)
    address = f"/api/v1/cases/{appeal.pk}/links/"

    assert supervisor.get(address).json()["results"] == []
    assert [row["earlier"] for row in cleared.get(address).json()["results"]] == [accusation.pk]


def test_nothing_can_be_linked_to_an_accusation_that_one_cannot_see(
    office: Organization, supervisor: APIClient
) -> None:
    accusation, appeal = petition(office, "accusation"), petition(office, "appeal")

    hidden = {"later": accusation.pk, "relation": "petition_repeated"}
    nowhere = {"later": 999_999, "relation": "petition_repeated"}
    answers = [supervisor.post(f"/api/v1/cases/{appeal.pk}/links/", asked) for asked in (hidden, nowhere)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_an_accusation_may_be_handed_in_by_those_who_may_not_read_it(
    office: Organization, supervisor: APIClient, cleared: APIClient
) -> None:
    key = {"Idempotency-Key": "6f1c"}
    answer = supervisor.post("/api/v1/cases/", new_petition(office), headers=key)

    assert (answer.status_code, answer.json()["number"]) == (201, "麦积区信访局信〔2024〕1号")
    assert supervisor.get(answer.headers["Location"]).status_code == 404
    assert cleared.get(answer.headers["Location"]).status_code == 200
    assert supervisor.post("/api/v1/cases/", new_petition(office), headers=key).json() == answer.json()


def test_who_finds_that_a_petition_accuses_someone_may_say_so_and_loses_sight_of_it(
    office: Organization, supervisor: APIClient, cleared: APIClient
) -> None:
    case = petition(office, "appeal")
    opening = case.events.get(sequence=1)
    facts = {"channel": "letter", "purpose": "accusation", "matter": "反映的问题"}
    asked = {"replaces": opening.pk, "facts": facts, "reason": "系检举"}
    key = {"Idempotency-Key": "7a2d"}

    answer = supervisor.post(f"/api/v1/cases/{case.pk}/events/", asked, headers=key)

    assert answer.status_code == 201
    assert supervisor.get(f"/api/v1/cases/{case.pk}/").status_code == 404
    assert cleared.get(f"/api/v1/cases/{case.pk}/").status_code == 200
    assert supervisor.post(f"/api/v1/cases/{case.pk}/events/", asked, headers=key).status_code == 404


def test_a_number_taken_by_an_accusation_is_refused_like_any_other(office: Organization, supervisor: APIClient) -> None:
    petition(office, "accusation", number="信7", number_scope=EAST)
    petition(office, "appeal", number="信8", number_scope=EAST)

    hidden, seen = (supervisor.post("/api/v1/cases/", new_petition(office, number=n)) for n in ("信7", "信8"))

    assert (hidden.status_code, hidden.json()["detail"]) == (409, "案号已被使用：信7")
    assert (seen.status_code, seen.json()["detail"]) == (409, "案号已被使用：信8")


def test_a_role_gives_no_clearance(office: Organization, client_of: Callable[[User], APIClient]) -> None:
    accusation = petition(office, "accusation")

    for role in Role:
        asking = client_of(member(f"{role}-here", role, region_id=EAST))
        assert asking.get(f"/api/v1/cases/{accusation.pk}/").status_code == 404


def test_figures_count_what_lists_show_and_say_what_they_leave_out(
    office: Organization, supervisor: APIClient, cleared: APIClient
) -> None:
    petition(office, "accusation")
    petition(office, "appeal")
    address = f"/api/v1/statistics/?region={EAST}&from=2024-01-01&to=2024-12-31&subject=petition"

    answers = [client.get(address).json() for client in (supervisor, cleared)]

    assert [answer["figures"][0]["value"] for answer in answers] == [1, 2]
    assert [answer.get("restricted") for answer in answers] == ["left_out", None]
