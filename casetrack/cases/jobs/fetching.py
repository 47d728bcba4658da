"""The file that a job made: where it lies, or what says why there is none."""

from pathlib import Path

from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import JobUnfinished
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused


class ResultExpired(Refused):
    """A file that was there to be fetched for a time, and is not any more."""

    code = "result_expired"


def file_of(job: Job) -> str:
    """The name of a job's file in the store. Raises JobUnfinished or ResultExpired where there is none."""
    if not job.is_finished:
        raise JobUnfinished(f"任务{job.pk}{job.get_state_display()}，请待其完成后再取文件")
    if job.expires_at is None:
        raise JobUnfinished(f"任务{job.pk}{job.get_state_display()}，没有可取的文件")
    if not job.result_file:
        raise ResultExpired(f"任务{job.pk}的文件只保留24小时，已经删除，请重新提交")
    return job.result_file


def path_of(job: Job) -> Path:
    """Where the file lies, of a job whose result is not sealed."""
    try:
        return store.path_of(file_of(job))
    except store.FileGone:
        raise ResultExpired(f"任务{job.pk}的文件已不存在，请重新提交") from None
