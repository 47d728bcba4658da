"""Running a job: one worker holds it, says how far it is, and stops when it is called off or has lost the job."""

import logging
import traceback
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import needless
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused
from casetrack.lib.outages import AWAY, Outage, outage_of
from casetrack.organizations.narrowing import narrowing_of
from casetrack.replicas.choosing import note_written

logger = logging.getLogger(__name__)

SILENT = timedelta(minutes=5)  # after which a worker that said nothing is taken for dead
MOST_ATTEMPTS = 3
KEPT = timedelta(hours=24)  # for which a result can be fetched
TELL_EVERY = 1.0  # seconds
TELL = """
UPDATE cases_job SET beat_at = %s, done = %s, total = %s, doing = %s
WHERE id = %s AND run = %s AND state = 'running' RETURNING cancel_asked
"""

Clock = Callable[[], datetime]
State = Job.State


class JobLost(Exception):
    """Another worker has taken the job over: this one must not write any more."""


class JobCancelled(Exception):
    """The job was called off."""


class JobBroke(Exception):
    """A job ended by an error that nobody foresaw; its text holds nothing of what the job worked on."""


class NotPermitted(Refused):
    """The owner may no longer do what was asked for."""

    code = "permission_denied"


@dataclass(slots=True)
class Run:
    """One attempt at a job.

    Progress goes through a connection of its own, so that others see it, and it sees that the job was called off, also
    while the job's own work is one long transaction.
    """

    job: Job
    clock: Clock
    beside: BaseDatabaseWrapper
    every: float
    done: int = 0
    total: int | None = None
    doing: str = ""
    told: float = field(default_factory=lambda: float("-inf"))

    def advance(self, done: int, *, total: int | None = None, doing: str | None = None) -> None:
        """Say how far the job is, not more often than anyone looks. Raises JobCancelled or JobLost."""
        self.done = done
        self.total = self.total if total is None else total
        self.doing = self.doing if doing is None else doing[:255]
        if monotonic() - self.told >= self.every:
            self.tell()

    def tell(self) -> None:
        with self.beside.cursor() as cursor:
            cursor.execute(TELL, [self.clock(), self.done, self.total, self.doing, self.job.pk, self.job.run])
            held = cursor.fetchone()
        if held is None:
            raise JobLost(self.job.pk)
        if held[0]:
            raise JobCancelled(self.job.pk)
        self.told = monotonic()

    def end(self, state: Job.State, **written: Any) -> None:
        """Write the end of the job, once: whoever has lost it writes nothing."""
        ended = Job.objects.filter(pk=self.job.pk, run=self.job.run, state=State.RUNNING)
        if not ended.update(state=state, finished_at=self.clock(), done=self.done, total=self.total, **written):
            raise JobLost(self.job.pk)
        transaction.on_commit(partial(store.drop, *needless(self.job, state)))

    def expiry(self) -> datetime:
        return self.clock() + KEPT


Runner = Callable[[Run], None]  # does the work and ends the run as done
Leaver = Callable[[Run], Mapping[str, Any]]  # what to write of a job that stopped halfway


def run(
    *,
    job_id: int,
    runners: Mapping[str, Runner],
    leavers: Mapping[str, Leaver],
    clock: Clock,
    every: float = TELL_EVERY,
) -> None:
    """Take a job and do it, if it is there to be taken; asked twice, or by two workers, it is done by one."""
    job = claim(job_id, clock())
    if job is None:
        return
    with closing(connections["default"].copy()) as beside:
        attempt = Run(job, clock, beside, every)
        try:
            attempt.tell()
            runners[job.kind](attempt)
        except JobLost:
            logger.warning("job %s was taken over by another worker", job.pk)
            return
        except JobCancelled:
            stop(attempt, leavers, State.CANCELLED)
        except Refused as refused:
            stop(attempt, leavers, State.FAILED, error=str(refused)[:1000], error_code=refused.code)
        except Exception as error:
            outage = outage_of(error)
            if outage == AWAY:
                raise  # the database is away: the job is found later, since its worker is silent
            broke(attempt, leavers, error, outage)
            raise JobBroke(f"job {job.pk}: {type(error).__name__}") from None
    if job.owner_id is not None:
        note_written(job.owner_id)  # what it did was done for them


@transaction.atomic
def claim(job_id: int, now: datetime) -> Job | None:
    """Hold a job that is waiting, or whose worker is gone; None where somebody else holds it, or it is over."""
    waiting = Job.objects.to_run(now=now, silent=SILENT).filter(pk=job_id).select_related("owner", "token")
    job = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if job is None:
        return None
    if job.attempts >= MOST_ATTEMPTS:
        give_up(job, now)
        return None
    job.state, job.run, job.beat_at, job.started_at = State.RUNNING, uuid.uuid4(), now, job.started_at or now
    job.attempts += 1
    job.save(update_fields=["state", "run", "beat_at", "started_at", "attempts"])
    job.owner.narrowing = narrowing_of(job.token) if job.token else None
    return job


def give_up(job: Job, now: datetime) -> None:
    """A job that takes its worker with it each time must not do so for ever."""
    job.state, job.finished_at, job.error_code = State.FAILED, now, "interrupted"
    job.error = f"执行{MOST_ATTEMPTS}次均被中断，请减少一次处理的数据量后重新提交；已导入的行仍有效，重新导入不会重复"
    job.save(update_fields=["state", "finished_at", "error", "error_code"])
    transaction.on_commit(partial(store.drop, *needless(job, job.state)))


def stop(attempt: Run, leavers: Mapping[str, Leaver], state: Job.State, **written: Any) -> None:
    leave = leavers.get(attempt.job.kind)
    try:
        with transaction.atomic():
            attempt.end(state, **written, **(leave(attempt) if leave else {}))
    except JobLost:
        logger.warning("job %s was taken over by another worker", attempt.job.pk)


def broke(attempt: Run, leavers: Mapping[str, Leaver], error: Exception, outage: Outage | None) -> None:
    """Where it broke goes into the log, never the error's own words: they may repeat personal data."""
    pk, where = attempt.job.pk, "".join(traceback.format_tb(error.__traceback__))
    logger.error("job %s broke with %s at\n%s", pk, type(error).__name__, where)
    said = f"处理时发生内部错误，已记录（任务{pk}）；请稍后重新提交，仍然失败请联系管理员"
    if outage:
        said = f"{outage.title}，任务没有做完（任务{pk}）；请联系管理员清理磁盘后重新提交，已导入的行仍有效，不会重复"
    stop(attempt, leavers, State.FAILED, error=said, error_code=outage.code if outage else "server_error")
