"""Whoever watches a worker or the schedule hears that it is at work, and that it hangs."""

from collections.abc import Iterator
from threading import Event

import pytest
from django.conf import settings
from redis import Redis

from workers import beats
from workers.steady import SteadyScheduler, worker_of


@pytest.fixture
def silence(queues: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """Nobody of this machine has said anything; the commands of health checks ask the Redis of the tests."""
    monkeypatch.setattr("socket.gethostname", lambda: "office-7")
    monkeypatch.setenv("REDIS_URL", settings.REDIS_URL)
    with Redis.from_url(settings.REDIS_URL) as connection:
        yield connection
        for key in connection.scan_iter("casetrack:beats:office-7:*"):
            connection.delete(key)


def test_a_worker_is_heard_on_each_of_its_queues_for_a_while_and_on_no_other(silence: Redis) -> None:
    assert beats.main(["reports"]) == "150秒内没有本机进程的消息：reports"

    worker_of(["reports", "default"], Event()).work(burst=True, logging_level="CRITICAL")

    assert beats.main(["reports", "default"]) is None
    assert beats.main(["jobs"]) is not None
    assert 100 < silence.ttl(beats.key_of("reports")) <= 150


def test_a_worker_with_nothing_to_do_speaks_more_often_than_it_is_waited_for() -> None:
    assert worker_of(["jobs"], Event()).dequeue_timeout * 2 < beats.LOUD_FOR


def test_the_schedule_is_heard(silence: Redis) -> None:
    scheduler = SteadyScheduler()
    scheduler.load_config_from_file("workers.schedule")

    scheduler.heartbeat()

    assert beats.main([beats.SCHEDULE]) is None


@pytest.mark.parametrize(
    ("url", "names", "said"),
    [
        ("redis://127.0.0.1:1/0", ["jobs"], "Redis 没有应答"),
        ("", ["jobs"], "用法"),
        ("redis://127.0.0.1:1/0", [], "用法"),
    ],
)
def test_what_can_not_be_asked_is_no_good_news(
    monkeypatch: pytest.MonkeyPatch, url: str, names: list[str], said: str
) -> None:
    monkeypatch.setenv("REDIS_URL", url)

    assert said in (beats.main(names) or "")
