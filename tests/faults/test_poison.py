"""Jobs that kill whoever takes them, or that nobody can read: given up and said so, and all others go on."""

import os
import signal
import zlib
from threading import Event

import pytest
from django.utils import timezone
from django_rq import get_queue
from rq.job import Job as Queued

from casetrack.accounts.models import User
from casetrack.cases.jobs.running import Run
from casetrack.cases.models import Case, Job
from tests.cases.ledgers.books import dispute, ledger
from tests.faults.held import Worker
from tests.faults.world import nothing_is_amiss
from tests.jobs.world import LONG_AGO, waiting_export, waiting_import
from tests.stats.world import QINAN
from tests.web.cases import client_of
from workers import jobs
from workers.doctoring.findings import Visit
from workers.doctoring.queues import none_given_up
from workers.steady import worker_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_redis", "folder")]


def worked() -> bool:
    """Whether a worker, with a process for each job, took all that is queued and ended well."""
    worker = Worker(lambda: worker_of(["jobs"], Event()).work(burst=True, logging_level="CRITICAL"))
    return worker.ends_well()


def crash(run: Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # as the system does to who takes all memory


def silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(beat_at=LONG_AGO)


def test_a_job_that_crashes_its_process_each_time_is_given_up_and_the_others_go_on(
    boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = waiting_import(boss, QINAN, ledger(dispute()))
    monkeypatch.setitem(jobs.RUNNERS, Job.Kind.IMPORT, crash)
    others = [waiting_export(boss).pk]
    assert worked()
    for _ in range(2):  # by other workers, each once the one before has been silent for long
        silent(poison)
        assert Worker(lambda: jobs.run_job(job_id=poison.pk)).ends_well() is False
    silent(poison)
    others.append(waiting_export(boss).pk)
    jobs.queue_jobs()
    assert worked()

    poison = Job.objects.get(pk=poison.pk)
    assert (poison.state, poison.error_code, poison.attempts) == ("failed", "interrupted", 3)
    assert set(Job.objects.filter(pk__in=others).values_list("state", flat=True)) == {"done"}
    assert "执行3次均被中断" in client_of(boss).get(f"/imports/{poison.pk}/").content.decode()
    assert told_by_the_doctor() == [f"一周内有1项用户任务未能完成（被中断、内部错误或存储空间不足）：任务{poison.pk}"]
    assert Case.objects.count() == 0
    assert nothing_is_amiss()


def told_by_the_doctor() -> list[str]:
    at = timezone.now()
    return [finding.said for finding in none_given_up(Visit(at, at.date(), trial=False))]


def unreadable(data: bytes) -> None:
    """Something in the queue that is no job of this release, or of any."""
    job = get_queue("jobs").enqueue("workers.jobs.run_job", kwargs={"job_id": 0})
    job.connection.hset(job.key, "data", zlib.compress(data))


def test_what_nobody_can_read_is_passed_over_and_the_others_go_on(boss: User) -> None:
    unreadable(b"\x80\x05not a pickle")
    unreadable(b"")
    get_queue("jobs").enqueue("workers.jobs.of_a_newer_release")
    get_queue("jobs").enqueue("no.such.module")
    gone = get_queue("jobs").enqueue("workers.jobs.run_job", kwargs={"job_id": 0})
    gone.connection.delete(gone.key)
    job = waiting_export(boss)

    assert worked()

    assert Job.objects.get(pk=job.pk).state == "done"
    assert get_queue("jobs").count == 0
    assert Queued.fetch(get_queue("jobs").failed_job_registry.get_job_ids()[0], connection=gone.connection).is_failed
