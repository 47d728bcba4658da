"""The pages of one's account, without a browser: where allauth goes, the second factor, bad input."""

import inspect
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.internal.flows import add
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from casetrack.accounts.models import Action, AuditEntry, User
from tests.api.browsing import PASSWORD, code_of, with_password
from tests.api.conftest import World
from web.urls import urlpatterns

pytestmark = pytest.mark.django_db

OFF = {
    "account_set_password": "PasswordView sends away who has none",
    "account_signup": "administrators make accounts; allauth does without the name",
    "account_signup_by_passkey": "no passkeys",
    "account_request_login_code": "no codes by e-mail",
    "account_request_reauthentication_code": "no codes by e-mail",
    "account_confirm_reauthentication_code": "no codes by e-mail",
    "mfa_reauthenticate_webauthn": "no security keys",
    "account_email_verification_sent": "addresses of e-mail are not verified",
}
"""What allauth would look up only if something were switched on that is not."""


@pytest.fixture
def clerk(world: World) -> User:
    return with_password(world.clerk_east)


def classes_of_allauth() -> Iterator[type]:
    """Those that the mounted pages are made of, and the adapter that answers for them."""
    mounted = [vars(each.callback)["view_class"] for each in urlpatterns if isinstance(each, URLPattern)]  # by as_view
    for view in [*mounted, type(get_adapter()), AuthenticateStage]:
        yield from (each for each in view.__mro__ if each.__module__.startswith("allauth."))


def test_every_name_that_allauth_goes_to_is_a_page() -> None:
    sources = {inspect.getsource(each) for each in classes_of_allauth()} | {inspect.getsource(add)}
    found = {name for source in sources for name in re.findall(r'"((?:account|mfa|socialaccount)_[a-z_]+)"', source)}
    named = {
        name for source in sources for name in re.findall(r'(?:reverse|reverse_lazy|_response)\(\s*"(\w+)"', source)
    }

    assert {"mfa_view_recovery_codes", "mfa_deactivate_totp", "mfa_index", "account_inactive"} <= named <= found
    assert [reverse(name) for name in sorted(named - OFF.keys())]


def logged_in(user: User) -> Client:
    """A person who gave the password at the log-in page, and again to change how the account is kept."""
    client = Client()
    client.post("/login/", {"login": user.username, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    return client


def enrol(client: Client) -> str:
    """The secret of the authenticator. The code used is of the step before, so that the next ones are fresh."""
    secret: str = client.get("/account/second-factor/").context["form"].secret
    answer = client.post("/account/second-factor/", {"code": code_of(secret, step=-1)})
    assert answer.headers["Location"] == "/account/recovery-codes/"
    return secret


def test_the_account_page_says_in_which_office_or_region_one_is_in_post(clerk: User, world: World) -> None:
    with_password(world.supervisor)

    pages = [logged_in(user).get("/account/").content.decode() for user in (clerk, world.supervisor)]

    assert "经办人 · 麦积区道北街道人民调解委员会" in pages[0]
    assert "主管 · 天水市" in pages[1]


def test_recovery_codes_are_shown_once_and_made_anew(
    clerk: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = logged_in(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        enrol(client)

    first, second = (client.get("/account/recovery-codes/") for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        anew = client.post("/account/recovery-codes/new/", follow=True)

    old, new = first.context["unused_codes"], anew.context["unused_codes"]
    assert all(code in first.content.decode() for code in old)
    assert not any(code in second.content.decode() for code in old)
    assert "10 个中还有 10 个可用" in second.content.decode()
    assert len(set(old) | set(new)) == 20
    changes = AuditEntry.objects.filter(action=Action.SECOND_FACTOR).order_by("pk").values_list("details", flat=True)
    assert [each["change"] for each in changes] == ["activated", "recovery_codes"]


def test_an_authenticator_is_taken_away_with_its_codes(
    clerk: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = logged_in(clerk)
    enrol(client)
    assert client.get("/account/second-factor/").headers["Location"] == "/account/second-factor/remove/"

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/second-factor/remove/", follow=True)

    assert "已解除验证器绑定" in answer.content.decode()
    assert "绑定验证器</a>" in answer.content.decode()
    assert not Authenticator.objects.exists()
    entry = AuditEntry.objects.get(action=Action.SECOND_FACTOR)
    assert (entry.actor, entry.details["change"]) == (clerk, "deactivated")


@pytest.mark.parametrize("page", ["recovery-codes", "recovery-codes/new", "second-factor/remove"])
def test_what_is_about_an_authenticator_leads_to_binding_one_first(clerk: User, page: str) -> None:
    client = logged_in(clerk)

    answer = client.get(f"/account/{page}/")

    assert answer.headers["Location"] == "/account/second-factor/"
    assert Client().get(f"/account/{page}/").headers["Location"] == f"/login/?next=/account/{page}/"


def test_a_session_that_has_not_shown_the_factor_is_asked_for_it_before_it_may_take_it_away(
    world: World, settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["supervisor"]
    with_password(world.supervisor)
    elsewhere, client = logged_in(world.supervisor), logged_in(world.supervisor)
    secret = enrol(client)

    kept_out = [elsewhere.get(page).headers["Location"] for page in ("/", "/account/second-factor/remove/")]
    elsewhere.post("/account/confirm/code/", {"code": code_of(secret)})

    assert kept_out == ["/account/confirm/code/"] * 2
    assert elsewhere.get("/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_address_from_outside_is_gone_to(clerk: User, elsewhere: str) -> None:
    client = Client()
    onward = urlencode({"next": elsewhere})

    offered = client.get(f"/login/?{onward}").content.decode()
    given = {"login": clerk.username, "password": PASSWORD}
    gone = [client.post(f"{page}?{onward}", given) for page in ("/login/", "/account/confirm/", "/logout/")]

    assert elsewhere not in unescape(offered)
    assert [answer.headers["Location"] for answer in gone] == ["/", "/", "/login/"]


def test_too_many_tries_are_told_on_a_page(clerk: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    client = Client()
    client.post("/login/", {})

    answer = client.post("/login/", {})

    assert (answer.status_code, "请等一分钟后再试" in answer.content.decode()) == (429, True)


def test_a_stale_form_is_told_on_a_page(clerk: User) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/login/", {"login": clerk.username, "password": PASSWORD, "csrfmiddlewaretoken": "x"})

    assert (answer.status_code, "页面已过期" in answer.content.decode()) == (403, True)


def test_an_address_of_a_button_is_no_page(clerk: User) -> None:
    client = logged_in(clerk)

    answer = client.get("/lists/1/drop/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    assert "这一网址只接受页面上的按钮提交" in answer.content.decode()


@pytest.mark.parametrize("page", ["/", "/cases/", "/account/", "/account/recovery-codes/new/", "/lists/"])
def test_no_page_is_kept_for_whoever_is_next_at_the_computer(clerk: User, page: str) -> None:
    client = logged_in(clerk)
    enrol(client)

    assert "no-store" in client.get(page).headers["Cache-Control"]


def test_the_second_step_without_a_code_asks_for_it_and_can_be_left(clerk: User) -> None:
    enrol(logged_in(clerk))
    client = Client()
    client.post("/login/", {"login": clerk.username, "password": PASSWORD})

    without = client.post("/login/code/", {})
    empty = client.post("/login/code/", {"code": ""})
    client.post("/logout/")

    assert without.headers["Location"] == "/login/code/"
    assert "该字段是必填项" in empty.content.decode()
    assert "用户名" in client.get("/login/").content.decode()


def test_who_has_single_sign_on_alone_is_not_asked_for_a_password(clerk: User) -> None:
    clerk.set_unusable_password()
    clerk.save()
    client = Client()
    client.force_login(clerk)

    confirm = client.get("/account/confirm/")
    enrol(client)

    assert confirm.headers["Location"] == "/account/"
    assert len(client.get("/account/recovery-codes/").context["unused_codes"]) == 10


def test_single_sign_on_that_is_down_or_not_there_is_told(settings: Settings) -> None:
    server = {"server_url": "http://127.0.0.1:9", "scope": ["openid"]}
    app = {"provider_id": "oidc", "name": "x", "client_id": "x", "secret": "x", "settings": server}
    client = Client()
    not_there = client.post("/login/sign-on/", {"next": "/cases/"})

    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    down = client.post("/login/sign-on/", {"next": "/cases/"}, follow=True)

    assert not_there.status_code == 404
    assert "单点登录没有成功" in down.content.decode()
    assert client.get("/login/sign-on/").headers["Location"] == "/login/"
