"""Keeping the registers through the API: entered, changed, ended by a date; never removed, and always in the log.

Mediators and trainings have tests/api/test_keeping_people.py.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, User
from casetrack.organizations.models import Mediator, Organization, Region, Role, Training
from tests.api.conftest import CITY, EAST, FAR, WEST, World, member

pytestmark = pytest.mark.django_db

ORGANIZATIONS, MEDIATORS, TRAININGS = "/api/v1/organizations/", "/api/v1/mediators/", "/api/v1/trainings/"
TOWN = "620503101000"
COMMITTEE = {"name": "石佛镇调委会", "kind": "mediation_committee", "committee_kind": "township", "region": TOWN}
ANY = {"If-Match": "*"}


def audited() -> list[tuple[Any, ...]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "region_code", "organization_id", "details"))


def test_a_committee_is_entered_in_the_register_of_its_county(world: World, supervisor: APIClient) -> None:
    answer = supervisor.post(ORGANIZATIONS, {**COMMITTEE, "active_from": "2024-05-01"})

    assert answer.status_code == 201
    made = answer.json()
    assert (made["region"], made["county"], made["active_from"]) == (TOWN, EAST, "2024-05-01")
    assert Region.objects.get(pk=TOWN).level == "township"
    assert supervisor.get(answer.headers["Location"]).headers["ETag"] == answer.headers["ETag"]
    ((action, region, organization, details),) = audited()
    assert (action, region, organization) == ("create", TOWN, made["id"])
    assert details["fields"] == ["active_from", "committee_kind", "kind", "name", "region"]


def test_a_room_belongs_to_a_committee_of_its_county(world: World, supervisor: APIClient) -> None:
    room = {"name": "驻法院调解室", "kind": "mediation_room", "region": EAST}

    made = supervisor.post(ORGANIZATIONS, {**room, "parent": world.east.pk})
    elsewhere = supervisor.post(ORGANIZATIONS, {**room, "name": "另一调解室", "parent": world.west.pk})
    no_room = supervisor.post(ORGANIZATIONS, {**COMMITTEE, "parent": world.east.pk})

    assert (made.status_code, made.json()["parent"]) == (201, world.east.pk)
    assert [list(answer.json()["errors"]) for answer in (elsewhere, no_room)] == [["parent"], ["parent"]]


@pytest.mark.parametrize(
    ("changed", "status", "named"),
    [
        ({"name": "麦积区道北街道 人民调解委员会"}, 409, None),
        ({"committee_kind": ""}, 422, "committee_kind"),
        ({"kind": "petition_office"}, 422, "committee_kind"),
        ({"kind": "club"}, 422, "kind"),
        ({"region": "620503000001"}, 422, "region"),
        ({"region": "x"}, 422, "region"),
        ({"name": " "}, 422, "name"),
        ({"parent": 999_999}, 422, "parent"),
        ({"active_from": "2024-02-30"}, 422, "active_from"),
    ],
)
def test_an_organization_that_can_not_be_is_refused(
    world: World, supervisor: APIClient, changed: dict[str, Any], status: int, named: str | None
) -> None:
    answer = supervisor.post(ORGANIZATIONS, {**COMMITTEE, **changed})

    assert answer.status_code == status
    assert list(answer.json().get("errors", {})) == ([named] if named else [])
    assert Organization.objects.count() == 2
    assert audited() == []


def test_a_committee_is_renamed_and_dissolved_based_on_what_was_read(world: World, supervisor: APIClient) -> None:
    address = f"{ORGANIZATIONS}{world.east.pk}/"
    read = {"If-Match": supervisor.get(address).headers["ETag"]}

    unsaid = supervisor.patch(address, {"name": "道北调委会"})
    renamed = supervisor.patch(address, {"name": "道北调委会"}, headers=read)
    stale = supervisor.patch(address, {"name": "道北人民调委会"}, headers=read)
    ended = supervisor.patch(address, {"active_to": "2024-05-01"}, headers={"If-Match": renamed.headers["ETag"]})

    assert [answer.status_code for answer in (unsaid, renamed, stale, ended)] == [428, 200, 412, 200]
    assert stale.json()["code"] == "version_passed"
    assert (ended.json()["name"], ended.json()["active_to"]) == ("道北调委会", "2024-05-01")
    assert [details["fields"] for *_, details in audited()] == [["name"], ["active_to"]]
    assert supervisor.get(f"{ORGANIZATIONS}?active_on=2024-05-01&under={EAST}").json()["results"] == []


def test_what_a_register_has_read_in_changes_the_version_too(world: World, supervisor: APIClient) -> None:
    address = f"{ORGANIZATIONS}{world.east.pk}/"
    read = {"If-Match": supervisor.get(address).headers["ETag"]}
    Organization.objects.filter(pk=world.east.pk).update(active_from=date(2011, 1, 1))

    assert supervisor.patch(address, {"name": "道北调委会"}, headers=read).status_code == 412


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"active_from": "2024-05-01", "active_to": "2024-05-01"}, "active_to"),
        ({"kind": "petition_office"}, "kind"),
        ({"region": WEST}, "moved_on"),
        ({"region": "620503000001", "moved_on": "2024-05-01"}, "region"),
        ({"moved_on": "2024-05-01"}, "region"),
        ({"committee_kind": "club"}, "committee_kind"),
        ({"name": ""}, "name"),
        ({}, "non_field_errors"),
    ],
)
def test_a_change_that_can_not_be_is_refused(
    world: World, supervisor: APIClient, changes: dict[str, Any], named: str
) -> None:
    answer = supervisor.patch(f"{ORGANIZATIONS}{world.east.pk}/", changes, headers=ANY)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_an_organization_moves_and_says_where_it_lay(world: World, supervisor: APIClient) -> None:
    address = f"{ORGANIZATIONS}{world.east.pk}/"

    moved = supervisor.patch(address, {"region": WEST, "moved_on": "2024-05-01"}, headers=ANY)

    assert moved.status_code == 200
    assert (moved.json()["region"], moved.json()["county"], moved.json()["settled_on"]) == (WEST, WEST, "2024-05-01")
    assert moved.json()["former_regions"] == [{"region": EAST, "since": None, "until": "2024-05-01"}]
    assert supervisor.get(address).json() == moved.json()
    assert [entry[0] for entry in audited()] == ["change", "change"]


def test_nobody_moves_an_organization_to_where_they_keep_no_register(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    keeper = client_of(member("keeper", Role.SUPERVISOR, region_id=EAST))
    moving = {"region": WEST, "moved_on": "2024-05-01"}

    assert keeper.patch(f"{ORGANIZATIONS}{world.east.pk}/", moving, headers=ANY).status_code == 403
    assert Organization.objects.get(pk=world.east.pk).region_id == EAST


@pytest.fixture
def changes(world: World, mediator: Mediator, training: Training) -> list[tuple[str, str, dict[str, Any]]]:
    """Every way to change a register of the east district."""
    course = {"region": EAST, "held_on": "2024-04-02", "name": "培训", "attendance": 1}
    return [
        ("post", ORGANIZATIONS, {**COMMITTEE}),
        ("patch", f"{ORGANIZATIONS}{world.east.pk}/", {"name": "改名"}),
        ("post", MEDIATORS, {"organization": world.east.pk, "name": "赵兰"}),
        ("patch", f"{MEDIATORS}{mediator.pk}/", {"name": "改名"}),
        ("post", TRAININGS, course),
        ("patch", f"{TRAININGS}{training.pk}/", {"name": "改名"}),
    ]


Changes = list[tuple[str, str, dict[str, Any]]]


@pytest.mark.parametrize("role", [Role.CLERK, Role.HANDLER, Role.STATISTICIAN, Role.AUDITOR])
def test_who_does_not_keep_registers_changes_none(
    changes: Changes, client_of: Callable[[User], APIClient], role: Role
) -> None:
    caller = client_of(member("someone", role, region_id=CITY))

    for method, address, body in changes:
        answer = getattr(caller, method)(address, body, headers=ANY)
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_sufficient"), address


def test_who_keeps_registers_elsewhere_changes_none_here(changes: Changes, outsider: APIClient) -> None:
    found = {
        (method, address): getattr(outsider, method)(address, body, headers=ANY) for method, address, body in changes
    }

    assert {answer.status_code for (method, _), answer in found.items() if method == "patch"} == {404}
    assert {answer.status_code for (method, _), answer in found.items() if method == "post"} == {403, 422}
    assert audited() == []
    assert not Region.objects.filter(pk=TOWN).exists()


def test_who_keeps_the_register_of_one_office_enters_no_other(
    changes: Changes, world: World, client_of: Callable[[User], APIClient]
) -> None:
    keeper = client_of(member("keeper", Role.SUPERVISOR, organization=world.east))

    found = [getattr(keeper, method)(address, body, headers=ANY).status_code for method, address, body in changes]

    assert found == [403, 200, 201, 200, 403, 404]


def test_seeing_here_and_keeping_elsewhere_is_not_keeping_here(
    changes: Changes, client_of: Callable[[User], APIClient]
) -> None:
    user = member("someone", Role.STATISTICIAN, region_id=CITY)
    user.memberships.create(role=Role.SUPERVISOR, region_id=FAR)
    caller = client_of(user)

    found = {getattr(caller, method)(address, body, headers=ANY).status_code for method, address, body in changes}

    assert found == {403}


def test_nothing_is_removed_from_a_register(changes: Changes, supervisor: APIClient) -> None:
    for _, address, _ in changes:
        assert supervisor.delete(address).status_code == 405
