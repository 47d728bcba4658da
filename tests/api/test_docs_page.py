"""The page of the contract: it works without the internet, and loads nothing that it doesn't say."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db
IN_STYLES = re.compile(rb"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Page(HTMLParser):
    """The addresses that a page names, and what is written into it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.addresses += [value for name in ("src", "href", "data-schema") if (value := named.get(name))]
        self.inline += [name for name in named if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in named):
            self.inline.append(tag)


def test_everything_on_the_page_comes_from_this_host(supervisor: APIClient, settings: Settings) -> None:
    settings.WHITENOISE_AUTOREFRESH = False  # as in production
    answer = supervisor.get("/api/v1/docs/", headers={"Accept": "text/html"})
    page = Page(answer.content.decode())

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert len(page.addresses) >= 5
    for address in page.addresses:
        assert urlsplit(address)[:2] == ("", "")
        assert supervisor.get(address).status_code == 200, address


def test_the_styles_name_nothing_that_is_elsewhere(supervisor: APIClient) -> None:
    page = Page(supervisor.get("/api/v1/docs/").content.decode())
    styles = [address for address in page.addresses if address.endswith(".css")]
    named = [
        either or other for address in styles for either, other in IN_STYLES.findall(b"".join(supervisor.get(address)))
    ]

    assert styles != []
    assert [address for address in named if not address.startswith(b"data:")] == []


def test_the_page_runs_under_a_policy_without_inline_script_or_style(supervisor: APIClient) -> None:
    answer = supervisor.get("/api/v1/docs/")

    assert Page(answer.content.decode()).inline == []
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_browser_without_a_log_in_is_told_so_as_a_problem() -> None:
    answer = APIClient().get("/api/v1/docs/", headers={"Accept": "text/html"})

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
