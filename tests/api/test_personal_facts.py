"""Changing what is personal: with the version it is based on, by an event that leaves a trace, and nothing else."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.organizations.models import Role
from tests.api.conftest import CITY, member

pytestmark = pytest.mark.django_db

SUMMARY = {"private": {"summary": "宅后排水沟走向"}}


def address_of(case: Case) -> str:
    return f"/api/v1/cases/{case.pk}/"


def test_a_personal_fact_is_changed_and_the_change_leaves_an_event_without_it(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.patch(address_of(dispute), SUMMARY, headers={"If-Match": '"2"'})

    assert answer.status_code == 200
    assert answer.json()["private"] == {"summary": "宅后排水沟走向"}
    assert (answer.json()["state"], answer.headers["ETag"]) == ("accepted", '"3"')
    event = dispute.events.get(sequence=3)
    assert (event.step, event.reason, event.facts.get("summary")) == ("register", "更正涉及个人的要素", None)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.HANDLER, {"summary": "宅前排水沟走向"}),
        (Role.AUDITOR, {"summary": "宅前排水沟走向"}),
        (Role.STATISTICIAN, None),
    ],
)
def test_what_a_case_is_about_is_shown_to_those_who_deal_with_it_or_check_them(
    dispute: Case, client_of: Callable[[User], APIClient], role: Role, shown: object
) -> None:
    caller = client_of(member("someone", role, region_id=CITY))

    assert caller.get(address_of(dispute)).json()["private"] == shown


def test_a_stale_version_is_refused(dispute: Case, clerk: APIClient) -> None:
    clerk.patch(address_of(dispute), SUMMARY, headers={"If-Match": '"2"'})

    answer = clerk.patch(address_of(dispute), SUMMARY, headers={"If-Match": '"2"'})

    assert (answer.status_code, answer.json()["code"]) == (412, "version_passed")


def test_a_change_must_say_what_it_is_based_on(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.patch(address_of(dispute), SUMMARY)

    assert (answer.status_code, answer.json()["code"]) == (428, "precondition_required")


@pytest.mark.parametrize("tag", ['W/"2"', '"1", "2"', "*"])
def test_the_version_may_be_named_in_any_form_that_the_standard_has(dispute: Case, clerk: APIClient, tag: str) -> None:
    assert clerk.patch(address_of(dispute), SUMMARY, headers={"If-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"private": {"category": "medical"}}, "private.category"),
        ({"private": {"summary": ""}}, "private.summary"),
        ({"private": {"summary": 7}}, "private.summary"),
        ({"private": {}}, "private"),
        ({"state": "agreed"}, "private"),
    ],
)
def test_nothing_but_personal_facts_changes_without_a_step(
    dispute: Case, clerk: APIClient, asked: object, named: str
) -> None:
    answer = clerk.patch(address_of(dispute), asked, headers={"If-Match": '"2"'})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [named]


def test_a_case_is_not_put_or_deleted(dispute: Case, clerk: APIClient) -> None:
    for method in (clerk.put, clerk.delete):
        answer = method(address_of(dispute))
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
