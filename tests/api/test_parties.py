"""The people of a case: masked, whole for a purpose that is written down, and changed without a word about them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, Token, User
from casetrack.cases import parties
from casetrack.cases.models import Case, Party
from casetrack.organizations.models import Membership, Role
from tests.api.conftest import EAST, NOW, World

pytestmark = pytest.mark.django_db

PURPOSE = {"purpose": "电话通知调解时间"}


@pytest.fixture
def applicant(dispute: Case) -> Party:
    return dispute.parties.get(role="applicant")


def address_of(party: Party) -> str:
    return f"/api/v1/cases/{party.case_id}/parties/{party.pk}/"


def audited() -> list[tuple[Any, ...]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "actor__username", "purpose", "details"))


def test_a_list_masks_names_numbers_and_addresses(dispute: Case, clerk: APIClient) -> None:
    first, second = clerk.get(f"/api/v1/cases/{dispute.pk}/parties/").json()["results"]

    assert (first["role"], first["role_label"], first["name"]) == ("applicant", "申请人", "张*")
    assert (first["phone"], first["identity"]) == ("138****1234", "620***********1234")
    assert first["address"] == "天水市麦积区****"
    assert (second["name"], second["phone"], second["identity"], second["address"]) == ("李*", "", "", "")
    assert audited() == []


def test_without_a_purpose_a_party_is_masked_and_nothing_is_logged(applicant: Party, clerk: APIClient) -> None:
    shown = clerk.get(address_of(applicant)).json()

    assert (shown["name"], shown["phone"], shown["address"]) == ("张*", "138****1234", "天水市麦积区****")
    assert audited() == []


def test_for_a_purpose_a_party_is_shown_whole_and_the_log_says_so(applicant: Party, clerk: APIClient) -> None:
    answer = clerk.get(address_of(applicant), PURPOSE)

    shown = answer.json()
    assert (shown["name"], shown["phone"], shown["identity"]) == ("张三", "13812341234", "620503198001011234")
    assert shown["address"] == "天水市麦积区道北街道"
    assert answer.headers["Cache-Control"] == "no-store"
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.actor, entry.purpose) == (
        *(Action.READ_PERSONAL, User.objects.get(username="clerk-east"), "电话通知调解时间"),
    )
    assert (entry.case_id, entry.region_code, entry.kind) == (applicant.case_id, EAST, "mediation")
    assert entry.details == {"party": applicant.pk, "fields": ["name", "phone", "identity", "address"]}


@pytest.mark.parametrize("purpose", ["", "  核实  ", "目的" * 101, "核实\n身份", "a\x00bcd"])
def test_a_purpose_that_says_nothing_is_refused(applicant: Party, clerk: APIClient, purpose: str) -> None:
    answer = clerk.get(address_of(applicant), {"purpose": purpose})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["purpose"])
    assert audited() == []


def test_who_may_not_read_personal_data_is_refused_whatever_the_purpose(
    applicant: Party, world: World, client_of: Callable[[User], APIClient]
) -> None:
    statistician = client_of(world.statistician)

    answer = statistician.get(address_of(applicant), PURPOSE)

    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_sufficient")
    assert statistician.get(address_of(applicant)).json()["phone"] == "138****1234"
    assert audited() == []


def test_the_right_to_read_holds_only_in_its_place(
    applicant: Party, world: World, client_of: Callable[[User], APIClient]
) -> None:
    Membership.objects.create(user=world.clerk_west, role=Role.STATISTICIAN, region_id=EAST)

    answer = client_of(world.clerk_west).get(address_of(applicant), PURPOSE)

    assert answer.status_code == 403


def test_a_token_must_have_been_issued_for_personal_data(applicant: Party, world: World) -> None:
    _, secret = Token.issue(user=world.clerk_east, name="平台", now=NOW, expires_at=None, scopes=["read", "write"])
    platform = APIClient(headers={"Authorization": f"Bearer {secret}"})

    answer = platform.get(address_of(applicant), PURPOSE)

    assert (answer.status_code, answer.json()["code"]) == (403, "token_scope_missing")
    assert platform.get(address_of(applicant)).status_code == 200


def test_what_can_not_be_logged_is_not_read(
    applicant: Party, clerk: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(parties, "record", full)
    clerk.raise_request_exception = False

    answer = clerk.get(address_of(applicant), PURPOSE)

    assert answer.status_code == 500
    assert "13812341234" not in answer.content.decode()


def test_a_party_is_added_and_the_log_names_the_details_not_what_they_say(dispute: Case, clerk: APIClient) -> None:
    asked = {"role": "respondent", "name": "王五", "phone": "13700001111"}

    answer = clerk.post(f"/api/v1/cases/{dispute.pk}/parties/", asked)

    assert (answer.status_code, answer.json()["name"]) == (201, "王*")
    assert clerk.get(answer.headers["Location"]).headers["ETag"] == answer.headers["ETag"]
    assert clerk.get("/api/v1/cases/?party=137-0000-1111").json()["results"][0]["id"] == dispute.pk
    party = Party.objects.get(name="王五")
    assert audited() == [("create", "clerk-east", "", {"party": party.pk, "fields": ["role", "name", "phone"]})]


def test_a_change_is_based_on_what_was_read(applicant: Party, clerk: APIClient) -> None:
    address = address_of(applicant)
    read = clerk.get(address).headers["ETag"]

    unsaid = clerk.patch(address, {"phone": "13700001111"})
    first = clerk.patch(address, {"phone": "13700001111"}, headers={"If-Match": read})
    stale = clerk.patch(address, {"phone": "13700002222"}, headers={"If-Match": read})
    further = clerk.patch(address, {"phone": "13700003333"}, headers={"If-Match": first.headers["ETag"]})
    whatever = clerk.patch(address, {"phone": "13700004444"}, headers={"If-Match": "*"})

    statuses = [answer.status_code for answer in (unsaid, first, stale, further, whatever)]
    assert statuses == [428, 200, 412, 200, 200]
    assert stale.json()["code"] == "version_passed"
    applicant.refresh_from_db()
    assert (applicant.phone, applicant.name) == ("13700004444", "张三")


def test_a_change_leaves_the_case_at_its_version_and_a_line_without_the_number(
    applicant: Party, clerk: APIClient
) -> None:
    etag = clerk.get(address_of(applicant)).headers["ETag"]
    changes = {"phone": "13700001111", "name": "张三"}

    clerk.patch(address_of(applicant), changes, headers={"If-Match": etag})

    assert audited() == [("change", "clerk-east", "", {"party": applicant.pk, "fields": ["phone"]})]
    assert "137" not in json.dumps(audited())
    assert clerk.get(f"/api/v1/cases/{applicant.case_id}/").headers["ETag"] == '"2"'


def test_a_change_that_says_nothing_new_is_none(applicant: Party, clerk: APIClient) -> None:
    etag = clerk.get(address_of(applicant)).headers["ETag"]

    answer = clerk.patch(address_of(applicant), {"name": "张三"}, headers={"If-Match": etag})

    assert (answer.status_code, answer.headers["ETag"]) == (200, etag)
    assert audited() == []


def test_a_detail_can_be_erased(applicant: Party, clerk: APIClient) -> None:
    clerk.patch(address_of(applicant), {"identity": ""}, headers={"If-Match": "*"})

    applicant.refresh_from_db()
    assert (applicant.identity, applicant.identity_index) == ("", "")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"role": "witness"}, "role"),
        ({"phone": "138****1234"}, "phone"),
        ({"identity": "620***********1234"}, "identity"),
        ({"name": "文" * 201}, "name"),
        ({"phone": 10**60}, "phone"),
        ({}, "non_field_errors"),
        ({"colour": "red", "name": "张三"}, "colour"),
    ],
)
def test_a_party_that_can_not_be_is_refused_by_field(
    applicant: Party, clerk: APIClient, asked: Any, named: str
) -> None:
    answer = clerk.patch(address_of(applicant), asked, headers={"If-Match": "*"})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_there_is_an_end_to_the_people_of_a_case(
    dispute: Case, clerk: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parties, "MOST", 2)

    answer = clerk.post(f"/api/v1/cases/{dispute.pk}/parties/", {"role": "respondent"})

    assert (answer.status_code, answer.json()["code"]) == (422, "party_not_valid")


def test_who_only_counts_and_who_is_elsewhere_change_nobody(
    applicant: Party, world: World, client_of: Callable[[User], APIClient], outsider: APIClient
) -> None:
    asked, based = {"phone": "13700001111"}, {"If-Match": "*"}
    list_address = address_of(applicant).removesuffix(f"{applicant.pk}/")
    for caller, status in ((client_of(world.statistician), 403), (outsider, 404)):
        assert caller.patch(address_of(applicant), asked, headers=based).status_code == status
        assert caller.post(list_address, {"role": "respondent"}).status_code == status

    assert Party.objects.count() == 2


def test_a_party_of_another_case_is_not_there(applicant: Party, world: World, clerk: APIClient) -> None:
    wrong = f"/api/v1/cases/{applicant.case_id + 1}/parties/{applicant.pk}/"

    assert clerk.get(wrong).status_code == 404
