"""Nudges: one job waits however often it is asked for, and a lost one costs only time."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import django_rq
import pytest
from django.db import transaction
from pytest_django import Settings
from redis import Redis
from rq import Queue, SimpleWorker

from casetrack.lib import queues
from casetrack.lib.queues import nudge

JOB = "tests.lib.test_queues.do_nothing"

pytestmark = [pytest.mark.usefixtures("servers"), pytest.mark.django_db(transaction=True)]


def do_nothing() -> None:
    """A job that succeeds."""


def fail() -> None:
    """A job that doesn't."""
    raise RuntimeError("on purpose")


@pytest.fixture
def waiting() -> Iterator[Queue]:
    queue = django_rq.get_queue("statistics")
    queue.delete(delete_jobs=True)
    yield queue
    queue.delete(delete_jobs=True)


def test_a_job_waits_once_the_transaction_has_committed(waiting: Queue) -> None:
    with transaction.atomic():
        nudge(JOB)
        assert waiting.count == 0

    assert [job.func_name for job in waiting.jobs] == [JOB]


def test_a_transaction_that_is_rolled_back_wakes_nobody(waiting: Queue) -> None:
    with transaction.atomic():
        nudge(JOB)
        transaction.set_rollback(True)

    assert waiting.count == 0


def test_however_often_it_is_asked_for_one_job_waits(waiting: Queue) -> None:
    for _ in range(3):
        nudge(JOB)

    assert waiting.count == 1


@pytest.mark.parametrize("job", [JOB, "tests.lib.test_queues.fail"])
def test_a_job_that_has_run_can_be_asked_for_again(waiting: Queue, job: str) -> None:
    nudge(job)
    SimpleWorker([waiting], connection=waiting.connection).work(burst=True, logging_level="CRITICAL")

    nudge(job)

    assert waiting.count == 1


@pytest.mark.parametrize("url", ["unix:///nowhere/redis.sock", "redis://127.0.0.1:1/0"])
def test_a_redis_that_is_away_is_said_and_nothing_fails(
    settings: Settings, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    settings.REDIS_URL = url
    began = time.monotonic()

    nudge(JOB)

    assert time.monotonic() - began < 1
    assert "was not queued" in caplog.text


def test_a_redis_that_never_answers_holds_nobody_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr(queues, "ANSWER_WITHIN", 0.1)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "s"))
        silent.listen()
        settings.REDIS_URL = f"unix://{tmp_path}/s"

        nudge(JOB)

    assert "was not queued" in caplog.text


def test_a_connection_that_redis_closed_meanwhile_loses_no_nudge(waiting: Queue) -> None:
    nudge(JOB)
    waiting.delete(delete_jobs=True)
    end_connections(waiting.connection)

    nudge(JOB)

    assert waiting.count == 1


def end_connections(redis: Redis) -> None:
    """Those to this database of Redis alone: tests may run beside us, with another."""
    own = redis.client_id()
    ours = next(client["db"] for client in redis.client_list() if int(client["id"]) == own)
    for client in redis.client_list(_type="normal"):
        if client["db"] == ours and int(client["id"]) != own:
            redis.client_kill_filter(_id=client["id"])


def test_a_queue_that_does_not_exist_is_our_mistake_and_raises() -> None:
    with pytest.raises(KeyError):
        nudge(JOB, queue="nonesuch")
