"""Asking for a job, and taking the wish back. Committed with what the request does; only then is a worker woken."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused
from casetrack.lib.queues import nudge

RUN = "workers.jobs.run_job"
QUEUE = "jobs"
MOST_UNFINISHED = 10


class TooManyJobs(Refused):
    """A user asks for more while much of theirs is still to be done."""

    code = "too_many_jobs"


class JobFinished(Refused):
    """What is over can't be called off."""

    code = "job_finished"


class JobUnfinished(Refused):
    """What a job has not yet made, or will never make, is asked for."""

    code = "job_unfinished"


@transaction.atomic
def ask(*, kind: Job.Kind, owner: User, parameters: Mapping[str, Any], now: datetime, region_code: str = "") -> Job:
    """Write a job down and wake a worker once that is committed; if Redis is away, the schedule finds it."""
    unfinished = Job.objects.unfinished().filter(owner=owner).count()
    if unfinished >= MOST_UNFINISHED:
        raise TooManyJobs(f"您已有{unfinished}项任务尚未完成，请待其完成或取消后再提交")
    asked = json.dumps(parameters, ensure_ascii=False)
    limited_by = owner.narrowing.token_id if owner.narrowing else None
    job = Job.objects.create(
        kind=kind, owner=owner, token_id=limited_by, region_code=region_code, asked=asked, created_at=now
    )
    nudge(RUN, queue=QUEUE, job_id=job.pk)
    return job


@transaction.atomic
def cancel(*, job_id: int, now: datetime) -> Job:
    """Call a job off: at once if nobody has begun it, else at the next step of whoever runs it."""
    job = Job.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=job_id)
    if job.state == Job.State.CANCELLED:
        return job
    if job.is_finished:
        raise JobFinished(f"任务{job.pk}{job.get_state_display()}，不能取消{way_back(job)}")
    job.cancel_asked = True
    if job.state == Job.State.QUEUED:
        job.state, job.finished_at = Job.State.CANCELLED, now
        transaction.on_commit(partial(store.drop, *needless(job, job.state)))
    job.save(update_fields=["cancel_asked", "state", "finished_at"])
    return job


def way_back(job: Job) -> str:
    return "；已导入的内容可以撤销" if job.kind == Job.Kind.IMPORT and job.state == Job.State.DONE else ""


def needless(job: Job, state: str) -> list[str]:
    """The files that nobody needs once a job has ended so: those of a trial may be taken in yet, for a day."""
    asked = job.parameters
    may_be_taken_in = asked.get("dry_run") if state == Job.State.DONE else asked.get("trial")
    return [] if may_be_taken_in else sent_files(job)


def sent_files(job: Job) -> list[str]:
    """The files that were sent in with a job."""
    return [file["kept"] for file in job.parameters.get("files", [])]
