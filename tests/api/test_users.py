"""/users/: accounts opened, renamed and closed by whoever looks after them, and by nobody else."""

from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, Token, User
from casetrack.organizations.models import Role
from tests.api.browsing import Browser, with_password
from tests.api.conftest import CITY, EAST, FAR, WEST, World, member
from tests.api.keepers import ANY, USERS, Clients, audited, of_city, of_east

pytestmark = pytest.mark.django_db

CASES, PASSWORD = "/api/v1/cases/", "/api/auth/password"
NEWCOMER: dict[str, Any] = {
    "username": "lihua",
    "full_name": "李华",
    "membership": {"role": "clerk", "region": EAST},
}


@pytest.fixture
def keeper(world: World, client_of: Clients) -> APIClient:
    return of_east(client_of)


def test_a_new_account_comes_with_a_password_for_one_use(keeper: APIClient) -> None:
    answer = keeper.post(USERS, NEWCOMER)
    made = answer.json()
    browser = Browser()
    logged_in = browser.log_in("lihua", made["password"])
    before = browser.get(CASES)
    own = {"current_password": made["password"], "new_password": "x9-huangtu-po"}
    changed = browser.send("post", PASSWORD, own)

    assert (answer.status_code, made["full_name"], made["active"]) == (201, "李华", True)
    assert [(row["role"], row["region"]) for row in made["memberships"]] == [("clerk", EAST)]
    assert "password" not in keeper.get(answer.headers["Location"]).json()
    assert (logged_in.status_code, before.status_code, changed.status_code) == (200, 403, 200)
    assert before.json()["code"] == "password_change_required"
    assert browser.get(CASES).status_code == 200


def test_a_password_for_one_use_that_nobody_used_in_time_opens_nothing(keeper: APIClient) -> None:
    password = keeper.post(USERS, NEWCOMER).json()["password"]
    User.objects.filter(username="lihua").update(password_until=timezone.now())

    assert Browser().log_in("lihua", password).status_code == 422


def test_a_service_account_has_no_password(keeper: APIClient) -> None:
    made = keeper.post(USERS, {**NEWCOMER, "service": True}).json()
    token = keeper.post("/api/v1/tokens/", {"name": "平台", "scopes": ["read"], "days": 30, "user": made["id"]})
    program = APIClient(headers={"Authorization": f"Bearer {token.json()['secret']}"})

    assert (made["service"], made["password"]) == (True, None)
    assert program.get(CASES).status_code == 200


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"username": "CLERK-EAST"}, 409, "username_taken"),
        ({"username": "a b"}, 422, "fields_not_valid"),
        ({"full_name": ""}, 422, "fields_not_valid"),
        ({"membership": {"role": "clerk"}}, 422, "membership_not_valid"),
        ({"membership": {"role": "chief", "region": EAST}}, 422, "fields_not_valid"),
        ({"membership": {"role": "clerk", "region": "620599"}}, 422, "fields_not_valid"),
        ({"membership": {"role": "clerk", "region": EAST, "kinds": ["gossip"]}}, 422, "fields_not_valid"),
        ({"membership": {"role": "administrator", "region": EAST}, "service": True}, 422, "membership_not_valid"),
        ({"membership": {"role": "administrator", "region": CITY}}, 403, "grant_too_wide"),
        ({"membership": {"role": "clerk", "region": WEST}}, 403, "grant_too_wide"),
        ({"membership": {"role": "clerk", "region": EAST, "cleared": True}}, 403, "grant_too_wide"),
    ],
)
def test_an_account_that_may_not_be_is_not_opened(
    keeper: APIClient, changed: dict[str, Any], status: int, code: str
) -> None:
    before = User.objects.count()

    answer = keeper.post(USERS, {**NEWCOMER, **changed})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert User.objects.count() == before
    assert audited() == []


def test_opening_is_in_the_audit_log_without_password_or_name(keeper: APIClient) -> None:
    made = keeper.post(USERS, NEWCOMER).json()

    (entry,) = AuditEntry.objects.all()

    assert (entry.action, str(entry.actor), entry.region_code) == ("create", "keeper-east", EAST)
    assert entry.details == {
        "user": made["id"],
        "service": False,
        "membership": made["memberships"][0]["id"],
        "after": {"role": "clerk", "region": EAST, "organization": None, "kinds": [], "cleared": False},
    }


def test_an_administrator_sees_who_works_in_the_place_and_nowhere_beyond(world: World, keeper: APIClient) -> None:
    member("commuter", Role.CLERK, region_id=EAST).memberships.create(role=Role.CLERK, region_id=WEST)

    listed = {row["username"] for row in keeper.get(USERS).json()["results"]}

    assert listed == {"keeper-east", "clerk-east"}
    assert keeper.get(f"{USERS}{world.clerk_west.pk}/").status_code == 404


def test_everyone_sees_the_own_account(world: World, clerk: APIClient) -> None:
    (own,) = clerk.get(USERS).json()["results"]

    assert (own["username"], own["memberships"][0]["organization"]) == ("clerk-east", world.east.pk)
    assert clerk.patch(f"{USERS}{own['id']}/", {"full_name": "我"}, headers=ANY).json()["code"] == "role_not_sufficient"


def test_lists_are_narrowed_by_name_role_place_and_state(world: World, client_of: Clients) -> None:
    city = of_city(client_of)
    User.objects.filter(username="clerk-west").update(is_active=False)

    def found(query: str) -> set[str]:
        return {row["username"] for row in city.get(f"{USERS}?{query}").json()["results"]}

    assert found("search=EAST") == {"clerk-east"}
    assert found("role=statistician") == {"statistician"}
    assert found(f"under={WEST}") == {"clerk-west"}
    assert found("active=false") == {"clerk-west"}
    assert found("service=true") == set()


def test_who_is_closed_out_is_out_at_once_and_for_good(world: World, keeper: APIClient, clerk: APIClient) -> None:
    browser = Browser()
    with_password(world.clerk_east)
    browser.log_in("clerk-east")
    address = f"{USERS}{world.clerk_east.pk}/"

    closed = keeper.patch(address, {"active": False}, headers=ANY)
    after = [browser.get(CASES).status_code, clerk.get(CASES).status_code, Browser().log_in("clerk-east").status_code]
    opened = keeper.patch(address, {"active": True}, headers={"If-Match": closed.headers["ETag"]})

    assert (closed.status_code, closed.json()["active"]) == (200, False)
    assert after == [401, 401, 422]
    assert (opened.status_code, opened.json()["active"]) == (200, True)
    assert [browser.get(CASES).status_code, clerk.get(CASES).status_code] == [401, 401]
    assert Token.objects.filter(user=world.clerk_east, revoked_at=None).count() == 0
    assert [line for line in audited() if line[0] in ("access_ended", "change")] == [
        ("access_ended", {"user": world.clerk_east.pk, "tokens": 1}),
        (
            "change",
            {
                "user": world.clerk_east.pk,
                "fields": ["is_active"],
                "before": {"is_active": True},
                "after": {"is_active": False},
            },
        ),
        (
            "change",
            {
                "user": world.clerk_east.pk,
                "fields": ["is_active"],
                "before": {"is_active": False},
                "after": {"is_active": True},
            },
        ),
    ]


def test_a_change_names_the_version_it_is_based_on_and_a_log_in_is_no_change(world: World, keeper: APIClient) -> None:
    address = f"{USERS}{world.clerk_east.pk}/"
    read = {"If-Match": keeper.get(address).headers["ETag"]}
    User.objects.filter(pk=world.clerk_east.pk).update(last_login=timezone.now())

    renamed = keeper.patch(address, {"full_name": "王芳"}, headers=read)
    stale = keeper.patch(address, {"full_name": "王方"}, headers=read)

    assert (renamed.status_code, renamed.json()["full_name"]) == (200, "王芳")
    assert (stale.status_code, keeper.patch(address, {"full_name": "王方"}).status_code) == (412, 428)
    assert audited()[-1][1] == {"user": world.clerk_east.pk, "fields": ["display_name"], "before": {}, "after": {}}


def test_nobody_changes_the_own_account(world: World, keeper: APIClient) -> None:
    own = User.objects.get(username="keeper-east")

    answer = keeper.patch(f"{USERS}{own.pk}/", {"active": False}, headers=ANY)

    assert (answer.status_code, answer.json()["code"]) == (403, "own_account")


def test_a_token_needs_its_scope_to_manage_accounts(world: World) -> None:
    keeper = member("keeper-east", Role.ADMINISTRATOR, region_id=EAST)
    _, secret = Token.issue(user=keeper, name="窄", now=timezone.now(), expires_at=None, scopes=["read", "write"])
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    assert program.post(USERS, NEWCOMER).json()["code"] == "token_scope_missing"


def test_an_administrator_of_one_kind_makes_nobody_of_all_kinds(world: World, client_of: Clients) -> None:
    keeper = of_east(client_of, kinds=["petition"])
    seat = NEWCOMER["membership"]

    wide = keeper.post(USERS, NEWCOMER)
    narrow = keeper.post(USERS, {**NEWCOMER, "membership": {**seat, "kinds": ["petition"]}})

    assert (wide.status_code, narrow.status_code) == (403, 201)


def test_an_administrator_elsewhere_opens_nothing_here(outsider: APIClient) -> None:
    assert outsider.post(USERS, NEWCOMER).json()["code"] == "grant_too_wide"
    assert outsider.post(USERS, {**NEWCOMER, "membership": {"role": "clerk", "region": FAR}}).status_code == 201
