"""What is kept for a time only: results that were to be fetched, and files that nobody needs any more."""

from datetime import datetime, timedelta

from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import sent_files
from casetrack.cases.models import Job

STRAY_AFTER = timedelta(days=1)


def expire(*, now: datetime) -> int:
    """Remove results whose time is over, and files that no job names; how many there were."""
    gone = 0
    for job in Job.objects.with_files_past(now):
        store.drop(job.result_file)
        gone += Job.objects.filter(pk=job.pk, result_file=job.result_file).update(result_file="")
    # the folder is listed before the jobs are read: a file whose job is written in between is too young to be a stray
    found = store.older_than(now - STRAY_AFTER)
    strays = found - known_files()
    store.drop(*strays)
    return gone + len(strays)


def known_files() -> set[str]:
    """The files that jobs still name: results, and what is yet to be read."""
    results = Job.objects.exclude(result_file="").values_list("result_file", flat=True)
    return {*results, *(kept for job in Job.objects.unfinished() for kept in sent_files(job))}
