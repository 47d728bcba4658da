"""Someone at a browser, in the small world of the API's tests."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from casetrack.accounts.models import User
from tests.api.conftest import World, dispute, world
from tests.web.browsing import browser as started
from tests.web.browsing import served

__all__ = ["World", "dispute", "world"]

# Playwright's loop runs in the thread of the tests, and Django would take it for a server's
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=800)


def pytest_itemcollected(item: pytest.Item) -> None:
    """One process has the browser: starting another costs more than waiting for it."""
    item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """The browser; the connection stays: beside a running loop Django would open another, which a fork then shares."""
    kept = connections["default"]
    with started() as found:
        connections["default"] = kept
        yield found


@pytest.fixture
def site(db: None) -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A window that knows nobody; whatever breaks in its pages, or is fetched from elsewhere, fails the test."""
    opened = browser.new_context(base_url=site, viewport=DESK, locale="zh-CN")
    opened.set_default_timeout(10_000)
    wrong: list[str] = []
    opened.on("weberror", lambda error: wrong.append(str(error.error)))
    opened.on("request", lambda request: wrong.append(request.url) if foreign(request.url, site) else None)
    opened.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    opened.close()
    assert wrong == []


def foreign(address: str, site: str) -> bool:
    return not address.startswith((f"{site}/", "data:", "blob:"))


@pytest.fixture
def page_of(context: BrowserContext, site: str) -> Callable[[User], Page]:
    """A page on which the user has logged in."""

    def open_page(user: User) -> Page:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return context.new_page()

    return open_page
