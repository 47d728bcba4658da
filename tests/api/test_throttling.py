"""How often one may ask: counted for each token by itself, and not at all while Redis is away."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django import Settings
from redis import Redis
from rest_framework.test import APIClient

from casetrack import settings as usual
from casetrack.accounts.models import Token, User
from casetrack.lib import counters
from casetrack.lib.counters import PREFIX, counters_at
from tests.api.conftest import World, new_dispute

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases/"
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the counters take for the time, as its only item: 20 seconds into a minute."""
    now = [1_717_200_000.0 + 20]
    monkeypatch.setattr(counters, "time", lambda: now[0])
    return now


@pytest.fixture(autouse=True)
def narrow(servers: None, clock: list[float], settings: Settings) -> Iterator[None]:
    settings.REQUESTS_PER_MINUTE = {"token": 3, "session": 2, "anonymous": 1}
    redis = counters_at(configured.REDIS_URL).redis
    forget(redis)
    yield
    forget(redis)


def forget(redis: Redis) -> None:
    for key in redis.scan_iter(f"{PREFIX}:*"):
        redis.delete(key)


def test_who_asks_too_often_hears_how_long_to_wait(clerk: APIClient) -> None:
    answers = [clerk.get(CASES) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert (answers[-1].json()["code"], answers[-1].headers["Retry-After"]) == ("throttled", "40")
    assert answers[-1].headers["Content-Type"] == "application/problem+json"


def test_after_the_wait_one_may_go_on(clerk: APIClient, clock: list[float]) -> None:
    for _ in range(4):
        clerk.get(CASES)
    clock[0] += 40

    assert clerk.get(CASES).status_code == 200


def test_each_token_counts_by_itself(world: World, client_of: Callable[[User], APIClient]) -> None:
    hurried, patient = client_of(world.clerk_east), client_of(world.clerk_east)

    assert [hurried.get(CASES).status_code for _ in range(4)][-1] == 429
    assert patient.get(CASES).status_code == 200


def test_sessions_have_a_rate_of_their_own(world: World) -> None:
    browser = APIClient()
    browser.force_login(world.clerk_east)

    assert [browser.get(CASES).status_code for _ in range(3)] == [200, 200, 429]


def test_who_guesses_tokens_is_slowed_down_and_bothers_nobody_else(world: World, clerk: APIClient) -> None:
    guesser = APIClient(headers={"Authorization": "Bearer ct_guessed"})

    answers = [guesser.get(CASES) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [401, 429]
    assert answers[-1].headers["Retry-After"] == "40"
    assert clerk.get(CASES).status_code == 200


def test_a_rate_of_nothing_is_no_limit(clerk: APIClient, settings: Settings) -> None:
    settings.REQUESTS_PER_MINUTE = {**settings.REQUESTS_PER_MINUTE, "token": 0}

    assert {clerk.get(CASES).status_code for _ in range(5)} == {200}


def test_a_case_is_logged_while_redis_is_away_and_one_line_tells_of_it(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    counters_at.cache_clear()
    settings.REDIS_URL = NOWHERE
    now = timezone.now()
    _, secret = Token.issue(user=world.clerk_east, name="测试", now=now, expires_at=None)
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    with caplog.at_level(logging.WARNING, logger="casetrack.lib.counters"):
        answers = [program.post(CASES, new_dispute(world.east)).status_code for _ in range(5)]

    assert answers == [201] * 5
    assert [record.message.partition(":")[0] for record in caplog.records if record.name == counters.__name__] == [
        "Redis does not answer, requests are not counted until it does"
    ]


def test_a_redis_that_comes_back_counts_again(
    clerk: APIClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    known = counters_at(configured.REDIS_URL)
    known.note_away(ConnectionError("away"))
    away = [clerk.get(CASES).status_code for _ in range(5)]

    monkeypatch.setattr(known, "asked_again_at", 0.0)

    assert away == [200] * 5
    assert [clerk.get(CASES).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert caplog.messages.count("Redis answers again, requests are counted") == 1


def test_the_usual_rate_of_tests_and_benchmarks_is_beyond_what_they_ask() -> None:
    assert usual.REQUESTS_PER_MINUTE == {"token": 60_000, "session": 60_000, "anonymous": 60_000}
