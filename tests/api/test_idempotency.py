"""Repeating a request: the same key and request get the same answer, and the deed is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from casetrack.accounts.models import IdempotencyKey, User
from casetrack.cases.copying import ENTERING
from casetrack.cases.models import Case, CaseEvent
from casetrack.stats.closing.models import Edition
from tests.api.conftest import EAST, World, new_dispute
from tests.faults.held import held

CASES = "/api/v1/cases/"
KEY = {"Idempotency-Key": "8d9f2a74-1d2e-4a51-9a3c-5f1b7c0de001"}


@pytest.mark.django_db
def test_a_repeated_request_gets_the_same_answer_and_opens_one_case(world: World, clerk: APIClient) -> None:
    first = clerk.post(CASES, new_dispute(world.east), headers=KEY)
    second = clerk.post(CASES, new_dispute(world.east), headers=KEY)

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert [answer.headers["ETag"] for answer in (first, second)] == ['"1"', '"1"']
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_spelling_of_the_request_does_not_matter(world: World, clerk: APIClient) -> None:
    asked = new_dispute(world.east)

    clerk.post(CASES, asked, headers=KEY)
    again = clerk.post("/api/v1/cases", dict(reversed(asked.items())), headers=KEY)

    assert (again.status_code, Case.objects.count()) == (201, 1)


@pytest.mark.django_db
def test_a_key_does_not_serve_for_another_request(world: World, clerk: APIClient) -> None:
    clerk.post(CASES, new_dispute(world.east), headers=KEY)

    answer = clerk.post(CASES, new_dispute(world.east, on="2024-03-02"), headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_keys_of_two_users_do_not_meet(world: World, clerk: APIClient, supervisor: APIClient) -> None:
    for caller in (clerk, supervisor):
        assert caller.post(CASES, new_dispute(world.east), headers=KEY).status_code == 201

    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_request_leaves_no_key_and_may_be_mended(world: World, clerk: APIClient) -> None:
    refused = clerk.post(CASES, new_dispute(world.east, facts={}), headers=KEY)
    mended = clerk.post(CASES, new_dispute(world.east), headers=KEY)

    assert (refused.status_code, mended.status_code) == (422, 201)


@pytest.mark.django_db
def test_an_event_is_logged_once(dispute: Case, clerk: APIClient) -> None:
    asked = {"type": "agree", "occurred_on": "2024-03-20", "facts": {"agreement": "oral"}}

    first, second = (clerk.post(f"{CASES}{dispute.pk}/events/", asked, headers=KEY) for _ in range(2))

    assert first.json() == second.json()
    assert dispute.events.count() == 3


@pytest.mark.django_db
def test_the_kept_answer_is_sealed(world: World, clerk: APIClient) -> None:
    clerk.post(CASES, new_dispute(world.east), headers=KEY)

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM api_idempotencykey")
        (kept,) = cursor.fetchone()
    assert "排水沟".encode() not in bytes(kept)
    assert "排水沟" in IdempotencyKey.objects.get().body


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "with blank", "x" * 256, "键"])
def test_a_key_that_can_be_no_key_is_refused(world: World, clerk: APIClient, key: str) -> None:
    answer = clerk.post(CASES, new_dispute(world.east), headers={"Idempotency-Key": key})

    assert (answer.status_code, answer.json()["code"]) == (400, "key_not_valid")


@pytest.mark.django_db(transaction=True)
def test_of_many_at_a_time_one_opens_the_case_and_all_get_its_answer(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    callers = [client_of(world.clerk_east) for _ in range(4)]
    together = Barrier(len(callers))

    def ask(caller: APIClient) -> Any:
        together.wait()
        try:
            return caller.post(CASES, new_dispute(world.east), headers=KEY)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(callers)) as threads:
        answers = list(threads.map(ask, callers))

    assert [answer.status_code for answer in answers] == [201] * len(callers)
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer.headers for answer in answers) == len(callers) - 1
    assert (Case.objects.count(), CaseEvent.objects.count()) == (1, 1)


CLOSINGS = "/api/v1/closings/"
MARCH = {"region": EAST, "month": "2024-03", "without_confirmations": "尚未实行月报确认"}


@pytest.mark.django_db(transaction=True)
def test_of_many_at_a_time_one_closes_the_month_and_all_get_its_answer(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    """A closing waits for those who are entering, then reads as of one moment: all that before it knows of its key."""
    callers = [client_of(world.supervisor) for _ in range(4)]
    together = Barrier(len(callers))

    def ask(caller: APIClient) -> Any:
        together.wait()
        try:
            return caller.post(CLOSINGS, MARCH, headers=KEY)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(callers)) as threads:
        answers = list(threads.map(ask, callers))

    assert [answer.status_code for answer in answers] == [201] * len(callers)
    assert len({answer.json()["digest"] for answer in answers}) == 1
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_closing_that_was_done_is_answered_so_though_others_are_entering(world: World, supervisor: APIClient) -> None:
    first = supervisor.post(CLOSINGS, MARCH, headers=KEY)

    with held("SELECT pg_advisory_xact_lock_shared(%s)", ENTERING):
        again = supervisor.post(CLOSINGS, MARCH, headers=KEY)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
