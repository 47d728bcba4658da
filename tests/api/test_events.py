"""The log of a case through the API: steps, corrections, retractions, and what is refused."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.cases.models import Case
from tests.api.conftest import World, log_dispute

pytestmark = pytest.mark.django_db

AGREED = {"type": "agree", "occurred_on": "2024-03-20", "facts": {"agreement": "written", "amount": 500000}}
FIELDS = [
    *("id", "sequence", "type", "label", "occurred_on", "recorded_at", "actor"),
    *("facts", "replaces", "retracts", "reason", "hash"),
]


def events_of(case: Case) -> str:
    return f"/api/v1/cases/{case.pk}/events/"


def test_a_step_moves_the_case_and_is_logged_with_who_took_it(dispute: Case, world: World, clerk: APIClient) -> None:
    answer = clerk.post(events_of(dispute), AGREED)

    event = answer.json()
    assert answer.status_code == 201
    assert list(event) == FIELDS
    assert (event["sequence"], event["type"], event["label"]) == (3, "agree", "达成协议")
    assert event["actor"] == {"id": world.clerk_east.pk, "name": "clerk-east"}
    assert answer.headers["ETag"] == '"3"'
    case = clerk.get(f"/api/v1/cases/{dispute.pk}/").json()
    assert (case["state"], case["closed_on"]) == ("agreed", "2024-03-20")


def test_the_log_is_listed_from_its_beginning(dispute: Case, clerk: APIClient) -> None:
    clerk.post(events_of(dispute), AGREED)

    page = clerk.get(events_of(dispute)).json()

    assert [event["type"] for event in page["results"]] == ["register", "accept", "agree"]
    assert (page["next"], page["previous"]) == (None, None)


def test_a_step_that_the_state_does_not_allow_names_those_it_does(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.post(events_of(dispute), {"type": "perform", "occurred_on": "2024-03-20"})

    problem = answer.json()
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == "/problems/step-not-allowed"
    assert "agree" in problem["allowed"]
    assert "不能“履行完毕”" in problem["detail"]


def test_wrong_facts_are_named_by_their_path(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.post(events_of(dispute), {**AGREED, "facts": {"agreement": "sung", "amount": "many"}})

    assert answer.status_code == 422
    assert sorted(answer.json()["errors"]) == ["facts.agreement", "facts.amount"]


def test_a_step_before_the_case_was_opened_is_refused(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.post(events_of(dispute), {"type": "withdraw", "occurred_on": "2024-02-28"})

    assert (answer.status_code, answer.json()["code"]) == (422, "date_not_possible")


def test_a_correction_says_the_event_anew_and_keeps_what_it_leaves_out(dispute: Case, clerk: APIClient) -> None:
    wrong = clerk.post(events_of(dispute), AGREED).json()

    answer = clerk.post(
        events_of(dispute), {"replaces": wrong["id"], "occurred_on": "2024-03-21", "reason": "日期录入有误"}
    )

    event = answer.json()
    assert answer.status_code == 201
    assert (event["replaces"], event["retracts"], event["facts"]) == (wrong["id"], None, wrong["facts"])
    assert clerk.get(f"/api/v1/cases/{dispute.pk}/").json()["closed_on"] == "2024-03-21"


def test_a_retraction_takes_the_event_back(dispute: Case, clerk: APIClient) -> None:
    wrong = clerk.post(events_of(dispute), AGREED).json()

    event = clerk.post(events_of(dispute), {"retracts": wrong["id"], "reason": "登记错了案件"}).json()

    assert (event["replaces"], event["retracts"], event["reason"]) == (None, wrong["id"], "登记错了案件")
    assert clerk.get(f"/api/v1/cases/{dispute.pk}/").json()["state"] == "accepted"


def test_an_event_is_corrected_once_and_then_its_correction(dispute: Case, clerk: APIClient) -> None:
    wrong = clerk.post(events_of(dispute), AGREED).json()
    clerk.post(events_of(dispute), {"retracts": wrong["id"], "reason": "登记错了案件"})

    answer = clerk.post(events_of(dispute), {"retracts": wrong["id"], "reason": "再撤一次"})

    assert (answer.status_code, answer.json()["code"]) == (409, "correction_refused")


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, ["occurred_on", "type"]),
        ({"retracts": True}, ["retracts"]),
        ({"replaces": 2**70, "reason": "错"}, ["replaces"]),
        ({"type": "agree", "occurred_on": "2024-02-30"}, ["occurred_on"]),
        ({"type": "agree", "occurred_on": "2024-03-20", "facts": {"amount": 1.5}}, ["facts.amount"]),
        ({"type": "agree", "occurred_on": "2024-03-20", "facts": {"organization": 1}}, ["facts.organization"]),
        ({"type": "agree", "occurred_on": "2024-03-20", "facts": []}, ["facts"]),
        ([], ["non_field_errors"]),
    ],
)
def test_what_is_missing_or_of_the_wrong_type_is_named(
    dispute: Case, clerk: APIClient, asked: Any, named: list[str]
) -> None:
    answer = clerk.post(events_of(dispute), asked)

    assert answer.status_code == 422
    assert sorted(answer.json()["errors"]) == named


def test_an_event_of_another_case_is_not_corrected_from_here(world: World, dispute: Case, clerk: APIClient) -> None:
    foreign = log_dispute(world.west).events.get(sequence=2)

    answer = clerk.post(events_of(dispute), {"retracts": foreign.pk, "reason": "不是我的"})

    assert answer.json()["errors"] == {"retracts": "本案没有这一事件，编号见事件列表的 id"}


def test_who_only_counts_sees_the_log_and_adds_nothing(dispute: Case, world: World, client_of: Any) -> None:
    statistician = client_of(world.statistician)

    assert statistician.get(events_of(dispute)).status_code == 200
    assert statistician.post(events_of(dispute), AGREED).status_code == 403


def test_a_step_based_on_an_older_version_is_refused_when_it_says_so(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.post(events_of(dispute), AGREED, headers={"If-Match": '"1"'})

    assert (answer.status_code, answer.json()["code"]) == (412, "version_passed")
    assert dispute.events.count() == 2
