"""Single sign-on against a provider that runs on this machine: the whole way there and back."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from pytest_django import Settings

from casetrack.accounts.models import Action, AuditEntry, User
from tests.api.browsing import Browser, code_of, with_password
from tests.api.conftest import World
from tests.api.oidc_provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db

CASES, SSO = "/api/v1/cases/", "/api/auth/sso"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with running() as provider:
        server = {"server_url": provider.issuer, "scope": ["openid", "profile"]}
        app = {"provider_id": "oidc", "name": "x", "client_id": CLIENT, "secret": SECRET, "settings": server}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield provider


def there(browser: Browser, back: str = "/pages/") -> str:
    """Off to the provider, who agrees: the address it sends the browser back to."""
    away = browser.send("post", SSO, {"next": back}, format="multipart")
    assert away.status_code == 302, away.content
    agreed = requests.get(away.headers["Location"], allow_redirects=False, timeout=5)
    return agreed.headers["Location"]


def sign_on(browser: Browser) -> Any:
    return browser.get(there(browser).removeprefix("http://testserver"))


def error_in(answer: Any) -> list[str]:
    return parse_qs(urlsplit(answer.headers["Location"]).query).get("error", [])


def test_who_is_known_there_and_here_gets_in(world: World, provider: Provider) -> None:
    browser = Browser()

    answer = sign_on(browser)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/pages/")
    assert browser.get(CASES).status_code == 200
    assert SocialAccount.objects.get().user == world.clerk_east
    assert "code_verifier" in provider.token_requests[0]


def test_nothing_that_the_provider_tells_about_the_person_is_kept(world: World, provider: Provider) -> None:
    sign_on(Browser())
    sign_on(Browser())

    kept = SocialAccount.objects.get()

    assert (kept.uid, kept.extra_data) == ("u-1", {})


def test_afterwards_the_identity_counts_and_not_the_name(world: World, provider: Provider) -> None:
    sign_on(Browser())
    provider.claims["preferred_username"] = "clerk-west"
    browser = Browser()

    sign_on(browser)

    assert browser.get("/api/auth/session").json()["data"]["user"]["username"] == "clerk-east"


def test_a_name_given_anew_to_another_person_does_not_open_the_account(world: World, provider: Provider) -> None:
    sign_on(Browser())
    provider.claims["sub"] = "u-2"
    browser = Browser()

    answer = sign_on(browser)

    assert error_in(answer) == ["permission_denied"]
    assert browser.get(CASES).status_code == 401
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("name", ["nobody", "", None, 7, ["clerk-east"]])
def test_nobody_gets_an_account_by_signing_on(world: World, provider: Provider, name: Any) -> None:
    before = User.objects.count()
    provider.claims["preferred_username"] = name
    browser = Browser()

    answer = sign_on(browser)

    assert error_in(answer) == ["permission_denied"]
    assert (User.objects.count(), browser.get(CASES).status_code) == (before, 401)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.details["step"]) == (Action.LOG_IN_FAILED, "single_sign_on")


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_service": True, "password": "!"}])
@pytest.mark.parametrize("known", [False, True])
def test_who_has_left_and_what_is_a_program_does_not_get_in(
    world: World, provider: Provider, change: dict[str, Any], known: bool
) -> None:
    if known:
        sign_on(Browser())
    User.objects.filter(pk=world.clerk_east.pk).update(**change)
    browser = Browser()

    answer = sign_on(browser)

    assert error_in(answer) == ["permission_denied"]
    assert browser.get(CASES).status_code == 401


def test_a_token_signed_by_another_is_refused(world: World, provider: Provider) -> None:
    provider.signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    browser = Browser()

    answer = sign_on(browser)

    assert error_in(answer) == ["unknown"]
    assert browser.get(CASES).status_code == 401


def test_a_token_for_another_service_is_refused(world: World, provider: Provider) -> None:
    provider.audience = "another"

    assert error_in(sign_on(Browser())) == ["unknown"]


def test_what_userinfo_tells_must_be_about_the_same_person(world: World, provider: Provider) -> None:
    provider.told = {"sub": "u-9"}
    browser = Browser()

    answer = sign_on(browser)

    assert error_in(answer) == ["permission_denied"]
    assert browser.get(CASES).status_code == 401


def test_the_way_back_belongs_to_the_browser_that_set_out(world: World, provider: Provider) -> None:
    back = there(Browser()).removeprefix("http://testserver")
    victim = Browser()

    answer = victim.get(back)

    assert error_in(answer) == ["unknown"]
    assert victim.get(CASES).status_code == 401


def test_a_second_factor_is_asked_for_as_after_a_password(world: World, provider: Provider) -> None:
    with_password(world.clerk_east)
    first = Browser()
    first.log_in("clerk-east")
    secret = first.enrol()
    browser = Browser()

    sign_on(browser)
    before = browser.get(CASES).status_code
    browser.send("post", "/api/auth/login/code", {"code": code_of(secret)})

    assert (before, browser.get(CASES).status_code) == (401, 200)


def test_one_does_not_end_up_on_another_site(world: World, provider: Provider) -> None:
    answer = Browser().send("post", SSO, {"next": "https://elsewhere.example/"}, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_provider_that_does_not_answer_is_said_so(world: World, provider: Provider, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:1"

    answer = Browser().send("post", SSO, {"next": "/"}, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (503, "sign_on_unavailable")


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_it_is_not_configured_it_is_not_there(world: World, method: str) -> None:
    address = SSO if method == "post" else "/api/auth/oidc/callback?code=1&state=2"

    assert Browser().send(method, address, {}, format="multipart").status_code == 404
