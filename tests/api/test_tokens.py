"""/tokens/: issued for oneself or a service account, shown once, never broader than what issued them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, Token, User
from casetrack.organizations.models import Membership, Role
from tests.api.conftest import CITY, EAST, World, member

pytestmark = pytest.mark.django_db

TOKENS = "/api/v1/tokens/"
PLATFORM = {"name": "县热线平台", "scopes": ["read", "write"], "days": 30}


@pytest.fixture
def administrator(world: World, client_of: Callable[[User], APIClient]) -> APIClient:
    return client_of(member("administrator", Role.ADMINISTRATOR, region_id=EAST))


@pytest.fixture
def hotline(world: World) -> User:
    """A service account of the east district."""
    user = User.objects.create_user("hotline", display_name="县热线平台", is_service=True)
    Membership.objects.create(user=user, role=Role.CLERK, region_id=EAST)
    return user


def test_an_issued_token_works_and_its_secret_is_shown_once(clerk: APIClient) -> None:
    answer = clerk.post(TOKENS, PLATFORM)
    issued = answer.json()
    program = APIClient(headers={"Authorization": f"Bearer {issued['secret']}"})

    assert (answer.status_code, issued["scopes"], issued["username"]) == (201, ["read", "write"], "clerk-east")
    assert program.get("/api/v1/cases/").status_code == 200
    assert "secret" not in clerk.get(f"{TOKENS}{issued['id']}/").json()


def test_a_revoked_token_ends_at_once(clerk: APIClient) -> None:
    issued = clerk.post(TOKENS, PLATFORM).json()
    program = APIClient(headers={"Authorization": f"Bearer {issued['secret']}"})

    revoked = clerk.delete(f"{TOKENS}{issued['id']}/")

    assert revoked.status_code == 204
    assert program.get("/api/v1/cases/").status_code == 401


def test_issuing_and_revoking_are_in_the_audit_log_without_the_secret(world: World, clerk: APIClient) -> None:
    issued = clerk.post(TOKENS, PLATFORM).json()
    clerk.delete(f"{TOKENS}{issued['id']}/")
    clerk.delete(f"{TOKENS}{issued['id']}/")

    given, taken = AuditEntry.objects.order_by("pk")

    assert (given.action, given.actor, given.details["token"]) == (
        Action.TOKEN_ISSUED,
        world.clerk_east,
        issued["id"],
    )
    assert (taken.action, taken.details) == (
        Action.TOKEN_REVOKED,
        {"token": issued["id"], "user": world.clerk_east.pk},
    )
    assert issued["secret"] not in str(given.details)


def test_a_session_may_issue_a_token(world: World) -> None:
    browser = APIClient()
    browser.force_login(world.clerk_east)

    assert browser.post(TOKENS, PLATFORM).status_code == 201


def test_a_token_issues_none_that_may_do_more(world: World) -> None:
    _, secret = Token.issue(
        user=world.clerk_east, name="狭", now=timezone.now(), expires_at=None, scopes=["read", "tokens"]
    )
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    answer = program.post(TOKENS, PLATFORM)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["scopes"])
    assert program.post(TOKENS, {**PLATFORM, "scopes": ["read"]}).status_code == 201


def test_a_token_issues_none_that_lives_longer(world: World) -> None:
    now = timezone.now()
    _, secret = Token.issue(user=world.clerk_east, name="短", now=now, expires_at=now + timedelta(days=7))
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    answer = program.post(TOKENS, PLATFORM)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["days"])


def test_an_administrator_issues_for_a_service_account_of_the_place(administrator: APIClient, hotline: User) -> None:
    answer = administrator.post(TOKENS, {**PLATFORM, "user": hotline.pk})

    assert (answer.status_code, answer.json()["username"]) == (201, "hotline")


def test_nobody_issues_a_token_for_another_person(world: World, administrator: APIClient) -> None:
    answer = administrator.post(TOKENS, {**PLATFORM, "user": world.clerk_east.pk})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["user"])


def test_a_clerk_issues_none_for_a_service_account(clerk: APIClient, hotline: User) -> None:
    assert clerk.post(TOKENS, {**PLATFORM, "user": hotline.pk}).status_code == 422


def test_an_administrator_revokes_the_token_of_a_user_of_the_place(
    world: World, administrator: APIClient, clerk: APIClient
) -> None:
    issued = clerk.post(TOKENS, PLATFORM).json()

    assert administrator.delete(f"{TOKENS}{issued['id']}/").status_code == 204


def test_who_also_works_beyond_the_place_is_not_looked_after_there(
    world: World, administrator: APIClient, clerk: APIClient
) -> None:
    issued = clerk.post(TOKENS, PLATFORM).json()
    Membership.objects.create(user=world.clerk_east, role=Role.CLERK, region_id=CITY)

    assert administrator.get(f"{TOKENS}{issued['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes.0"),
        ({"days": 0}, "days"),
        ({"days": 10000}, "days"),
        ({"name": ""}, "name"),
    ],
)
def test_what_can_not_be_is_refused_by_field(clerk: APIClient, changed: dict[str, object], field: str) -> None:
    answer = clerk.post(TOKENS, {**PLATFORM, **changed})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
