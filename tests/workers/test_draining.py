"""From a logged case to its figure, through the real queues: nudged, not nudged, and after a failure."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django_rq
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from rq import Queue
from rq.executions import Execution
from rq.job import Job, JobStatus

from casetrack.cases.models import Unsettled
from casetrack.organizations.models import Organization, Region
from casetrack.stats import recount, rollup
from tests.cases.logging import log_dispute
from tests.workers.world import queued, received_in
from workers import jobs
from workers.draining import BurstWorker, Drained, drain, empty_queues

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]
SETTLE = "workers.jobs.settle_statistics"


@contextmanager
def redis_stopped(tmp_path: Path) -> Iterator[None]:
    """As the processes see it: nothing listens where Redis should."""
    nowhere = f"unix://{tmp_path}/nobody.sock"
    queues = {name: {**queue, "URL": nowhere} for name, queue in settings.RQ_QUEUES.items()}
    with override_settings(REDIS_URL=nowhere, RQ_QUEUES=queues):
        yield


def burst() -> Drained:
    drained = Drained()
    empty_queues(drained)
    return drained


def test_a_logged_case_nudges_one_worker_however_many_are_logged(committee: Organization) -> None:
    for _ in range(3):
        log_dispute(committee)

    assert queued() == [SETTLE]


def test_a_worker_counts_what_it_was_nudged_to(committee: Organization, county: Region) -> None:
    log_dispute(committee)

    drained = burst()

    assert (drained.done, drained.failures) == (1, [])
    assert received_in(county) == 1
    assert queued() == []


def test_a_case_logged_while_redis_is_stopped_is_counted_later(
    committee: Organization, county: Region, tmp_path: Path
) -> None:
    with redis_stopped(tmp_path):
        log_dispute(committee)
    assert (queued(), received_in(county)) == ([], 0)

    call_command("work", burst=True)

    assert received_in(county) == 1
    assert rollup.waiting() == 0


def test_while_redis_is_stopped_marks_are_counted_and_the_command_says_what_was_not_done(
    committee: Organization, county: Region, tmp_path: Path
) -> None:
    log_dispute(committee)

    with redis_stopped(tmp_path), pytest.raises(CommandError, match="Redis"):
        call_command("work", burst=True)

    assert received_in(county) == 1
    assert queued() == [SETTLE]


def test_a_failed_job_leaves_its_marks_and_does_not_stand_in_the_way_of_the_next_nudge(
    committee: Organization, county: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_dispute(committee)
    with monkeypatch.context() as broken:
        broken.setattr(recount, "offices", refuse)
        failed = burst()
    marked = Unsettled.objects.count()

    log_dispute(committee)
    waiting = queued()
    drained = burst()

    assert [failure.job for failure in failed.failures] == [SETTLE]
    assert failed.failures[0].error.startswith("builtins.ValueError（test_draining.py:")
    assert marked > 0
    assert waiting == [SETTLE]
    assert drained.failures == []
    assert received_in(county) == 2


def refuse(buckets: object) -> object:
    raise ValueError("the disk is full")


def test_a_worker_killed_with_its_job_blocks_no_count(committee: Organization, county: Region) -> None:
    log_dispute(committee)
    queue = django_rq.get_queue("statistics")
    job = queue.jobs[0]
    queue.remove(job)
    job.set_status(JobStatus.STARTED)  # and nobody is left to end it: nudges are refused until rq finds out
    log_dispute(committee)
    assert queued() == []

    call_command("work", burst=True)

    assert received_in(county) == 2
    job.delete()


def test_a_failed_job_makes_the_command_fail_and_is_named_with_its_place(
    capsys: pytest.CaptureFixture[str], county: Region
) -> None:
    jobs.roll_up_month.delay(region_code=county.code, month="2024-13")

    with pytest.raises(CommandError, match="1项任务失败"):
        call_command("work", burst=True)

    assert "roll_up_month失败：builtins.ValueError（months.py:" in capsys.readouterr().err


def test_a_burst_with_nothing_to_do_says_so_and_succeeds(county: Region, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("work", burst=True)
    capsys.readouterr()

    call_command("work", burst=True)

    assert capsys.readouterr().out.startswith("结算0个机构和地区")


def test_progress_counts_up_while_what_is_left_goes_down(committee: Organization) -> None:
    log_dispute(committee)
    seen: list[tuple[int, int]] = []

    drained = drain(progress=lambda done, left: seen.append((done, left)))

    assert seen
    assert seen[-1] == (drained.settled, 0)


def test_a_worker_that_gives_up_is_not_taken_for_one_that_has_finished(
    committee: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_dispute(committee)
    monkeypatch.setattr(BurstWorker, "execute_job", give_up)

    with pytest.raises(CommandError, match="还有1项任务未执行"):
        call_command("work", burst=True)


def give_up(worker: BurstWorker, job: Job, queue: Queue) -> None:
    queue.push_job_id(job.id)
    raise OSError("the connection broke")


def test_ctrl_c_ends_the_burst_after_the_job_at_hand_and_is_given_back(
    committee: Organization, county: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    log_dispute(committee)
    jobs.roll_up_month.delay(region_code=county.code, month="2024-05")
    monkeypatch.setattr(BurstWorker, "perform_job", interrupted(BurstWorker.perform_job))

    with pytest.raises(KeyboardInterrupt):
        drain(progress=lambda done, left: None)

    assert queued() == ["workers.jobs.roll_up_month"]
    assert signal.getsignal(signal.SIGINT) == before


Perform = Callable[[BurstWorker, Job, Queue, Execution], bool]


def interrupted(perform: Perform) -> Perform:
    def perform_and_interrupt(worker: BurstWorker, job: Job, queue: Queue, execution: Execution) -> bool:
        signal.raise_signal(signal.SIGINT)
        return perform(worker, job, queue, execution)

    return perform_and_interrupt
