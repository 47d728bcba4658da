"""Logging in with a password: who gets in, what a session opens, and what a guesser meets."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.organizations.models import Role
from tests.api.browsing import PASSWORD, Browser, with_password
from tests.api.conftest import EAST, World, member, new_dispute

pytestmark = pytest.mark.django_db

LOGIN, SESSION, CASES = "/api/auth/login", "/api/auth/session", "/api/v1/cases/"


@pytest.fixture
def clerk(world: World) -> User:
    return with_password(world.clerk_east)


@pytest.fixture
def browser(clerk: User) -> Browser:
    browser = Browser()
    assert browser.log_in("clerk-east").status_code == 200
    return browser


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_who_logs_in_reads_and_writes_with_the_session(world: World, browser: Browser) -> None:
    read, written = browser.get(CASES), browser.send("post", CASES, new_dispute(world.east))

    assert (read.status_code, written.status_code) == (200, 201)
    assert browser.get(SESSION).json()["data"]["user"]["username"] == "clerk-east"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_logging_out_ends_the_session(browser: Browser) -> None:
    answer = browser.send("delete", SESSION)

    assert answer.status_code == 204
    assert browser.get(CASES).status_code == 401
    assert acts() == [Action.LOG_IN, Action.LOG_OUT]


def test_a_log_in_needs_the_csrf_token(clerk: User) -> None:
    answer = Browser().post(LOGIN, {"username": "clerk-east", "password": PASSWORD})

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def refused(username: str, password: str) -> tuple[int, dict[str, Any]]:
    answer = Browser().log_in(username, password)
    return answer.status_code, answer.json()


def test_nothing_tells_a_wrong_password_from_a_name_that_is_not_there(clerk: User, world: World) -> None:
    User.objects.filter(pk=with_password(world.clerk_west).pk).update(is_active=False)
    User.objects.create_user("hotline", is_service=True)

    known, unknown = refused("clerk-east", "wrong"), refused("nobody", "wrong")

    assert known == unknown
    assert (known[0], known[1]["code"]) == (422, "log_in_failed")
    assert refused("clerk-west", PASSWORD) == known  # has left
    assert refused("hotline", PASSWORD) == known  # is a program


def test_a_failed_log_in_is_in_the_audit_log_without_what_was_typed(clerk: User) -> None:
    refused("clerk-east", "wrong-horse")
    refused("a-password-typed-as-a-name", "x")

    known, unknown = AuditEntry.objects.order_by("pk")

    assert (known.action, known.actor) == (Action.LOG_IN_FAILED, None)
    assert known.details == {"user": clerk.pk, "step": "password", "address": "127.0.0.1"}
    assert unknown.details == {"user": None, "step": "password", "address": "127.0.0.1"}


def test_five_failures_lock_an_account_even_for_its_password(clerk: User) -> None:
    failures = [refused("clerk-east", "wrong")[0] for _ in range(5)]

    answer = Browser().log_in("clerk-east")

    assert failures == [422] * 5
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "locked_out", "900")
    assert "15分钟" in answer.json()["detail"]
    assert acts() == [Action.LOG_IN_FAILED] * 5 + [Action.LOCKED_OUT]


def test_a_lock_out_says_nothing_about_who_exists(clerk: User) -> None:
    for name in ("clerk-east", "nobody"):
        for _ in range(5):
            refused(name, "wrong")

    assert refused("clerk-east", "wrong") == refused("nobody", "wrong")


def test_a_guesser_gains_nothing_by_capitals_or_another_host_name(clerk: User) -> None:
    for number, name in enumerate(("clerk-east", "Clerk-East", "CLERK-EAST", "clerk-east", "clerk-easT")):
        Browser().log_in(name, "wrong", headers={"Host": f"localhost:{8000 + number}"})

    assert Browser().log_in("clerk-east", headers={"Host": "127.0.0.1:9000"}).status_code == 429


def test_knocking_at_a_locked_account_does_not_lock_the_office_out(world: World, clerk: User) -> None:
    with_password(world.clerk_west)
    for _ in range(40):
        refused("clerk-east", "wrong")

    assert Browser().log_in("clerk-west").status_code == 200


def test_many_failures_lock_their_address_whatever_the_names(clerk: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/15m/ip,5/15m/key"}
    for number in range(3):
        refused(f"name-{number}", "wrong")

    elsewhere = Browser(REMOTE_ADDR="192.0.2.7")

    assert Browser().log_in("clerk-east").status_code == 429
    assert elsewhere.log_in("clerk-east").status_code == 200


def test_a_lock_out_ends_by_itself(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        refused("clerk-east", "wrong")
    later = timezone.now().timestamp() + timedelta(minutes=15, seconds=1).total_seconds()

    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)

    assert Browser().log_in("clerk-east").status_code == 200


def test_what_was_counted_is_in_the_database_for_all_processes(clerk: User) -> None:
    refused("clerk-east", "wrong")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone() == (2,)  # by name, by address


def test_many_log_ins_of_one_address_have_to_wait(clerk: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [Browser().log_in("clerk-east") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[-1].json()["code"], answers[-1].headers["Retry-After"]) == ("throttled", "60")


@pytest.mark.parametrize("path", ["signup", "email", "password/reset", "provider/signup", "browser/v1/auth/signup"])
def test_strangers_find_no_way_to_an_account(clerk: User, path: str) -> None:
    answer = Browser().send("post", f"/api/auth/{path}", {"username": "eve", "password": PASSWORD, "email": "e@v.e"})

    assert answer.status_code in (401, 404)
    assert not User.objects.filter(username="eve").exists()


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1]", b"\xff", b'{"username": "a\\u0000", "password": "x"}', b'{"username": "\\ud800"}', b"[" * 9999],
)
def test_what_is_no_log_in_is_refused_as_a_problem(clerk: User, body: bytes) -> None:
    browser = Browser()
    browser.get(SESSION)
    token = browser.cookies["csrftoken"].value

    answer = browser.post(LOGIN, body, content_type="application/json", headers={"X-CSRFToken": token})

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_who_is_not_logged_in_hears_how_to(world: World) -> None:
    answer = Browser().get(SESSION)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.json()["data"]["flows"] == [{"id": "login"}]


@pytest.mark.parametrize("weak", ["short-1", "1q2w3e4r5t6y", "123456789012345", "clerk-east-2"])
def test_a_weak_password_is_refused_in_chinese(browser: Browser, weak: str) -> None:
    answer = browser.send("post", "/api/auth/password", {"current_password": PASSWORD, "new_password": weak})

    assert (answer.status_code, answer.json()["code"]) == (422, "fields_not_valid")
    assert "密码" in answer.json()["errors"]["new_password"]


def test_a_new_password_ends_the_sessions_elsewhere(clerk: User, browser: Browser) -> None:
    elsewhere = Browser()
    elsewhere.log_in("clerk-east")

    answer = browser.send("post", "/api/auth/password", {"current_password": PASSWORD, "new_password": "x9-huangtu-po"})

    assert answer.status_code == 200
    assert (browser.get(CASES).status_code, elsewhere.get(CASES).status_code) == (200, 401)
    assert acts()[-1] == Action.PASSWORD_CHANGED


def test_without_the_old_password_there_is_no_new_one(browser: Browser) -> None:
    answer = browser.send("post", "/api/auth/password", {"current_password": "?", "new_password": "x9-huangtu-po"})

    assert answer.status_code == 422
    assert "现用密码" in answer.json()["errors"]["current_password"]


def test_a_session_of_a_log_in_follows_its_user(browser: Browser, clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(is_active=False)

    assert browser.get(CASES).status_code == 401


def test_a_service_account_can_have_no_password(world: World) -> None:
    hotline = member("hotline", Role.CLERK, region_id=EAST)
    hotline.is_service = True
    hotline.set_password(PASSWORD)

    with pytest.raises(Exception, match="service_account_has_no_password"):
        hotline.save()
