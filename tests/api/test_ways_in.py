"""What an administrator does about the ways into an account: unlocked, given anew, ended. Each is in the audit log."""

import pytest
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.organizations.models import Role
from tests.api.browsing import PASSWORD, Browser, code_of, with_password
from tests.api.conftest import CITY, EAST, World, member
from tests.api.keepers import USERS, Clients, of_east, seat

pytestmark = pytest.mark.django_db

CASES, CODE = "/api/v1/cases/", "/api/auth/login/code"


@pytest.fixture
def keeper(world: World, client_of: Clients) -> APIClient:
    return of_east(client_of)


@pytest.fixture
def clerk_east(world: World) -> User:
    return with_password(world.clerk_east)


def asked_of(user: User, deed: str) -> str:
    return f"{USERS}{user.pk}/{deed}/"


def noted() -> list[str]:
    kept = AuditEntry.objects.exclude(action__in=(Action.LOG_IN, Action.LOG_IN_FAILED)).order_by("pk")
    return list(kept.values_list("action", flat=True))


def test_a_locked_out_account_is_unlocked_and_logs_in(keeper: APIClient, clerk_east: User) -> None:
    for _ in range(5):
        Browser(REMOTE_ADDR="192.0.2.7").log_in("Clerk-East", "wrong")
    locked = Browser().log_in("clerk-east")

    answer = keeper.post(asked_of(clerk_east, "unlock"))

    assert (locked.status_code, locked.json()["code"]) == (429, "locked_out")
    assert answer.status_code == 200
    assert Browser().log_in("clerk-east").status_code == 200
    assert noted() == [Action.LOCKED_OUT, Action.UNLOCKED]
    assert AuditEntry.objects.get(action=Action.UNLOCKED).region_code == EAST


def test_unlocking_gives_as_many_tries_as_before_and_frees_no_address(keeper: APIClient, clerk_east: User) -> None:
    guesser = {"REMOTE_ADDR": "192.0.2.7"}
    for number in range(30):
        Browser(**guesser).log_in(f"name-{number}", "wrong")
    keeper.post(asked_of(clerk_east, "unlock"))

    assert Browser(**guesser).log_in("clerk-east").status_code == 429
    assert [Browser().log_in("clerk-east", "wrong").status_code for _ in range(6)] == [422] * 5 + [429]


def test_an_account_locked_by_wrong_codes_is_unlocked_too(keeper: APIClient, clerk_east: User) -> None:
    browser = Browser()
    browser.log_in("clerk-east")
    secret = browser.enrol()
    entering = Browser()
    entering.log_in("clerk-east")
    for _ in range(5):
        entering.send("post", CODE, {"code": "000000"})
    locked = entering.send("post", CODE, {"code": code_of(secret)}).status_code

    keeper.post(asked_of(clerk_east, "unlock"))

    assert locked == 429
    assert entering.send("post", CODE, {"code": code_of(secret)}).status_code == 200


def test_a_lost_second_factor_is_reset_and_the_password_alone_logs_in(keeper: APIClient, clerk_east: User) -> None:
    browser = Browser()
    browser.log_in("clerk-east")
    browser.enrol()

    answer = keeper.post(asked_of(clerk_east, "reset-second-factor"))

    assert (answer.status_code, answer.json()["second_factor"]) == (200, False)
    assert browser.get(CASES).status_code == 401
    assert Browser().log_in("clerk-east").status_code == 200
    assert AuditEntry.objects.latest("pk").action == Action.LOG_IN
    reset = AuditEntry.objects.filter(action=Action.SECOND_FACTOR).latest("pk")
    assert reset.details == {"user": clerk_east.pk, "change": "reset"}


def test_sessions_and_tokens_end_while_the_account_stays(
    keeper: APIClient, clerk_east: User, client_of: Clients
) -> None:
    browser, program = Browser(), client_of(clerk_east)
    browser.log_in("clerk-east")
    before = [browser.get(CASES).status_code, program.get(CASES).status_code]

    answer = keeper.post(asked_of(clerk_east, "end-access"))

    assert (before, answer.json()["active"]) == ([200, 200], True)
    assert [browser.get(CASES).status_code, program.get(CASES).status_code] == [401, 401]
    assert Browser().log_in("clerk-east").status_code == 200
    assert noted() == [Action.TOKEN_REVOKED, Action.ACCESS_ENDED]


def test_a_forgotten_password_is_set_anew_for_one_use(keeper: APIClient, clerk_east: User) -> None:
    browser = Browser()
    browser.log_in("clerk-east")

    password = keeper.post(asked_of(clerk_east, "one-time-password")).json()["password"]
    fresh = Browser()
    fresh.log_in("clerk-east", password)

    assert (browser.get(CASES).status_code, Browser().log_in("clerk-east").status_code) == (401, 422)
    assert fresh.get(CASES).json()["code"] == "password_change_required"
    assert password not in str(list(AuditEntry.objects.values_list("details", flat=True)))
    assert password != PASSWORD


def test_a_half_done_log_in_with_the_old_password_ends_with_it(keeper: APIClient, clerk_east: User) -> None:
    browser = Browser()
    browser.log_in("clerk-east")
    secret = browser.enrol()
    thief = Browser()
    thief.log_in("clerk-east")

    keeper.post(asked_of(clerk_east, "one-time-password"))
    thief.send("post", CODE, {"code": code_of(secret)})

    assert thief.get(CASES).status_code in (401, 403)


def test_a_service_account_has_neither_password_nor_second_factor(world: World, keeper: APIClient) -> None:
    hotline = member("hotline", Role.CLERK, region_id=EAST)
    User.objects.filter(pk=hotline.pk).update(is_service=True)

    answers = [keeper.post(asked_of(hotline, deed)) for deed in ("one-time-password", "reset-second-factor")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "service_account")] * 2


@pytest.mark.parametrize("deed", ["unlock", "one-time-password", "reset-second-factor", "end-access"])
def test_who_could_take_an_account_over_must_hold_what_it_holds(
    world: World, keeper: APIClient, clerk: APIClient, deed: str
) -> None:
    colleague = member("colleague", Role.HANDLER, region_id=EAST, cleared=True)
    own = User.objects.get(username="keeper-east")

    cleared = keeper.post(asked_of(colleague, deed)).json()["code"]
    oneself = keeper.post(asked_of(own, deed)).json()["code"]
    elsewhere = keeper.post(asked_of(world.clerk_west, deed)).status_code
    by_a_clerk = clerk.post(asked_of(world.clerk_east, deed)).json()["code"]

    assert (cleared, oneself, elsewhere) == ("grant_too_wide", "own_account", 404)
    assert by_a_clerk == "role_not_sufficient"
    assert seat("colleague").cleared
    assert CITY not in str(list(AuditEntry.objects.values_list("region_code", flat=True)))
