"""Getting in: by name and password, with an own password first, and nowhere without."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from casetrack.accounts.models import User
from tests.api.conftest import World
from tests.web.browsing import barriers, picture

PASSWORD = "correct horse battery"


def test_a_clerk_logs_in_and_out(context: BrowserContext, world: World) -> None:
    world.clerk_east.set_password(PASSWORD)
    world.clerk_east.save()
    page = context.new_page()
    page.goto("/")
    picture(page, "log-in")
    assert barriers(page) == []

    page.get_by_label("用户名").fill("clerk-east")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="首页")).to_be_visible()

    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    page.goto("/account/")
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_a_wrong_password_is_told_and_lets_nobody_in(context: BrowserContext, world: World) -> None:
    page = context.new_page()
    page.goto("/login/")

    page.get_by_label("用户名").fill("clerk-east")
    page.get_by_label("密码").fill("something else")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    assert barriers(page) == []


def test_a_one_time_password_opens_nothing_but_its_own_change(page_of: Callable[[User], Page], world: World) -> None:
    world.clerk_east.set_password(PASSWORD)
    world.clerk_east.password_until = timezone.now() + timedelta(days=1)
    world.clerk_east.save()
    page = page_of(world.clerk_east)

    page.goto("/")

    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    assert barriers(page) == []


def test_what_is_not_there_is_told_on_a_page(page_of: Callable[[User], Page], world: World) -> None:
    page = page_of(world.clerk_east)

    answer = page.goto("/nowhere/")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="没有这一页")).to_be_visible()
