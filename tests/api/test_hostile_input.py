"""What no honest client sends is answered with what is wrong with it, and never breaks anything."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from rest_framework.test import APIClient

from casetrack.cases.models import Case
from tests.api.conftest import World, new_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"
HUGE = 10**30


def problem_of(answer: Any, status: int) -> Any:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance", "code"} <= problem.keys()
    return problem


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"kind": NaN}',
        b'{"kind": 1e999}',
        b'{"kind": "a\\u0000b"}',
        b'{"kind": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"kind": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"[" * 30 + b"]" * 30,
    ],
)
def test_a_body_that_is_no_storable_json_is_malformed(world: World, clerk: APIClient, body: bytes) -> None:
    answer = clerk.post(CASES, body, content_type="application/json")

    assert problem_of(answer, 400)["code"] == "malformed"


@pytest.mark.parametrize("body", ["null", "[]", "7", '"text"', "true"])
def test_a_body_that_is_no_object_is_refused(world: World, clerk: APIClient, body: str) -> None:
    answer = clerk.post(CASES, body, content_type="application/json")

    problem_of(answer, 422)


@pytest.mark.parametrize("wrong", [None, [], {}, [[]], HUGE, -1, 0, 1.5, True, "", "文" * 20_000])
@pytest.mark.parametrize("field", ["kind", "organization", "on", "facts", "parties", "number", "steps"])
def test_a_field_of_the_wrong_type_is_named(world: World, clerk: APIClient, field: str, wrong: Any) -> None:
    answer = clerk.post(CASES, new_dispute(world.east, **{field: wrong}))

    if answer.status_code != 201:  # an empty list of parties is none
        assert any(path.split(".")[0] == field for path in problem_of(answer, 422)["errors"])


@pytest.mark.parametrize("wrong", [[], {}, HUGE, -1, 1.5, "文" * 20_000])
@pytest.mark.parametrize("field", ["category", "persons", "summary", "difficult"])
def test_a_fact_of_the_wrong_type_is_named(world: World, clerk: APIClient, field: str, wrong: Any) -> None:
    answer = clerk.post(CASES, new_dispute(world.east, facts={"category": "neighbour", field: wrong}))

    assert list(problem_of(answer, 422)["errors"])[0].startswith(f"facts.{field}")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30", "20240301x", "昨天"])
def test_an_impossible_day_is_refused(world: World, clerk: APIClient, day: str) -> None:
    problem_of(clerk.post(CASES, new_dispute(world.east, on=day)), 422)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("cursor=abc", "cursor"),
        ("cursor=" + "A" * 500, "cursor"),
        ("under=", "under"),
        ("kind=%20", "kind"),
        ("page_size=0", "page_size"),
        (f"page_size={HUGE}", "page_size"),
        ("page_size=٣", "page_size"),
        (f"organization={HUGE}", "organization"),
        ("organization=x", "organization"),
        ("received_from=2024-2-1", "received_from"),
        ("overdue_on=2024-02-30", "overdue_on"),
        ("under=62", None),
        ("under=6205x", "under"),
        ("under=%00", "under"),
        ("number=a%00b", "number"),
        ("party=1", "party"),
        ("state=nowhere", "state"),
        ("open=perhaps", "open"),
        ("ordering=title", "ordering"),
        ("colour=red", "colour"),
    ],
)
def test_a_parameter_that_can_not_be_meant_is_named(
    world: World, clerk: APIClient, query: str, named: str | None
) -> None:
    answer = clerk.get(f"{CASES}?{query}")

    if named is None:
        assert answer.status_code == 200
    else:
        assert list(problem_of(answer, 400)["errors"]) == [named]


@pytest.mark.parametrize("address", ["cases/?search=a%00b", "statistics/?region=%00", "law/due-date/?rule=%00"])
def test_a_character_that_no_record_holds_is_said_to_be_that(world: World, clerk: APIClient, address: str) -> None:
    name = address.partition("?")[2].partition("=")[0]

    problem = problem_of(clerk.get(f"/api/v1/{address}"), 400)

    assert problem["errors"][name] == f"查询参数“{name}”中有空字符（%00），没有记录会含有它，请去掉"


@pytest.mark.parametrize("pk", ["x", "0", "-1", "9" * 18, "9" * 40, "1%00"])
def test_an_address_of_no_case_is_not_there(world: World, clerk: APIClient, pk: str) -> None:
    for address in (f"{CASES}{pk}/", f"{CASES}{pk}/events/", f"{CASES}{pk}/deadlines/", f"{CASES}{pk}/parties/"):
        problem_of(clerk.get(address), 404)


def test_a_problem_names_the_address_as_an_address(world: World, clerk: APIClient) -> None:
    problem = problem_of(clerk.get("/api/v1/regions/%C2%84案/"), 404)

    assert problem["instance"] == "/api/v1/regions/%C2%84%E6%A1%88/"


def test_a_cursor_of_another_list_does_not_serve(dispute: Case, clerk: APIClient) -> None:
    clerk.post(f"{CASES}{dispute.pk}/events/", {"type": "withdraw", "occurred_on": "2024-03-05"})
    foreign = clerk.get(f"{CASES}{dispute.pk}/events/?page_size=1").json()["next"].partition("?")[2]

    problem_of(clerk.get(f"{CASES}?{foreign}"), 400)


def test_other_kinds_of_content_are_not_taken(world: World, clerk: APIClient) -> None:
    problem_of(clerk.post(CASES, "kind=mediation", content_type="application/x-www-form-urlencoded"), 415)
    problem_of(clerk.get(CASES, headers={"Accept": "text/csv"}), 406)


def test_a_body_too_large_is_refused_before_it_is_read(world: World, clerk: APIClient, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = clerk.post(CASES, json.dumps("文" * 1000), content_type="application/json")

    assert problem_of(answer, 413)["code"] == "too_large"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"number": 20240001}, "number"),
        ({"organization": "1"}, "organization"),
        ({"organization": True}, "organization"),
        ({"parties": [{"role": "applicant", "name": "张三", "phone": 9381234567}]}, "parties.0.phone"),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_guessed_at(
    world: World, clerk: APIClient, changed: dict[str, Any], named: str
) -> None:
    answer = clerk.post(CASES, new_dispute(world.east, **changed))

    assert list(problem_of(answer, 422)["errors"]) == [named]
