"""/memberships/: given, changed and taken back within what the administrator holds, and never to oneself."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.models import Case
from casetrack.organizations.models import Membership, Organization, OrganizationKind, Role
from tests.api.conftest import CITY, EAST, WEST, World, member
from tests.api.keepers import ANY, MEMBERSHIPS, Clients, audited, keeper, of_city, of_east, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(world: World, client_of: Clients) -> APIClient:
    return of_city(client_of)


@pytest.fixture
def east(world: World, client_of: Clients) -> APIClient:
    return of_east(client_of)


def asked(user: User, **more: Any) -> dict[str, Any]:
    return {"user": user.pk, "role": "clerk", **more}


def test_a_membership_opens_at_once_and_closes_at_once(
    world: World, city: APIClient, dispute: Case, client_of: Clients
) -> None:
    clerk, case = client_of(world.clerk_west), f"/api/v1/cases/{dispute.pk}/"
    before = clerk.get(case).status_code

    given = city.post(MEMBERSHIPS, asked(world.clerk_west, organization=world.east.pk, kinds=["mediation"]))
    opened = clerk.get(case).status_code
    taken = city.delete(given.headers["Location"], headers={"If-Match": given.headers["ETag"]})

    assert (given.status_code, given.json()["organization"], given.json()["kinds"]) == (
        201,
        world.east.pk,
        ["mediation"],
    )
    assert (before, opened, taken.status_code, clerk.get(case).status_code) == (404, 200, 204, 404)


def test_each_change_is_in_the_log_with_before_and_after(world: World, city: APIClient) -> None:
    address = f"{MEMBERSHIPS}{seat('clerk-east').pk}/"
    keeper = User.objects.get(username="keeper-city")
    before: dict[str, Any] = {"role": "clerk", "region": None, "kinds": []}

    city.patch(address, {"role": "handler", "kinds": ["mediation"]}, headers=ANY)

    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.actor, entry.organization_id) == ("change", keeper, world.east.pk)
    assert entry.details["before"] == {**before, "organization": world.east.pk, "cleared": False}
    assert entry.details["after"] == {**entry.details["before"], "role": "handler", "kinds": ["mediation"]}
    assert entry.details["user"] == world.clerk_east.pk


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"region": EAST}, 201, None),
        ({"region": EAST, "role": "administrator"}, 201, None),
        ({"region": EAST, "role": "auditor"}, 201, None),
        ({"region": CITY}, 403, "grant_too_wide"),
        ({"region": "620000000000", "role": "administrator"}, 403, "grant_too_wide"),
        ({"region": EAST, "cleared": True}, 403, "grant_too_wide"),
        ({}, 422, "membership_not_valid"),
        ({"region": EAST, "organization": 0}, 422, "fields_not_valid"),
        ({"organization": 999_999}, 422, "fields_not_valid"),
    ],
)
def test_an_administrator_gives_what_lies_within_the_own_place(
    world: World, east: APIClient, more: dict[str, Any], status: int, code: str | None
) -> None:
    answer = east.post(MEMBERSHIPS, asked(world.clerk_east, **more))

    assert (answer.status_code, answer.json().get("code")) == (status, code)


def test_clearance_is_given_by_who_is_cleared(world: World, client_of: Clients) -> None:
    cleared = of_city(client_of, cleared=True)
    uncleared = keeper(client_of, "uncleared", CITY)
    address = f"{MEMBERSHIPS}{seat('clerk-east').pk}/"

    refused = uncleared.patch(address, {"cleared": True}, headers=ANY)
    given = cleared.patch(address, {"cleared": True}, headers=ANY)
    taken = uncleared.patch(address, {"cleared": False}, headers=ANY)

    assert [answer.status_code for answer in (refused, given, taken)] == [403, 200, 200]


def test_clearance_of_one_kind_clears_for_no_other(world: World, client_of: Clients) -> None:
    city = of_city(client_of, kinds=["petition"], cleared=True)
    Membership.objects.create(
        user=User.objects.get(username="keeper-city"), role=Role.ADMINISTRATOR, region_id=CITY, kinds=["mediation"]
    )
    address = f"{MEMBERSHIPS}{seat('clerk-east').pk}/"

    both = city.patch(address, {"kinds": ["mediation", "petition"], "cleared": True}, headers=ANY)
    one = city.patch(address, {"kinds": ["petition"], "cleared": True}, headers=ANY)

    assert (both.status_code, one.status_code) == (403, 200)


def test_a_room_that_lies_beyond_the_place_is_not_given_with_its_committee(
    world: World, client_of: Clients, east: APIClient
) -> None:
    Organization.objects.create(
        region_id=WEST, county_id=EAST, name="驻法院调解室", kind=OrganizationKind.MEDIATION_ROOM, parent=world.east
    )
    newcomer = member("newcomer", Role.CLERK, region_id=EAST)

    answer = east.post(MEMBERSHIPS, asked(newcomer, organization=world.east.pk))

    assert answer.json()["code"] == "grant_too_wide"


def test_nobody_raises_the_own_rights(world: World, city: APIClient) -> None:
    own = seat("keeper-city")
    address = f"{MEMBERSHIPS}{own.pk}/"

    answers = (
        city.post(MEMBERSHIPS, asked(own.user, role="auditor", region=EAST)),
        city.patch(address, {"cleared": True}, headers=ANY),
        city.delete(address, headers=ANY),
    )

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "own_account")] * 3
    assert audited() == []


def test_what_lies_elsewhere_is_not_there(world: World, east: APIClient) -> None:
    address = f"{MEMBERSHIPS}{seat('clerk-west').pk}/"

    assert east.get(address).status_code == 404
    assert east.patch(address, {"role": "handler"}, headers=ANY).status_code == 404
    assert east.delete(address, headers=ANY).status_code == 404
    assert list(east.post(MEMBERSHIPS, asked(world.clerk_west, region=EAST)).json()["errors"]) == ["user"]


def test_a_clerk_gives_nothing(world: World, clerk: APIClient) -> None:
    own = f"{MEMBERSHIPS}{seat('clerk-east').pk}/"

    answers = (
        clerk.post(MEMBERSHIPS, asked(world.clerk_east, region=EAST)),
        clerk.patch(own, {"role": "supervisor"}, headers=ANY),
        clerk.delete(own, headers=ANY),
    )

    assert [answer.json()["code"] for answer in answers] == ["role_not_sufficient"] * 3


def test_the_only_membership_stays_while_the_account_is_in_use(world: World, east: APIClient) -> None:
    answer = east.delete(f"{MEMBERSHIPS}{seat('clerk-east').pk}/", headers=ANY)

    assert (answer.status_code, answer.json()["code"]) == (409, "last_membership")


def test_the_same_role_in_the_same_place_is_held_once(world: World, east: APIClient) -> None:
    answer = east.post(MEMBERSHIPS, asked(world.clerk_east, organization=world.east.pk))

    assert (answer.status_code, answer.json()["code"]) == (409, "already_member")


def test_a_change_is_based_on_what_was_read(world: World, east: APIClient) -> None:
    address = f"{MEMBERSHIPS}{seat('clerk-east').pk}/"
    read = {"If-Match": east.get(address).headers["ETag"]}

    unsaid = east.patch(address, {"role": "handler"})
    done = east.patch(address, {"role": "handler"}, headers=read)
    stale = east.delete(address, headers=read)

    assert [answer.status_code for answer in (unsaid, done, stale)] == [428, 200, 412]


def test_lists_are_narrowed_by_user_role_place_and_clearance(world: World, city: APIClient) -> None:
    def found(query: str) -> set[int]:
        return {row["user"] for row in city.get(f"{MEMBERSHIPS}?{query}").json()["results"]}

    assert found(f"user={world.clerk_west.pk}") == {world.clerk_west.pk}
    assert found("role=statistician") == {world.statistician.pk}
    assert found(f"under={EAST}") == {world.clerk_east.pk}
    assert found(f"organization={world.west.pk}") == {world.clerk_west.pk}
    assert found("cleared=true") == set()
