"""Working off everything there is, in this process, and then ending: what `manage.py work --burst` does."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django_rq import get_queue
from rq import Queue, SimpleWorker
from rq.executions import Execution
from rq.job import Job

from casetrack.cases.jobs.running import JobBroke
from casetrack.stats import rollup
from workers import jobs
from workers.discreet import Discreet, in_short

STEP = 500  # offices between two reports of progress

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that failed, and where."""

    job: str
    error: str


@dataclass(slots=True)
class Drained:
    """What was done: offices and regions counted, jobs run, jobs failed."""

    settled: int = 0
    done: int = 0
    failures: list[Failure] = field(default_factory=list)


class WorkLeft(Exception):
    """Jobs are queued, and the worker ended without taking them."""


class BurstWorker(Discreet, SimpleWorker):
    """Runs jobs in this process, so without a fork beside an open database connection, and notes how they fared."""

    asked_to_stop = False

    def __init__(self, drained: Drained) -> None:
        queues = [get_queue(name) for name in settings.RQ_QUEUES]
        super().__init__(queues, connection=queues[0].connection)
        self.drained = drained

    def subscribe(self) -> None:
        """It is too short-lived to be sent commands, and their listener takes seconds to end."""

    def unsubscribe(self) -> None:
        """Nothing was subscribed to."""

    def handle_warm_shutdown_request(self) -> None:
        self.asked_to_stop = True

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        succeeded = super().perform_job(job, queue, execution)
        self.drained.done += succeeded
        return succeeded

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        super().handle_exception(job, *exc_info)
        _, error, trace = exc_info
        self.drained.failures.append(Failure(job.func_name or job.id, in_short(error, trace)))


def drain(*, progress: Progress) -> Drained:
    """Count what the database has marked, nudged or not; sweep the clocks; run jobs and what is queued; count the rest.

    Redis is needed only for what is queued: the rest is done even when it doesn't answer, which is then raised.
    """
    drained = Drained()
    settle(drained, progress)
    jobs.sweep_deadlines()
    run_jobs(drained)
    with signal_handlers_kept():
        empty_queues(drained)
    settle(drained, progress)
    return drained


def run_jobs(drained: Drained) -> None:
    """What users asked for, queued or not; whoever meets such a job in the queue afterwards finds it done."""
    for job_id in jobs.jobs_to_run():
        try:
            jobs.run_job(job_id=job_id)
            drained.done += 1
        except JobBroke as broke:
            drained.failures.append(Failure(f"{jobs.run_job.__module__}.run_job", str(broke)))


def empty_queues(drained: Drained) -> None:
    """Run jobs until none is queued. rq's worker ends without a word when anything goes wrong, so ask what is left."""
    while True:
        worker = BurstWorker(drained)
        worked = worker.work(burst=True, logging_level="CRITICAL")
        if worker.asked_to_stop:
            raise KeyboardInterrupt
        left = sum(queue.count for queue in worker.queues)
        if not left:
            return
        if not worked:
            raise WorkLeft(f"队列中还有{left}项任务未执行，请检查Redis后重试")


@contextmanager
def signal_handlers_kept() -> Iterator[None]:
    """rq's worker takes Ctrl-C for itself, and would keep it when it has ended."""
    before = {signum: signal.getsignal(signum) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def settle(drained: Drained, progress: Progress) -> None:
    counted = 0
    while fresh := rollup.settle(limit=STEP):
        counted += fresh
        progress(counted, rollup.waiting())
    drained.settled += counted
