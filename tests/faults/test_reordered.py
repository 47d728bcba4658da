"""Requests that arrive twice and in any order, as from a program that repeats what it heard no answer to."""

from random import Random
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.cases.models import Case, CaseEvent
from tests.api.conftest import World, clerk, log_dispute, new_dispute
from tests.faults.world import nothing_is_amiss

__all__ = ["clerk"]

CASES = "/api/v1/cases/"
STEPS = ("accept", "agree", "perform")

pytestmark = pytest.mark.django_db(transaction=True)


def taken(clerk: APIClient, case: int, step: str) -> Any:
    """A step of a case, under the key that its client always sends it with."""
    facts = {"agreement": "oral"} if step == "agree" else {}
    body = {"type": step, "occurred_on": "2024-03-20", "facts": facts}
    return clerk.post(f"{CASES}{case}/events/", body, headers={"Idempotency-Key": f"{case}-{step}"})


def test_steps_that_arrive_in_any_order_and_twice_are_taken_once_and_in_theirs(world: World, clerk: APIClient) -> None:
    cases = [clerk.post(CASES, new_dispute(world.east)).json()["id"] for _ in range(2)]
    wishes, chance = [(case, step) for case in cases for step in STEPS] * 2, Random(7)
    answers = list[Any]()
    while wishes:
        chance.shuffle(wishes)
        answers = [taken(clerk, *wish) for wish in wishes]
        assert {answer.status_code for answer in answers} <= {201, 409}
        for answer in answers:
            assert answer.status_code == 201 or answer.json()["code"] == "step_not_allowed"
        wishes = [wish for wish, answer in zip(wishes, answers, strict=True) if answer.status_code == 409]

    for case in cases:
        steps = list(CaseEvent.objects.filter(case=case).order_by("sequence").values_list("step", flat=True))
        assert steps == ["register", *STEPS]
    assert nothing_is_amiss()


def test_a_step_that_comes_too_early_is_told_what_may_come_first(world: World, clerk: APIClient) -> None:
    case = clerk.post(CASES, new_dispute(world.east)).json()["id"]

    early = taken(clerk, case, "agree")

    assert (early.status_code, early.json()["code"]) == (409, "step_not_allowed")
    assert "accept" in early.json()["allowed"]
    assert [taken(clerk, case, step).status_code for step in ("accept", "agree")] == [201, 201]


def test_a_change_that_was_decided_on_an_older_state_is_refused_and_changes_nothing(
    world: World, clerk: APIClient
) -> None:
    """Two read the case; the second to send has not seen what the first did."""
    case = log_dispute(world.east)
    party = f"{CASES}{case.pk}/parties/{case.parties.order_by('pk')[0].pk}/"
    version = clerk.get(party, {"purpose": "核对联系方式"}).headers["ETag"]

    first = clerk.patch(party, {"phone": "13700001111"}, headers={"If-Match": version})
    late = clerk.patch(party, {"phone": "13700002222"}, headers={"If-Match": version})

    assert (first.status_code, late.status_code, late.json()["code"]) == (200, 412, "version_passed")
    assert Case.objects.get(pk=case.pk).parties.order_by("pk")[0].phone == "13700001111"
