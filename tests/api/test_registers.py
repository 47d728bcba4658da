"""Regions, organizations, mediators, trainings and kinds through the API."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.kinds import KINDS
from casetrack.organizations.models import Mediator, Training
from tests.api.conftest import CITY, EAST, World

pytestmark = pytest.mark.django_db


def names(answer: Any, field: str = "name") -> list[str]:
    return [row[field] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=麦积", ["麦积区"]),
        ("search=6205", ["天水市", "秦州区", "麦积区"]),
        (f"under={CITY}&level=county", ["秦州区", "麦积区"]),
        ("under=11", ["北京市"]),
    ],
)
def test_regions_are_found_by_name_code_and_place(world: World, clerk: APIClient, query: str, found: list[str]) -> None:
    assert names(clerk.get(f"/api/v1/regions/?{query}")) == found


def test_a_region_names_the_one_above(world: World, clerk: APIClient) -> None:
    region = clerk.get(f"/api/v1/regions/{EAST}/").json()

    assert region == {"code": EAST, "name": "麦积区", "level": "county", "parent": CITY}


def test_a_region_that_is_not_there_is_a_404(world: World, clerk: APIClient) -> None:
    assert clerk.get("/api/v1/regions/999999999999/").status_code == 404


def test_organizations_are_narrowed(world: World, supervisor: APIClient) -> None:
    addresses = {
        "": 2,
        "?search=道北": 1,
        "?kind=petition_office": 0,
        "?committee_kind=township": 2,
        f"?under={EAST}": 1,
        "?active_on=2024-01-01": 2,
    }

    found = {query: len(names(supervisor.get(f"/api/v1/organizations/{query}"))) for query in addresses}

    assert found == addresses


def test_the_telephone_of_a_mediator_is_masked(mediator: Mediator, clerk: APIClient) -> None:
    shown = clerk.get(f"/api/v1/mediators/{mediator.pk}/").json()

    assert (shown["name"], shown["phone"]) == ("王敏", "139****1111")
    assert names(clerk.get("/api/v1/mediators/?search=王&full_time=false&serving_on=2024-01-01")) == ["王敏"]


def test_trainings_belong_to_regions(training: Training, supervisor: APIClient) -> None:
    assert names(supervisor.get("/api/v1/trainings/?held_from=2024-04-01&held_to=2024-04-30")) == ["业务培训"]
    assert names(supervisor.get("/api/v1/trainings/?held_from=2024-05-01")) == []


def test_every_kind_is_declared_with_its_lifecycle(world: World, clerk: APIClient) -> None:
    page = clerk.get("/api/v1/kinds/").json()

    assert [kind["code"] for kind in page["results"]] == list(KINDS)
    petition = clerk.get("/api/v1/kinds/petition/").json()
    accept = next(step for step in petition["steps"] if step["name"] == "accept")
    assert (accept["label"], accept["sources"], accept["target"]) == (
        "受理",
        ["registered", "forwarded", "assigned"],
        "accepted",
    )
    assert "petition.conclude" in accept["starts"]
    assert "信访工作条例" in accept["basis"]
    channel = next(field for field in petition["fields"] if field["name"] == "channel")
    assert (channel["label"], channel["type"], channel["dimension"]) == ("信访形式", "choice", True)
    assert {"code": "letter", "label": "来信"} in channel["choices"]
    assert petition["opening"] == "register"
    assert clerk.get("/api/v1/kinds/quarrel/").status_code == 404
