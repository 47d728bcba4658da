"""Problems: one form for all of them, also where a view never got to answer."""

from typing import Any

import pytest
from django.db import OperationalError
from rest_framework.exceptions import Throttled
from rest_framework.test import APIClient

from api import cases
from api.errors import flattened, problem_of
from casetrack.kinds.refusals import Refused, StepRefused
from casetrack.law.calendar import DayNotInCalendar
from tests.api.conftest import World


def test_a_problem_has_the_members_of_the_standard() -> None:
    problem = problem_of(StepRefused("不能结案；可进行的步骤：受理", allowed=["accept"]))

    assert problem is not None
    assert problem.body("/api/v1/cases/7/events/") == {
        "type": "/problems/step-not-allowed",
        "title": "当前状态不能进行这一步骤",
        "status": 409,
        "detail": "不能结案；可进行的步骤：受理",
        "instance": "/api/v1/cases/7/events/",
        "code": "step_not_allowed",
        "allowed": ["accept"],
    }


def test_a_refusal_that_nobody_listed_is_still_the_clients_to_mend() -> None:
    problem = problem_of(Refused("不行"))

    assert problem is not None
    assert (problem.status, problem.code) == (422, "refused")


def test_who_asks_too_often_learns_how_long_to_wait() -> None:
    problem = problem_of(Throttled(wait=12))

    assert problem is not None
    assert (problem.status, problem.headers) == (429, {"Retry-After": "12"})


@pytest.mark.parametrize("failed", [OverflowError("date value out of range"), DayNotInCalendar("没有这一天")])
def test_a_day_that_no_calendar_holds_is_the_clients_to_mend(failed: Exception) -> None:
    problem = problem_of(failed)

    assert problem is not None
    assert (problem.status, problem.code) == (422, "date_not_possible")


def test_messages_are_named_by_their_path() -> None:
    detail = {"parties": [{}, {"role": ["必填"]}], "non_field_errors": ["不全"], "on": ["不是日期", "太早"]}

    assert dict(flattened(detail)) == {"parties.1.role": "必填", "non_field_errors": "不全", "on": "不是日期；太早"}


def broken(*args: Any) -> Any:
    raise ZeroDivisionError


def away(*args: Any) -> Any:
    raise OperationalError("the database restarts")


@pytest.mark.django_db
@pytest.mark.parametrize(("failing", "status", "code"), [(broken, 500, "server_error"), (away, 503, "unavailable")])
def test_what_fails_on_our_side_is_said_without_its_innards(
    world: World, clerk: APIClient, monkeypatch: pytest.MonkeyPatch, failing: Any, status: int, code: str
) -> None:
    monkeypatch.setattr(cases, "scope_of", failing)
    clerk.raise_request_exception = False

    answer = clerk.get("/api/v1/cases/")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "ZeroDivision" not in answer.content.decode()
    assert "restarts" not in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_host_is_answered_as_a_problem(world: World) -> None:
    answer = APIClient().get("/api/v1/cases/", headers={"Host": "evil.example"})

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
