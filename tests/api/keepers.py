"""Who administers in the tests of accounts: one of the east district, one of the city above it."""

from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, User
from casetrack.organizations.models import Membership, Role
from tests.api.conftest import CITY, EAST, member

USERS, MEMBERSHIPS = "/api/v1/users/", "/api/v1/memberships/"
ANY = {"If-Match": "*"}
Clients = Callable[[User], APIClient]


def keeper(clients: Clients, name: str, region: str, **more: Any) -> APIClient:
    """A client of an administrator of a region."""
    return clients(member(name, Role.ADMINISTRATOR, region_id=region, **more))


def of_east(clients: Clients, **more: Any) -> APIClient:
    return keeper(clients, "keeper-east", EAST, **more)


def of_city(clients: Clients, **more: Any) -> APIClient:
    return keeper(clients, "keeper-city", CITY, **more)


def seat(name: str) -> Membership:
    """The only membership of a user."""
    return Membership.objects.get(user__username=name)


def audited() -> list[tuple[str, dict[str, Any]]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "details"))
