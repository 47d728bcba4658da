"""Cases through the API: opening, reading, narrowing, and what a list does not show."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.cases.models import Case
from tests.api.conftest import CITY, EAST, World, log_dispute, new_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"
FIELDS = [
    *("id", "kind", "number", "organization", "region", "state", "state_label"),
    *("received_on", "closed_on", "due_on", "values", "version", "title", "light", "allowed_steps"),
]


def test_a_clerk_opens_a_case_and_gets_it_back_with_its_number(world: World, clerk: APIClient) -> None:
    answer = clerk.post(CASES, new_dispute(world.east))

    assert answer.status_code == 201
    case = answer.json()
    assert list(case) == [*FIELDS, "private"]
    assert case["number"] == "麦积区道北街道人调〔2024〕1号"
    assert (case["state"], case["state_label"]) == ("registered", "已登记")
    assert case["organization"] == {"id": world.east.pk, "name": "麦积区道北街道人民调解委员会"}
    assert case["private"] == {"summary": "宅前排水沟走向"}
    assert answer.headers["ETag"] == '"1"'
    assert clerk.get(answer.headers["Location"]).json() == case


def test_a_case_may_come_with_the_steps_already_taken(world: World, clerk: APIClient) -> None:
    steps = [
        {"type": "accept", "occurred_on": "2024-03-02"},
        {"type": "agree", "occurred_on": "2024-03-09", "facts": {"agreement": "written", "amount": 500000}},
    ]

    case = clerk.post(CASES, new_dispute(world.east, steps=steps)).json()

    assert (case["state"], case["closed_on"], case["version"]) == ("agreed", "2024-03-09", 3)
    assert {"perform", "confirm"} <= set(case["allowed_steps"])


def test_a_number_given_from_outside_is_kept_and_taken_once(world: World, clerk: APIClient) -> None:
    first = clerk.post(CASES, new_dispute(world.east, number="道调字第7号"))
    second = clerk.post(CASES, new_dispute(world.east, number="道调字第7号"))

    assert first.json()["number"] == "道调字第7号"
    assert (second.status_code, second.json()["code"]) == (409, "number_taken")


def test_a_number_given_from_outside_never_blocks_our_own_series(world: World, clerk: APIClient) -> None:
    clerk.post(CASES, new_dispute(world.east, number="麦积区道北街道人调〔2024〕1号"))

    answer = clerk.post(CASES, new_dispute(world.east))

    assert (answer.status_code, answer.json()["number"]) == (201, "麦积区道北街道人调〔2024〕1号")


def test_every_field_that_is_wrong_is_named_at_once(world: World, clerk: APIClient) -> None:
    asked = new_dispute(
        world.east,
        facts={"category": "quarrel", "weather": "sunny"},
        parties=[{"role": "witness"}],
        steps=[{"type": "accept", "occurred_on": "2024-03-02"}, {"type": "agree", "occurred_on": "2024-03-03"}],
    )

    problem = clerk.post(CASES, asked).json()

    assert problem["status"] == 422
    assert sorted(problem["errors"]) == ["facts.category", "facts.weather", "parties.0.role", "steps.1.facts.agreement"]
    assert problem["errors"]["steps.1.facts.agreement"] == "“达成协议”须填写“协议形式”"


def test_an_office_out_of_scope_is_refused_as_if_it_were_not_there(world: World, clerk: APIClient) -> None:
    elsewhere = clerk.post(CASES, new_dispute(world.west))
    nowhere = clerk.post(CASES, {**new_dispute(world.west), "organization": 999_999})

    assert elsewhere.status_code == nowhere.status_code == 422
    assert elsewhere.json()["errors"] == nowhere.json()["errors"]
    assert list(elsewhere.json()["errors"]) == ["organization"]


def test_who_only_counts_does_not_write(world: World, client_of: Any) -> None:
    answer = client_of(world.statistician).post(CASES, new_dispute(world.east))

    assert (answer.status_code, answer.json()["code"]) == (403, "role_read_only")
    assert not Case.objects.exists()


def test_a_list_masks_names_and_leaves_personal_facts_out(dispute: Case, clerk: APIClient) -> None:
    answer = clerk.get(CASES)

    (case,) = answer.json()["results"]
    assert list(case) == FIELDS
    assert case["title"] == "张*、李* 邻里纠纷"
    assert "张三" not in answer.content.decode()
    assert "排水沟" not in answer.content.decode()


def test_each_sees_the_cases_of_the_own_office_and_those_below(
    world: World, clerk: APIClient, supervisor: APIClient
) -> None:
    east, west = log_dispute(world.east), log_dispute(world.west)

    assert ids(clerk.get(CASES)) == [east.pk]
    assert ids(supervisor.get(CASES)) == [west.pk, east.pk]
    assert clerk.get(f"{CASES}{west.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=mediation", True),
        ("kind=petition", False),
        ("state=accepted&open=true", True),
        ("open=false", False),
        (f"under={EAST}", True),
        ("under=620503", True),
        ("under=620502", False),
        ("received_from=2024-03-01&received_to=2024-03-01", True),
        ("received_from=2024-03-02", False),
        ("closed_from=2024-01-01", False),
        ("overdue_on=2024-04-02", True),
        ("overdue_on=2024-04-01", False),
        ("due_before=2024-04-01", True),
        ("number=麦积区道北街道人调〔2024〕1号", True),
        ("number=1号", False),
        ("party=138-1234-1234", True),
        ("party=620503198001011234", True),
        ("party=13800000000", False),
    ],
)
def test_a_list_is_narrowed(dispute: Case, supervisor: APIClient, query: str, found: bool) -> None:
    assert ids(supervisor.get(f"{CASES}?{query}")) == ([dispute.pk] if found else [])


def test_pages_follow_one_another_both_ways_without_loss(world: World, supervisor: APIClient) -> None:
    logged = [log_dispute(world.east).pk for _ in range(5)]

    first = supervisor.get(f"{CASES}?page_size=2&under={CITY}").json()
    second = supervisor.get(first["next"]).json()
    third = supervisor.get(second["next"]).json()
    back = supervisor.get(third["previous"]).json()

    pages = [[case["id"] for case in page["results"]] for page in (first, second, third, back)]
    assert pages == [logged[:2:-1], logged[2:0:-1], logged[:1], logged[2:0:-1]]
    assert first["previous"] is None
    assert third["next"] is None


def test_a_list_may_begin_with_the_oldest(world: World, supervisor: APIClient) -> None:
    logged = [log_dispute(world.east).pk for _ in range(3)]

    first = supervisor.get(f"{CASES}?page_size=2&ordering=id").json()
    second = supervisor.get(first["next"]).json()

    assert [case["id"] for page in (first, second) for case in page["results"]] == logged


def test_an_address_is_the_same_without_its_slash(dispute: Case, clerk: APIClient) -> None:
    assert clerk.get("/api/v1/cases").json() == clerk.get("/api/v1/cases/").json()


def ids(answer: Any) -> list[int]:
    return [case["id"] for case in answer.json()["results"]]
