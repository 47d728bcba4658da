"""A job is done once, whatever becomes of workers, Redis and those who change their minds. Interleavings are forced."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django_rq
import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from casetrack.accounts.models import User
from casetrack.cases.jobs import imports, running
from casetrack.cases.jobs.asking import JobFinished, cancel
from casetrack.cases.jobs.imports import Tally
from casetrack.cases.ledgers import importing
from casetrack.cases.models import Case, ImportBatch, Job
from tests.cases.ledgers.books import COUNTY, dispute, ledger
from tests.jobs.world import LONG_AGO, waiting_import
from tests.workers.test_draining import redis_stopped
from tests.workers.world import queued
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]

THREE = ledger(*(dispute(编号=f"秦人调〔2024〕{number}号") for number in (1, 2, 3)))
ALL_THREE = {"read": 3, "created": 3, "changed": 0, "unchanged": 0, "rejected": 0}
RUN = "workers.jobs.run_job"
SOMEBODY = "张三 13812341234"


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction a row, and something said after each."""
    monkeypatch.setattr(importing, "CHUNK", 1)


def run(job: Job) -> Job:
    """As a worker does it, but for saying how far it is every time instead of every second."""
    running.run(job_id=job.pk, runners=jobs.RUNNERS, leavers=jobs.LEAVERS, clock=timezone.now, every=0)
    return again(job)


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def after_rows(count: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once so many rows are in, do something before the import says so."""
    advance = Tally.advance

    def advance_and_act(tally: Tally, file: str, rows: int, most: int) -> None:
        if tally.done + rows == count and rows:
            act()
        advance(tally, file, rows, most)

    monkeypatch.setattr(Tally, "advance", advance_and_act)


def in_another_connection(act: Callable[[], object]) -> None:
    """As another process would: sees and is seen only what is committed."""

    def act_and_close() -> None:
        act()
        connections.close_all()

    other = threading.Thread(target=act_and_close)
    other.start()
    other.join(timeout=20)
    assert not other.is_alive()


class Killed(BaseException):
    """What kills a worker asks nobody."""


def kill() -> None:
    raise Killed


def test_redis_is_told_the_number_of_the_job_and_nothing_else(boss: User) -> None:
    job = waiting_import(boss, COUNTY, THREE)

    waiting = django_rq.get_queue("jobs").jobs
    assert [(each.func_name, each.kwargs) for each in waiting] == [(RUN, {"job_id": job.pk})]


def test_a_job_asked_for_while_redis_is_stopped_is_found_by_the_schedule(boss: User, tmp_path: Path) -> None:
    with redis_stopped(tmp_path):
        job = waiting_import(boss, COUNTY, THREE)
    assert queued() == []

    jobs.queue_jobs()

    assert queued() == [RUN]
    call_command("work", burst=True)
    assert again(job).counts == ALL_THREE


def test_a_burst_runs_jobs_even_while_redis_is_stopped(boss: User, tmp_path: Path) -> None:
    with redis_stopped(tmp_path):
        job = waiting_import(boss, COUNTY, THREE)
        with pytest.raises(CommandError, match="Redis"):
            call_command("work", burst=True)

    assert again(job).state == Job.State.DONE


def test_a_job_run_twice_is_done_once(boss: User) -> None:
    job = run(waiting_import(boss, COUNTY, THREE))

    jobs.run_job(job_id=job.pk)

    assert (again(job).attempts, ImportBatch.objects.count()) == (1, 1)


def test_two_workers_at_once_do_it_once(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = waiting_import(boss, COUNTY, THREE)
    after_rows(1, lambda: in_another_connection(lambda: jobs.run_job(job_id=job.pk)), monkeypatch)

    assert run(job).counts == ALL_THREE
    assert (again(job).attempts, ImportBatch.objects.count()) == (1, 1)


def test_a_job_that_is_not_there_is_passed_over(boss: User) -> None:
    jobs.run_job(job_id=404)

    assert Job.objects.count() == 0


def test_others_see_how_far_a_job_is_while_it_runs(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job, seen = waiting_import(boss, COUNTY, THREE, dry_run=True), []

    def look() -> None:
        seen.append((again(job).state, again(job).done, again(job).doing))

    after_rows(2, lambda: in_another_connection(look), monkeypatch)

    run(job)

    assert seen == [("running", 1, "台账.xlsx")]


def test_a_killed_worker_leaves_a_job_that_is_found_once_it_has_been_silent(
    boss: User, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    job = waiting_import(boss, COUNTY, THREE)
    with monkeypatch.context() as patch:
        after_rows(2, kill, patch)
        with pytest.raises(Killed):
            run(job)
    assert (again(job).state, Case.objects.count()) == ("running", 2)
    assert jobs.jobs_to_run() == []

    Job.objects.update(beat_at=timezone.now() - timedelta(minutes=6))

    assert jobs.jobs_to_run() == [job.pk]


def test_a_job_cut_off_is_done_again_and_nothing_twice(
    boss: User, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    job = waiting_import(boss, COUNTY, THREE)
    with monkeypatch.context() as patch:
        after_rows(2, kill, patch)
        with pytest.raises(Killed):
            run(job)
    Job.objects.update(beat_at=LONG_AGO)

    job = run(job)

    assert (job.state, job.attempts, job.counts) == ("done", 2, ALL_THREE)
    assert Case.objects.count() == 3
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {"done"}
    assert list(folder.iterdir()) == []


def test_a_job_that_kills_each_of_its_workers_is_given_up(
    boss: User, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    job = waiting_import(boss, COUNTY, THREE)
    after_rows(1, kill, monkeypatch)
    for _ in range(3):
        with pytest.raises(Killed):
            run(job)
        Job.objects.update(beat_at=LONG_AGO)

    job = run(job)

    assert (job.state, job.error_code) == ("failed", "interrupted")
    assert list(folder.iterdir()) == []


def test_a_worker_taken_for_dead_writes_nothing_more(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = waiting_import(boss, COUNTY, THREE)

    def another_takes_over() -> None:
        Job.objects.update(beat_at=LONG_AGO)
        assert running.claim(job.pk, timezone.now())

    after_rows(2, another_takes_over, monkeypatch)

    job = run(job)

    assert (job.state, job.attempts) == ("running", 2)
    assert Case.objects.count() == 2


def test_a_job_called_off_before_it_begins_never_does(boss: User, folder: Path) -> None:
    job = waiting_import(boss, COUNTY, THREE)

    cancel(job_id=job.pk, now=timezone.now())

    assert run(job).state == Job.State.CANCELLED
    assert Case.objects.count() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("dry_run", "left"), [(False, 2), (True, 0)])
def test_a_job_called_off_while_it_runs_stops_after_the_rows_at_hand(
    dry_run: bool, left: int, boss: User, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    job = waiting_import(boss, COUNTY, THREE, dry_run=dry_run)

    def call_off() -> None:
        cancel(job_id=job.pk, now=timezone.now())

    after_rows(2, lambda: in_another_connection(call_off), monkeypatch)

    job = run(job)

    assert (job.state, Case.objects.count()) == ("cancelled", left)
    assert job.counts == {"read": left, "created": left, "changed": 0, "unchanged": 0, "rejected": 0}
    assert list(folder.iterdir()) == []


def test_what_is_over_is_not_called_off(boss: User) -> None:
    job = run(waiting_import(boss, COUNTY, THREE))

    with pytest.raises(JobFinished, match="可以撤销"):
        cancel(job_id=job.pk, now=timezone.now())


def test_an_unforeseen_error_ends_the_job_and_repeats_nothing_of_it(
    boss: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise ValueError(SOMEBODY)

    monkeypatch.setattr(imports, "import_files", fail)
    job = waiting_import(boss, COUNTY, THREE)

    with pytest.raises(CommandError, match="1项任务失败"):
        call_command("work", burst=True)

    assert (again(job).state, again(job).error_code) == ("failed", "server_error")
    assert f"job {job.pk} broke with ValueError" in caplog.text
    assert SOMEBODY not in caplog.text + capsys.readouterr().err + again(job).error
