"""The contract: complete without a warning, and true about every problem."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from api.errors import STATUS_OF_REFUSAL
from api.log_in import addresses as log_in
from api.titles import TITLES
from api.urls import v1
from casetrack.kinds.refusals import Refused
from tests.api.conftest import World
from tests.api.published import published, written
from tests.api.test_outsiders import names_in


@pytest.fixture(scope="module")
def schema() -> Any:
    return published()


def test_the_schema_is_valid_and_leaves_nothing_unsaid() -> None:
    schema = written("--validate", "--fail-on-warn")

    assert schema["openapi"] == "3.1.1"
    assert set(schema["components"]["securitySchemes"]) == {"token", "session"}
    assert len(schema["paths"]) == len(names_in(v1) - {"schema", "docs"})  # the contract is not part of itself


def test_every_operation_says_in_chinese_what_it_is_and_which_problems_it_answers(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if "schema" not in path:
                assert "一" <= operation["summary"][0] <= "鿿", (path, method)
            assert {"400", "401"} <= operation["responses"].keys()
            problem = operation["responses"]["401"]["content"]["application/problem+json"]["schema"]
            assert problem == {"$ref": "#/components/schemas/Problem"}


def test_the_ways_to_log_in_are_said_with_their_addresses(schema: Any) -> None:
    asked = {address.pattern._regex.removeprefix("^").removesuffix("/?$") for address in log_in}
    said = set(re.findall(r"^\| `/api/auth/(.+?)` \|", schema["info"]["description"], re.MULTILINE))

    assert {address for address in asked if "callback" not in address} == said


def test_the_event_that_is_sent_has_the_fixed_names(schema: Any) -> None:
    names = list(schema["components"]["schemas"]["NewEventRequest"]["properties"])

    assert names[:3] == ["type", "occurred_on", "facts"]


def test_every_refusal_of_the_core_has_a_chinese_title() -> None:
    codes = {refusal.code for refusal in refusals_below(Refused)}

    assert {"step_not_allowed", "link_not_possible"} <= codes
    assert codes | set(STATUS_OF_REFUSAL) <= set(TITLES)


def refusals_below(refusal: type[Refused]) -> Iterator[type[Refused]]:
    for further in refusal.__subclasses__():
        yield further
        yield from refusals_below(further)


@pytest.mark.django_db
def test_the_schema_is_served(world: World, clerk: APIClient) -> None:
    answer = clerk.get("/api/v1/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})

    assert answer.status_code == 200
    assert "/api/v1/cases/" in json.loads(answer.content)["paths"]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["application/vnd.oai.openapi", "application/yaml"])
def test_it_is_served_in_yaml_under_either_name(clerk: APIClient, form: str) -> None:
    answer = clerk.get("/api/v1/schema/", headers={"Accept": form})

    assert answer.headers["Content-Type"].partition(";")[0] == form
    assert answer.content.startswith(b"openapi: 3.1.1\n")


@pytest.mark.django_db
def test_whoever_asks_and_however_is_sent_what_the_command_writes(
    clerk: APIClient, outsider: APIClient, schema: Any
) -> None:
    of_clerk = clerk.get("/api/v1/schema/?lang=en&version=9", headers={"Accept": "application/json"})
    of_outsider = outsider.get("/api/v1/schema/", headers={"Accept": "application/json", "Accept-Language": "en"})

    assert json.loads(of_clerk.content) == json.loads(of_outsider.content) == schema


@pytest.mark.django_db
def test_it_is_made_once_and_who_may_not_read_is_refused_all_the_same(
    clerk: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clerk.get("/api/v1/schema/")
    monkeypatch.setattr("api.contract.SchemaGenerator", None)

    again, refused = clerk.get("/api/v1/schema/"), APIClient().get("/api/v1/schema/")

    assert again.content == first.content
    assert refused.status_code == 401


def test_the_file_of_a_job_may_not_be_there_yet_or_any_more(schema: Any) -> None:
    for address in ("/api/v1/exports/{id}/file/", "/api/v1/imports/{id}/errors/", "/api/v1/reports/check/{id}/file/"):
        assert {"200", "409", "410"} <= set(schema["paths"][address]["get"]["responses"])
