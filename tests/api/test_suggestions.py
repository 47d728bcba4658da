"""While a case is entered: those that may be the same matter, as far as the caller sees them; no persons."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import open_case
from casetrack.organizations.models import Membership, Organization, Role
from tests.api.conftest import NOW, World

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/cases/suggestions/"
PHONE = "13812341234"


def dispute(office: Organization, summary: str, phone: str = "") -> Case:
    step = StepDraft("register", date(2024, 3, 1), {"category": "neighbour", "summary": summary})
    draft = CaseDraft("mediation", office, (step,), parties=(PartyDraft("applicant", "王五", phone),))
    return open_case(draft=draft, actor=None, now=NOW)


def suggested(client: APIClient, **asked: Any) -> list[tuple[int, list[str]]]:
    answer = client.post(ADDRESS, {"kind": "mediation", **asked})
    assert answer.status_code == 200, answer.json()
    return [(row["case"]["id"], row["why"]) for row in answer.json()["results"]]


def test_the_same_person_comes_before_what_only_reads_alike(world: World, clerk: APIClient) -> None:
    person = dispute(world.east, "树枝伸过院墙", PHONE)
    alike = dispute(world.east, "宅前排水沟走向争执，多次堵塞")
    both = dispute(world.east, "宅前排水沟走向争执", PHONE)
    dispute(world.east, "夜间噪音扰民", "13900000000")

    found = suggested(clerk, text="关于宅前排水沟走向的争执", parties=[PHONE])

    assert found == [
        (both.pk, ["same_party", "similar_text"]),
        (person.pk, ["same_party"]),
        (alike.pk, ["similar_text"]),
    ]


def test_what_lies_outside_is_never_suggested(world: World, clerk: APIClient, outsider: APIClient) -> None:
    dispute(world.east, "宅前排水沟走向争执", PHONE)

    assert len(suggested(clerk, parties=[PHONE])) == 1
    assert suggested(outsider, text="宅前排水沟走向争执", parties=[PHONE]) == []


def test_whoever_does_not_handle_cases_finds_nothing_out_of_accounts(world: World, clerk: APIClient) -> None:
    dispute(world.east, "宅前排水沟走向争执")
    Membership.objects.filter(user=world.clerk_east).update(role=Role.STATISTICIAN)

    assert suggested(clerk, text="宅前排水沟走向争执") == []


def test_a_number_in_an_account_finds_nobody(world: World, clerk: APIClient) -> None:
    dispute(world.east, "电话13812341234")

    assert suggested(clerk, text="13812341234") == []


def test_at_most_ten_are_suggested_and_names_are_masked(world: World, clerk: APIClient) -> None:
    cases = [dispute(world.east, "宅前排水沟", PHONE) for _ in range(12)]

    answer = clerk.post(ADDRESS, {"kind": "mediation", "parties": [PHONE]}).json()["results"]

    assert [row["case"]["id"] for row in answer] == [case.pk for case in reversed(cases[2:])]
    assert {row["case"]["title"] for row in answer} == {"王* 邻里纠纷"}


def test_it_asks_as_often_for_many_as_for_one(world: World, clerk: APIClient) -> None:
    dispute(world.east, "宅前排水沟走向争执", PHONE)
    suggested(clerk, parties=[PHONE])  # notes that the token was used
    with CaptureQueriesContext(connection) as few:
        suggested(clerk, text="宅前排水沟走向争执", parties=[PHONE])
    for _ in range(5):
        dispute(world.east, "宅前排水沟走向争执", PHONE)

    with CaptureQueriesContext(connection) as many:
        suggested(clerk, text="宅前排水沟走向争执", parties=[PHONE])

    assert len(many) == len(few) == 6


def test_something_must_be_known_of_the_case(clerk: APIClient) -> None:
    refused = clerk.post(ADDRESS, {"kind": "mediation"})

    assert (refused.status_code, refused.json()["code"]) == (422, "fields_not_valid")
    assert "请填写案情" in refused.json()["detail"]
