"""Keeping mediators and trainings through the API: who serves where and until when, and what they were taught."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.organizations.models import Mediator, Training
from tests.api.conftest import EAST, World
from tests.api.test_keeping_registers import ANY, MEDIATORS, ORGANIZATIONS, TOWN, TRAININGS, audited

pytestmark = pytest.mark.django_db


def test_a_mediator_is_entered_changed_and_leaves(world: World, supervisor: APIClient) -> None:
    asked = {"organization": world.east.pk, "name": "赵兰", "sex": "female", "phone": "13700001111"}

    made = supervisor.post(MEDIATORS, asked)
    address = made.headers["Location"]
    moved = supervisor.patch(address, {"phone": "13700002222"}, headers={"If-Match": made.headers["ETag"]})
    left = supervisor.patch(address, {"active_to": "2024-05-01"}, headers={"If-Match": moved.headers["ETag"]})

    assert [answer.status_code for answer in (made, moved, left)] == [201, 200, 200]
    assert (made.json()["phone"], moved.json()["phone"]) == ("137****1111", "137****2222")
    assert supervisor.get(f"{MEDIATORS}?serving_on=2024-05-01").json()["results"] == []
    assert [details["fields"] for *_, details in audited()] == [
        ["name", "organization", "phone", "sex"],
        ["phone"],
        ["active_to"],
    ]
    assert "137" not in str(audited())


def test_two_of_one_name_are_told_apart_by_their_telephones(world: World, supervisor: APIClient) -> None:
    asked = {"organization": world.east.pk, "name": "王敏"}

    found = [
        supervisor.post(MEDIATORS, {**asked, "phone": phone}).status_code
        for phone in ("13900001111", "139-0000-1111", "", "13900002222")
    ]

    assert found == [201, 409, 409, 201]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"phone": "139****1111"}, "phone"),
        ({"active_from": "2024-05-01", "active_to": "2024-04-01"}, "active_to"),
        ({"sex": "other"}, "sex"),
        ({"organization": 1}, "organization"),
    ],
)
def test_a_mediator_that_can_not_be_is_refused(
    mediator: Mediator, supervisor: APIClient, changes: dict[str, Any], named: str
) -> None:
    answer = supervisor.patch(f"{MEDIATORS}{mediator.pk}/", changes, headers=ANY)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_an_office_has_no_mediators(world: World, supervisor: APIClient) -> None:
    office = supervisor.post(ORGANIZATIONS, {"name": "麦积区信访局", "kind": "petition_office", "region": EAST}).json()

    answer = supervisor.post(MEDIATORS, {"organization": office["id"], "name": "赵兰"})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["organization"])


def test_the_telephone_of_a_mediator_is_shown_for_a_purpose(
    mediator: Mediator, clerk: APIClient, world: World, client_of: Callable[[User], APIClient]
) -> None:
    address, purpose = f"{MEDIATORS}{mediator.pk}/", {"purpose": "通知参加培训"}

    assert clerk.get(address).json()["phone"] == "139****1111"
    assert audited() == []
    assert clerk.get(address, purpose).json()["phone"] == "13900001111"
    assert client_of(world.statistician).get(address, purpose).status_code == 403
    assert clerk.get(address, {"purpose": "x"}).status_code == 400
    assert audited() == [
        ("read_personal", EAST, world.east.pk, {"mediator": mediator.pk, "fields": ["phone"]}),
    ]


def test_a_training_is_entered_once_and_changed(world: World, supervisor: APIClient) -> None:
    asked = {"region": EAST, "held_on": "2024-04-02", "name": "新任调解员培训", "attendance": 12}

    made, again = supervisor.post(TRAININGS, asked), supervisor.post(TRAININGS, {**asked, "name": "新任调解员 培训"})
    address = made.headers["Location"]
    changed = supervisor.patch(address, {"attendance": 14}, headers={"If-Match": made.headers["ETag"]})

    assert [answer.status_code for answer in (made, again, changed)] == [201, 409, 200]
    assert Training.objects.get().attendance == 14
    assert [details["fields"] for *_, details in audited()] == [
        ["attendance", "held_on", "name", "region"],
        ["attendance"],
    ]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"held_on": "2999-01-01"}, "held_on"),
        ({"attendance": -1}, "attendance"),
        ({"attendance": 10**30}, "attendance"),
        ({"region": TOWN}, "region"),
        ({"name": ""}, "name"),
    ],
)
def test_a_training_that_can_not_be_is_refused(
    world: World, supervisor: APIClient, changed: dict[str, Any], named: str
) -> None:
    asked = {"region": EAST, "held_on": "2024-04-02", "name": "新任调解员培训", "attendance": 12}

    answer = supervisor.post(TRAININGS, {**asked, **changed})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])
