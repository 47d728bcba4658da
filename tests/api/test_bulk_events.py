"""Logging many events of many cases at once: in order, each by itself, and as lawful as one by one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.models import Case, CaseEvent, Unsettled
from casetrack.cases.verification import differences
from casetrack.organizations.models import Membership, Role
from tests.api.conftest import EAST, World, log_dispute

BULK = "/api/v1/events/bulk/"
AGREED = {"agreement": "written", "amount": 500000}

pytestmark = pytest.mark.django_db


def sent(client: APIClient, *events: Any, **more: Any) -> Any:
    return client.post(BULK, {"events": list(events)}, **more)


def statuses(answer: Any) -> list[int]:
    return [result["status"] for result in answer.json()["results"]]


def step(case: Case, name: str, on: str, **more: Any) -> dict[str, Any]:
    return {"case": case.pk, "type": name, "occurred_on": on, **more}


def test_steps_of_many_cases_are_taken_in_order(world: World, supervisor: APIClient) -> None:
    first, second = log_dispute(world.east), log_dispute(world.west)
    Unsettled.objects.all().delete()

    answer = sent(
        supervisor,
        step(first, "agree", "2024-03-20", facts=AGREED),
        step(second, "withdraw", "2024-03-10"),
        step(first, "perform", "2024-03-25"),
    )

    assert (answer.status_code, statuses(answer)) == (200, [201, 201, 201])
    events = [result["event"] for result in answer.json()["results"]]
    assert [(event["case"], event["type"], event["sequence"]) for event in events] == [
        *((first.pk, "agree", 3), (second.pk, "withdraw", 3), (first.pk, "perform", 4)),
    ]
    states = Case.objects.order_by("pk").values_list("state", "version", "closed_on__day")
    assert list(states) == [("performed", 4, 20), ("withdrawn", 3, 10)]
    assert {mark.organization for mark in Unsettled.objects.all()} == {world.east, world.west}
    assert list(differences(Case.objects.all())) == []


def test_a_refused_row_leaves_its_case_to_the_next(dispute: Case, clerk: APIClient) -> None:
    answer = sent(
        clerk,
        step(dispute, "perform", "2024-03-20"),
        step(dispute, "agree", "2024-02-01", facts=AGREED),
        step(dispute, "agree", "2024-03-20"),
        step(dispute, "agree", "2024-03-20", facts=AGREED),
        step(dispute, "agree", "2024-03-21", facts=AGREED),
        step(dispute, "dance", "2024-03-21"),
        step(dispute, "perform", "2999-01-01"),
    )

    assert (answer.status_code, statuses(answer)) == (207, [409, 422, 422, 201, 409, 409, 422])
    problems = [result.get("problem") for result in answer.json()["results"]]
    assert "agree" in problems[0]["allowed"]
    assert problems[1]["code"] == "date_not_possible"
    assert list(problems[2]["errors"]) == ["facts.agreement"]
    assert "perform" in problems[4]["allowed"]
    assert dispute.events.count() == 3
    assert list(differences(Case.objects.all())) == []


def test_events_are_corrected_and_retracted_as_one_by_one(dispute: Case, clerk: APIClient) -> None:
    accepted = dispute.events.get(step="accept")
    correction = {"case": dispute.pk, "replaces": accepted.pk, "occurred_on": "2024-03-04", "reason": "日期有误"}
    retraction = {"case": dispute.pk, "retracts": accepted.pk, "reason": "登记错了案件"}

    answer = sent(clerk, correction, retraction, {**correction, "reason": ""}, {**correction, "type": "agree"})

    assert statuses(answer) == [201, 409, 422, 422]
    assert answer.json()["results"][1]["problem"]["code"] == "correction_refused"
    assert dispute.events.get(sequence=3).replaces == accepted
    assert list(differences(Case.objects.all())) == []


def test_what_is_personal_stays_with_the_case_and_is_not_kept_of_a_refused_row(dispute: Case, clerk: APIClient) -> None:
    opening = dispute.events.get(step="register")
    said_anew = {"case": dispute.pk, "replaces": opening.pk, "reason": "更正"}

    answer = sent(
        clerk,
        {**said_anew, "facts": {"category": "neighbour", "summary": "不应留下"}, "occurred_on": "2024-05-01"},
        {**said_anew, "facts": {"category": "neighbour", "summary": "宅后排水沟走向"}},
    )

    assert statuses(answer) == [422, 201]
    dispute.refresh_from_db()
    assert dispute.private == {"summary": "宅后排水沟走向"}
    assert "排水沟" not in str(list(CaseEvent.objects.values_list("facts", flat=True)))


def test_a_row_may_say_which_version_it_is_based_on(dispute: Case, clerk: APIClient) -> None:
    answer = sent(
        clerk,
        step(dispute, "agree", "2024-03-20", facts=AGREED, version=1),
        step(dispute, "agree", "2024-03-20", facts=AGREED, version=2),
        step(dispute, "perform", "2024-03-25", version=2),
        step(dispute, "perform", "2024-03-25", version=3),
    )

    assert statuses(answer) == [412, 201, 412, 201]
    assert answer.json()["results"][0]["problem"]["code"] == "version_passed"


def test_a_case_out_of_sight_is_not_there_and_one_only_seen_is_not_changed(
    world: World, dispute: Case, clerk: APIClient
) -> None:
    hidden, seen = log_dispute(world.west), log_dispute(world.east)
    Membership.objects.filter(user=world.clerk_east).delete()
    Membership.objects.create(user=world.clerk_east, role=Role.STATISTICIAN, region_id=EAST)
    Membership.objects.create(user=world.clerk_east, role=Role.CLERK, organization=world.east, kinds=["petition"])

    answer = sent(
        clerk,
        step(hidden, "withdraw", "2024-03-05"),
        {**step(hidden, "withdraw", "2024-03-05"), "case": 999_999},
        step(seen, "withdraw", "2024-03-05"),
        {"type": "withdraw", "occurred_on": "2024-03-05"},
        {**step(seen, "withdraw", "2024-03-05"), "case": "x"},
        {**step(seen, "withdraw", "2024-03-05"), "case": 10**30},
        {**step(seen, "withdraw", "2024-03-05"), "case": True},
    )

    assert statuses(answer) == [404, 404, 403, 422, 422, 422, 422]
    assert answer.json()["results"][0] == answer.json()["results"][1]
    assert set(CaseEvent.objects.values_list("step", flat=True)) == {"register", "accept"}


def test_an_event_of_another_case_is_not_there(world: World, dispute: Case, supervisor: APIClient) -> None:
    other = log_dispute(world.west).events.get(step="accept")

    answer = sent(
        supervisor,
        {"case": dispute.pk, "retracts": other.pk, "reason": "登记错了案件"},
        {"case": dispute.pk, "retracts": 999_999, "reason": "登记错了案件"},
    )

    assert statuses(answer) == [422, 422]
    assert [list(result["problem"]["errors"]) for result in answer.json()["results"]] == [["retracts"]] * 2


def test_a_row_under_its_own_key_is_logged_once(dispute: Case, clerk: APIClient) -> None:
    row = step(dispute, "agree", "2024-03-20", facts=AGREED, key="platform-7")

    first, second = sent(clerk, row), sent(clerk, row, step(dispute, "perform", "2024-03-25"))

    assert (statuses(first), statuses(second)) == ([201], [201, 201])
    assert second.json()["results"][0] == {**first.json()["results"][0], "replayed": True}
    assert dispute.events.count() == 4


def test_many_rows_make_no_more_queries_than_few(world: World, supervisor: APIClient) -> None:
    cases = [log_dispute(world.east) for _ in range(60)]
    supervisor.get("/api/v1/kinds/")
    counts = []
    for few in (cases[:22], cases[22:]):
        with CaptureQueriesContext(connection) as queries:
            answer = sent(supervisor, *[step(case, "agree", "2024-03-20", facts=AGREED) for case in few])
        assert answer.status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_calls_at_a_time_take_each_step_once(world: World, client_of: Callable[[User], APIClient]) -> None:
    cases = [log_dispute(world.east) for _ in range(6)]
    rows = [step(case, "agree", "2024-03-20", facts=AGREED) for case in cases]
    callers, together = [client_of(world.clerk_east), client_of(world.clerk_east)], Barrier(2)

    def ask(caller: APIClient, events: list[Any]) -> Any:
        together.wait()
        try:
            return sent(caller, *events)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask, callers, [rows, rows[::-1]]))

    taken = sorted(statuses(answers[0]) + statuses(answers[1]))
    assert taken == [201] * 6 + [409] * 6
    assert list(differences(Case.objects.all())) == []
