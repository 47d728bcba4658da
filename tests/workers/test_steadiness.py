"""Workers and schedule outlive a Redis that goes away, and end when asked to."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from redis.exceptions import ConnectionError
from rq.exceptions import StopRequested

from workers.steady import until_asked_to_stop, worker_of


def test_a_redis_that_does_not_answer_is_asked_again_until_it_does() -> None:
    answers = iter([False, False, True])

    def once() -> bool:
        if not next(answers):
            raise ConnectionError("refused")
        return True

    until_asked_to_stop(once, pause=0.01)

    assert next(answers, None) is None


def test_a_process_that_ended_without_being_asked_begins_again() -> None:
    ends = iter([False, False, True])

    until_asked_to_stop(lambda: next(ends), pause=0.01)

    assert next(ends, None) is None


def test_being_asked_to_stop_while_waiting_for_redis_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise ConnectionError("refused")

    def interrupted(seconds: float) -> None:
        raise StopRequested

    monkeypatch.setattr("workers.steady.time.sleep", interrupted)

    until_asked_to_stop(refuse, pause=60)


def test_any_other_error_is_not_hidden() -> None:
    def break_down() -> bool:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        until_asked_to_stop(break_down, pause=0)


def test_a_worker_listens_to_the_queues_it_was_given_alone() -> None:
    assert worker_of(["deadlines", "statistics"]).queue_names() == ["deadlines", "statistics"]


def test_the_deployment_takes_every_queue_and_long_jobs_in_a_process_of_their_own() -> None:
    text = (Path(settings.BASE_DIR) / "docker-compose.yml").read_text()

    commands = re.findall(r"command: \[python, manage.py, work, (.*)\]", text)
    taken = [sorted(re.findall("--queue=([a-z]+)", command)) for command in commands]

    assert sorted(name for names in taken for name in names) == sorted(settings.RQ_QUEUES)
    assert ["jobs"] in taken


def test_a_burst_leaves_no_queue_out() -> None:
    with pytest.raises(CommandError, match="不能与 --queue 同用"):
        call_command("work", "--burst", queue=["jobs"])
