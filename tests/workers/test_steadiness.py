"""Workers and schedule outlive a Redis that goes away, and end when asked to."""

import re
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from redis.exceptions import ConnectionError
from rq.cron_scheduler_registry import get_keys, get_registry_key
from rq.exceptions import StopRequested

from workers.steady import SteadyScheduler, until_asked_to_stop, worker_of


def test_a_redis_that_does_not_answer_is_asked_again_until_it_does() -> None:
    answers = iter([False, False, True])

    def once() -> bool:
        if not next(answers):
            raise ConnectionError("refused")
        return True

    until_asked_to_stop(once, pause=0.01, asked=Event())

    assert next(answers, None) is None


def test_a_process_that_ended_without_being_asked_begins_again() -> None:
    ends = iter([False, False, True])

    until_asked_to_stop(lambda: next(ends), pause=0.01, asked=Event())

    assert next(ends, None) is None


def test_being_asked_to_stop_while_waiting_for_redis_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise ConnectionError("refused")

    def interrupted(seconds: float) -> None:
        raise StopRequested

    monkeypatch.setattr("workers.steady.time.sleep", interrupted)

    until_asked_to_stop(refuse, pause=60, asked=Event())


def test_a_worker_that_could_only_note_that_it_is_to_end_is_not_begun_again() -> None:
    """Its handler notes it while a job runs; then Redis goes away, and the worker ends by that."""
    asked = Event()
    began = []

    def asked_while_redis_goes_away() -> bool:
        began.append(1)
        asked.set()
        raise ConnectionError("gone")

    until_asked_to_stop(asked_while_redis_goes_away, pause=0, asked=asked)

    assert began == [1]


@pytest.mark.usefixtures("queues")
def test_a_worker_asked_to_end_during_a_job_notes_it_before_it_tells_redis() -> None:
    asked = Event()

    worker_of(["statistics"], asked).handle_warm_shutdown_request()

    assert asked.is_set()


@pytest.mark.usefixtures("queues")
def test_a_schedule_that_redis_has_forgotten_ends_as_it_was_asked_to() -> None:
    scheduler = SteadyScheduler()
    scheduler.load_config_from_file("workers.schedule")
    scheduler.register_birth()
    scheduler.connection.delete(get_registry_key())  # as a restart does

    scheduler.register_death()

    assert scheduler.name not in get_keys(scheduler.connection)


def test_any_other_error_is_not_hidden() -> None:
    def break_down() -> bool:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        until_asked_to_stop(break_down, pause=0, asked=Event())


def test_a_worker_listens_to_the_queues_it_was_given_alone() -> None:
    assert worker_of(["deadlines", "statistics"], Event()).queue_names() == ["deadlines", "statistics"]


def test_the_deployment_takes_every_queue_and_long_jobs_in_a_process_of_their_own() -> None:
    text = (Path(settings.BASE_DIR) / "docker-compose.yml").read_text()

    commands = re.findall(r"command: \[python, manage.py, work, (.*)\]", text)
    taken = [sorted(re.findall("--queue=([a-z]+)", command)) for command in commands]

    assert sorted(name for names in taken for name in names) == sorted(settings.RQ_QUEUES)
    assert ["jobs"] in taken


def test_a_burst_leaves_no_queue_out() -> None:
    with pytest.raises(CommandError, match="不能与 --queue 同用"):
        call_command("work", "--burst", queue=["jobs"])
