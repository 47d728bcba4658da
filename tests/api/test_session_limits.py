"""How long a session lasts: half an hour without use, twelve hours in any case."""

import pytest
from django.contrib.sessions.models import Session

from casetrack.accounts import sessions
from tests.api.browsing import Browser, with_password
from tests.api.conftest import World

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"
MINUTE, HOUR = 60.0, 3600.0
BEGUN = 1_717_200_000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the middleware takes for the time, as its only item."""
    now = [BEGUN]
    monkeypatch.setattr(sessions, "time", lambda: now[0])
    return now


@pytest.fixture
def browser(world: World, clock: list[float]) -> Browser:
    with_password(world.clerk_east)
    browser = Browser()
    browser.log_in("clerk-east")
    assert browser.get(CASES).status_code == 200
    return browser


def test_an_idle_session_ends(browser: Browser, clock: list[float]) -> None:
    clock[0] += 30 * MINUTE
    just_in_time = browser.get(CASES).status_code
    clock[0] += 30 * MINUTE + 1

    assert (just_in_time, browser.get(CASES).status_code) == (200, 401)


def test_a_session_in_use_ends_after_a_working_day(browser: Browser, clock: list[float]) -> None:
    for _ in range(24):
        clock[0] += 29 * MINUTE
        assert browser.get(CASES).status_code == 200
    clock[0] = BEGUN + 12 * HOUR + 1

    assert browser.get(CASES).status_code == 401


def test_a_session_that_ended_does_not_come_back(browser: Browser, clock: list[float]) -> None:
    clock[0] += HOUR
    browser.get(CASES)
    clock[0] = BEGUN

    assert browser.get(CASES).status_code == 401


def test_use_is_noted_once_a_minute(browser: Browser, clock: list[float]) -> None:
    def kept() -> str:
        return Session.objects.get(pk=browser.cookies["sessionid"].value).session_data

    before = kept()
    clock[0] += 59
    browser.get(CASES)
    within = kept()
    clock[0] += 1
    browser.get(CASES)

    assert within == before
    assert kept() != before
