"""Opening many cases at once: each row has its answer, in order, and a bad one stops no other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from api import rows
from casetrack.accounts.models import IdempotencyKey, User
from casetrack.cases.models import Case, NumberSeries, Party
from casetrack.cases.verification import differences
from tests.api.conftest import World, new_dispute

BULK = "/api/v1/cases/bulk/"
KEY = {"Idempotency-Key": "3f2c1c8e-6f0b-4c8a-8f57-0d7f2f3f9b11"}

pytestmark = pytest.mark.django_db


def sent(client: APIClient, *cases: Any, **more: Any) -> Any:
    return client.post(BULK, {"cases": list(cases)}, **more)


def statuses(answer: Any) -> list[int]:
    return [result["status"] for result in answer.json()["results"]]


def test_cases_are_opened_in_order_with_the_next_numbers(world: World, clerk: APIClient) -> None:
    answer = sent(clerk, *[new_dispute(world.east, on=f"2024-03-0{day}") for day in (3, 1, 2)])

    assert answer.status_code == 200
    opened = [result["case"] for result in answer.json()["results"]]
    assert [case["number"] for case in opened] == [f"麦积区道北街道人调〔2024〕{n}号" for n in (1, 2, 3)]
    assert [case["received_on"] for case in opened] == ["2024-03-03", "2024-03-01", "2024-03-02"]
    assert list(opened[0]) == ["id", "number", "kind", "state", "received_on", "due_on", "version"]
    assert clerk.get(f"/api/v1/cases/{opened[0]['id']}/").headers["ETag"] == '"1"'
    assert Party.objects.count() == 3


def test_a_bad_row_is_told_why_and_stops_no_other(world: World, clerk: APIClient) -> None:
    answer = sent(
        clerk,
        new_dispute(world.east),
        new_dispute(world.east, facts={}),
        new_dispute(world.east, on="2999-01-01"),
        new_dispute(world.west),
        new_dispute(world.east, kind="petition", facts={"channel": "visit", "purpose": "appeal"}, parties=[]),
        "张三",
        new_dispute(world.east, steps=[{"type": "perform", "occurred_on": "2024-03-05"}]),
        new_dispute(world.east, facts={"category": "neighbour", "persons": 10**30}),
        new_dispute(world.east),
    )

    assert (answer.status_code, statuses(answer)) == (207, [201, 422, 422, 422, 422, 422, 409, 422, 201])
    problems = [result.get("problem") for result in answer.json()["results"]]
    assert list(problems[1]["errors"]) == ["facts.category"]
    assert problems[2]["code"] == "date_not_possible"
    assert list(problems[3]["errors"]) == ["organization"]
    assert problems[4]["code"] == "office_not_competent"
    assert problems[6]["allowed"][0] == "accept"
    assert problems[6]["instance"] == BULK
    numbers = [result["case"]["number"] for result in answer.json()["results"] if "case" in result]
    assert numbers == ["麦积区道北街道人调〔2024〕1号", "麦积区道北街道人调〔2024〕2号"]
    assert list(differences(Case.objects.all())) == []


def test_a_number_is_taken_once_within_the_call_and_before_it(world: World, clerk: APIClient) -> None:
    sent(clerk, new_dispute(world.east, number="甲1"))

    answer = sent(clerk, *[new_dispute(world.east, number=number) for number in ("甲1", "甲2", "甲2", "甲3")])

    assert statuses(answer) == [409, 201, 409, 201]
    assert {result["problem"]["code"] for result in answer.json()["results"] if "problem" in result} == {"number_taken"}


def test_a_repeated_call_opens_nothing_twice(world: World, clerk: APIClient) -> None:
    asked = [new_dispute(world.east), new_dispute(world.east, facts={})]

    first, second = (sent(clerk, *asked, headers=KEY) for _ in range(2))

    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert (second.headers["Idempotency-Replayed"], Case.objects.count()) == ("true", 1)


def test_a_call_of_which_nothing_was_done_leaves_no_key(world: World, clerk: APIClient) -> None:
    sent(clerk, new_dispute(world.east, facts={}), headers=KEY)

    answer = sent(clerk, new_dispute(world.east), headers=KEY)

    assert statuses(answer) == [201]


def test_a_row_under_its_own_key_is_done_once_whatever_call_it_comes_with(world: World, clerk: APIClient) -> None:
    row = new_dispute(world.east, key="hotline-1")
    first = sent(clerk, row, new_dispute(world.east, key="hotline-2", facts={}))

    second = sent(clerk, new_dispute(world.east, key="hotline-2"), row, new_dispute(world.east, key="hotline-3"))

    assert (statuses(first), statuses(second)) == ([201, 422], [201, 201, 201])
    mended, repeated, further = second.json()["results"]
    assert repeated == {**first.json()["results"][0], "replayed": True}
    assert "replayed" not in mended
    assert "replayed" not in further
    assert Case.objects.count() == 3


def test_a_key_stands_for_one_row(world: World, clerk: APIClient) -> None:
    sent(clerk, new_dispute(world.east, key="a"))

    answer = sent(
        clerk,
        new_dispute(world.east, key="a", on="2024-03-02"),
        new_dispute(world.east, key="b"),
        new_dispute(world.east, key="b"),
        new_dispute(world.east, key="有空格 的键"),
        new_dispute(world.east, key=["c"]),
    )

    assert statuses(answer) == [409, 201, 409, 400, 400]
    codes = [result["problem"]["code"] for result in answer.json()["results"] if "problem" in result]
    assert codes == ["key_reused", "key_reused", "key_not_valid", "key_not_valid"]


def test_keys_of_rows_and_of_calls_never_meet(world: World, clerk: APIClient) -> None:
    key = KEY["Idempotency-Key"]

    answers = [
        sent(clerk, new_dispute(world.east, key=key), headers=KEY),
        sent(clerk, new_dispute(world.east, key=key)),
    ]

    assert [statuses(answer) for answer in answers] == [[201], [201]]
    assert answers[1].json()["results"][0]["replayed"] is True
    assert (Case.objects.count(), IdempotencyKey.objects.count()) == (1, 2)


@pytest.mark.parametrize("body", [{}, {"cases": []}, {"cases": {}}, {"cases": None}, [], "cases"])
def test_a_call_without_rows_is_refused(world: World, clerk: APIClient, body: Any) -> None:
    answer = clerk.post(BULK, body)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["cases"])


def test_there_is_a_most_of_rows(world: World, clerk: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 2)

    answer = sent(clerk, *[new_dispute(world.east)] * 3)

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"cases": "一次最多2行，收到3行，请分批提交"}
    assert not Case.objects.exists()


def test_a_thousand_long_rows_are_not_too_large(world: World, clerk: APIClient) -> None:
    row = new_dispute(world.east, facts={"category": "quarrel", "summary": "宅前排水沟走向" * 200})

    answer = sent(clerk, *[row] * 1000)

    assert answer.status_code == 207
    assert set(statuses(answer)) == {422}


def test_who_only_counts_opens_nothing(world: World, client_of: Callable[[User], APIClient]) -> None:
    assert sent(client_of(world.statistician), new_dispute(world.east)).status_code == 403


def test_an_outsider_is_told_of_no_office(world: World, outsider: APIClient) -> None:
    answer = sent(outsider, new_dispute(world.east), {**new_dispute(world.east), "organization": 999_999})

    known, unknown = answer.json()["results"]
    assert known == unknown
    assert list(known["problem"]["errors"]) == ["organization"]


def test_many_rows_make_no_more_queries_than_few(world: World, clerk: APIClient) -> None:
    clerk.get("/api/v1/kinds/")  # notes the use of the token, once a minute
    counts = []
    for number in (30, 90):
        with connection.execute_wrapper(counting := Counting()):
            sent(clerk, *[new_dispute(world.east, key=f"{number}-{place}") for place in range(number)])
        counts.append(counting.queries)

    assert counts[0] == counts[1]


class Counting:
    """Counts statements, COPY apart."""

    queries = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.queries += 1
        return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_of_two_calls_with_the_same_rows_at_a_time_each_row_is_done_once(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    asked = [new_dispute(world.east, key=f"row-{n}") for n in range(5)]
    callers, together = [client_of(world.clerk_east), client_of(world.clerk_east)], Barrier(2)

    def ask(caller: APIClient, cases: list[Any]) -> Any:
        together.wait()
        try:
            return sent(caller, *cases)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask, callers, [asked, asked[::-1]]))

    assert [statuses(answer) for answer in answers] == [[201] * 5] * 2
    assert sorted(str(result["case"]) for result in answers[0].json()["results"]) == sorted(
        str(result["case"]) for result in answers[1].json()["results"]
    )
    assert (Case.objects.count(), NumberSeries.objects.get().last) == (5, 5)
