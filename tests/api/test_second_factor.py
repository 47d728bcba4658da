"""The second factor: enrolled with a code, asked for at log-in, required of some, and no code good for twice."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from casetrack.accounts.models import Action, AuditEntry, Token, User
from casetrack.lib import crypto
from tests.api.browsing import PASSWORD, Browser, code_of, with_password
from tests.api.conftest import World, new_dispute

pytestmark = pytest.mark.django_db

CASES, LOGIN, CODE, TOTP = "/api/v1/cases/", "/api/auth/login", "/api/auth/login/code", "/api/auth/totp"


@pytest.fixture
def supervisor(world: World) -> User:
    return with_password(world.supervisor)


@pytest.fixture
def browser(supervisor: User) -> Browser:
    browser = Browser()
    browser.log_in("supervisor")
    return browser


@pytest.fixture
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["supervisor"]


def enter(code: str) -> tuple[Browser, int]:
    """Log in with a password and a code: the browser, and how the code was answered."""
    browser = Browser()
    browser.log_in("supervisor")
    return browser, browser.send("post", CODE, {"code": code}).status_code


def test_whoever_has_one_is_asked_for_it(browser: Browser) -> None:
    secret = browser.enrol()
    again = Browser()

    pending = again.log_in("supervisor")
    before = again.get(CASES).status_code
    answer = again.send("post", CODE, {"code": code_of(secret)})

    assert (pending.status_code, pending.json()["code"]) == (401, "second_factor_pending")
    assert (before, answer.status_code, again.get(CASES).status_code) == (401, 200, 200)


def test_no_code_is_good_for_twice(browser: Browser) -> None:
    secret = browser.enrol()
    code = code_of(secret)

    (_, first), (thief, second) = enter(code), enter(code)

    assert (first, second) == (200, 422)
    assert thief.get(CASES).status_code == 401


def test_the_code_that_enrolled_does_not_log_in(browser: Browser) -> None:
    browser.show_password_again()
    secret = browser.get(TOTP).json()["meta"]["secret"]
    code = code_of(secret)
    browser.send("post", TOTP, {"code": code})

    assert enter(code)[1] == 422


def test_the_secret_is_sealed_at_rest(browser: Browser) -> None:
    secret = browser.enrol()

    kept = Authenticator.objects.get(type="totp").data["secret"]
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]

    assert secret not in kept
    assert kept != crypto.seal(secret, keys=configured.FIELD_KEYS)
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))
    assert len(seed) > 100


def test_wrong_codes_lock_the_second_factor_too(browser: Browser) -> None:
    secret = browser.enrol()
    guesser = Browser()
    guesser.log_in("supervisor")

    guesses = [guesser.send("post", CODE, {"code": "000000"}).status_code for _ in range(7)]

    assert guesses == [422] * 5 + [429] * 2
    assert enter(code_of(secret))[1] == 429
    acts = list(
        AuditEntry.objects.filter(details__step="second_factor").order_by("pk").values_list("action", flat=True)
    )
    assert acts == [Action.LOG_IN_FAILED] * 5 + [Action.LOCKED_OUT] * 2  # once a session


def test_a_recovery_code_helps_once(browser: Browser) -> None:
    browser.enrol()
    codes = browser.get("/api/auth/recovery-codes").json()["data"]["unused_codes"]

    (_, first), (_, second) = enter(codes[0]), enter(codes[0])

    assert (len(codes), first, second) == (10, 200, 422)
    assert "unused_codes" not in browser.get("/api/auth/recovery-codes").json()["data"]  # shown once


def test_it_is_not_changed_without_showing_the_password_again(browser: Browser) -> None:
    secret = browser.get(TOTP).json()["meta"]["secret"]

    answer = browser.send("post", TOTP, {"code": code_of(secret)})

    assert (answer.status_code, answer.json()["code"]) == (401, "reauthentication_required")
    assert not Authenticator.objects.exists()


def test_a_wrong_code_enrols_nothing(browser: Browser) -> None:
    browser.show_password_again()
    browser.get(TOTP)

    answer = browser.send("post", TOTP, {"code": "000000"})

    assert (answer.status_code, answer.json()["code"]) == (422, "code_not_valid")
    assert not Authenticator.objects.exists()


def test_every_change_is_in_the_audit_log(
    browser: Browser, supervisor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        browser.enrol()
        browser.send("post", "/api/auth/recovery-codes", {})
        browser.send("delete", TOTP)

    changes = AuditEntry.objects.filter(action=Action.SECOND_FACTOR).order_by("pk")
    assert [(entry.actor, entry.details["change"]) for entry in changes] == [
        (supervisor, "deactivated"),  # said at once; the two before it when their transactions commit
        (supervisor, "activated"),
        (supervisor, "recovery_codes"),
    ]


@pytest.mark.usefixtures("required")
def test_a_role_that_must_have_one_can_only_enrol_until_it_has(world: World, browser: Browser) -> None:
    read, written = browser.get(CASES), browser.send("post", CASES, new_dispute(world.east))
    issued = browser.send("post", "/api/v1/tokens/", {"name": "x", "scopes": ["read"]})

    browser.enrol()

    assert [answer.status_code for answer in (read, written, issued)] == [403] * 3
    assert read.json()["code"] == "second_factor_required"
    assert not Token.objects.exists()
    assert browser.get(CASES).status_code == 200


@pytest.mark.usefixtures("required")
def test_a_session_that_has_not_shown_it_stays_shut_when_another_enrols(browser: Browser) -> None:
    stolen = Browser()
    stolen.log_in("supervisor")

    browser.enrol()

    assert stolen.get(CASES).status_code == 403


@pytest.mark.usefixtures("required")
def test_who_takes_it_away_can_only_enrol_again(browser: Browser) -> None:
    browser.enrol()
    browser.send("delete", TOTP)

    assert browser.get(CASES).status_code == 403
    browser.enrol()
    assert browser.get(CASES).status_code == 200


@pytest.mark.usefixtures("required")
def test_other_roles_are_not_asked(world: World, supervisor: User) -> None:
    with_password(world.clerk_east)
    clerk = Browser()
    clerk.log_in("clerk-east")
    superuser = Browser()
    User.objects.create_superuser("root", password=PASSWORD)
    superuser.log_in("root")

    assert clerk.get(CASES).status_code == 200
    assert superuser.get(CASES).status_code == 403  # holds every role


@pytest.mark.usefixtures("required")
def test_a_program_carries_no_second_factor(world: World, client_of: Callable[[User], APIClient]) -> None:
    assert client_of(world.supervisor).get(CASES).status_code == 200
