"""People at the log-in page of a browser: a second factor, a password of one's own, single sign-on, too many tries."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings

from casetrack.accounts.models import User
from tests.api.browsing import PASSWORD, code_of, with_password
from tests.api.conftest import World
from tests.api.oidc_provider import Provider
from tests.api.test_single_sign_on import provider
from tests.web.browsing import barriers, picture
from tests.web.conftest import DESK, PHONE

__all__ = ["provider"]


def log_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/login/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def answer(page: Page, code: str, button: str) -> None:
    page.get_by_label("验证码").fill(code)
    page.get_by_role("button", name=button).click()


def test_a_supervisor_enrols_and_comes_back_with_a_recovery_code(
    context: BrowserContext, world: World, settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = ["supervisor"]
    supervisor = with_password(world.supervisor)
    page = context.new_page()
    page.set_viewport_size(PHONE)

    log_in(page, supervisor)
    expect(page.get_by_role("heading", name="请确认是您本人")).to_be_visible()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    picture(page, "second-factor-phone")
    assert barriers(page) == []
    answer(page, "000000", "绑定")
    expect(page.get_by_role("alert")).to_contain_text("验证码不正确")
    answer(page, code_of(page.locator("code").inner_text()), "绑定")

    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    picture(page, "recovery-codes-phone")
    assert barriers(page) == []
    codes = page.get_by_role("list", name="恢复码").get_by_role("listitem").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="已保存，继续").click()
    expect(page.get_by_role("heading", name="首页")).to_be_visible()

    page.get_by_role("button", name="退出").click()
    log_in(page, supervisor)
    answer(page, "123456", "继续")
    expect(page.get_by_role("alert")).to_contain_text("验证码不正确")
    picture(page, "code-phone")
    assert barriers(page) == []
    answer(page, codes[3], "继续")
    expect(page.get_by_role("heading", name="首页")).to_be_visible()

    see_account(page, codes)


def see_account(page: Page, codes: list[str]) -> None:
    """What is left of the recovery codes, asked for with one of them, and where the authenticator is taken away."""
    page.get_by_role("link", name="supervisor").click()
    picture(page, "account-phone")
    assert barriers(page) == []
    page.get_by_role("link", name="恢复码").click()
    page.get_by_role("link", name="改用验证码或恢复码").click()
    answer(page, codes[4], "确认")
    expect(page.get_by_text("10 个中还有 8 个可用")).to_be_visible()
    expect(page.get_by_text(codes[5])).to_have_count(0)
    picture(page, "recovery-codes-again-phone")
    page.goto("/account/second-factor/")
    picture(page, "second-factor-remove-phone")
    assert barriers(page) == []


def test_a_one_time_password_is_changed_to_an_own_one(context: BrowserContext, world: World) -> None:
    clerk = with_password(world.clerk_east)
    clerk.password_until = timezone.now() + timedelta(days=1)
    clerk.save()
    page = context.new_page()

    def change_to(new: str) -> None:
        page.get_by_label("当前密码").fill(PASSWORD)
        page.get_by_label("新密码", exact=True).fill(new)
        page.get_by_label("新密码（重复）").fill(new)
        page.get_by_role("button", name="保存新密码").click()

    log_in(page, clerk)
    change_to("short")
    expect(page.get_by_role("alert")).to_contain_text("密码太短，至少12个字符")
    picture(page, "password-too-short")
    assert barriers(page) == []
    change_to("yaogan-chunfen-62")
    expect(page.get_by_role("heading", name="首页")).to_be_visible()

    page.get_by_role("button", name="退出").click()
    log_in(page, clerk, "yaogan-chunfen-62")
    expect(page.get_by_role("heading", name="首页")).to_be_visible()


def test_too_many_wrong_passwords_are_told(context: BrowserContext, world: World, settings: Settings) -> None:
    page = context.new_page()

    for _ in range(6):
        log_in(page, world.clerk_east, "wrong")

    expect(page.get_by_role("alert")).to_contain_text("登录失败次数过多，已暂停登录；请在15分钟后重试，或联系管理员")


@pytest.fixture
def anywhere(browser: Browser, site: str) -> Iterator[Page]:
    """A page that may also go to the provider of single sign-on."""
    opened = browser.new_context(base_url=site, viewport=DESK, locale="zh-CN")
    opened.set_default_timeout(10_000)
    yield opened.new_page()
    opened.close()


def test_single_sign_on_leads_in_and_offers_no_password(anywhere: Page, world: World, provider: Provider) -> None:
    world.clerk_east.set_unusable_password()
    world.clerk_east.save()
    page = anywhere
    page.goto("/account/")

    page.get_by_role("button", name="x登录").click()

    expect(page.get_by_role("heading", name="clerk-east")).to_be_visible()
    expect(page.get_by_role("link", name="修改密码")).to_have_count(0)
    page.goto("/account/password/")
    expect(page.get_by_role("status")).to_contain_text("您用单点登录，在这里没有密码可改")


def test_single_sign_on_that_is_refused_is_told(anywhere: Page, world: World, provider: Provider) -> None:
    provider.claims["preferred_username"] = "nobody-here"
    page = anywhere
    page.goto("/cases/")

    page.get_by_role("button", name="x登录").click()

    expect(page.get_by_role("alert")).to_contain_text("单点登录没有成功")
    assert barriers(page) == []


def test_logging_out_forgets_the_drafts_of_that_person_alone(page_of: Callable[[User], Page], world: World) -> None:
    page = page_of(world.clerk_east)
    page.goto("/cases/new/mediation/")
    page.get_by_label("纠纷简要情况").fill("两家因排水沟发生争执")
    page.goto("/account/")
    assert drafts(page) == [f"{world.clerk_east.pk}:new:mediation"]
    page.evaluate("localStorage.setItem('casetrack:draft:0:new:mediation', JSON.stringify({at: Date.now(), kept: []}))")
    page.goto("/cases/new/mediation/")
    page.get_by_label("纠纷简要情况").fill("两家因排水沟发生争执，刚写到这里")

    page.get_by_role("button", name="退出").click()

    expect(page.get_by_role("button", name="登录")).to_be_visible()
    assert drafts(page) == ["0:new:mediation"]


def drafts(page: Page) -> list[str]:
    kept: list[str] = page.evaluate("Object.keys(localStorage).map(name => name.replace('casetrack:draft:', ''))")
    return kept
