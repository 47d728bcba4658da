"""Every job: its queue, the work it finds, and the one call it makes. Each may run twice, late, or beside itself."""

import logging
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, now
from django_rq import get_queue, job

from casetrack.accounts.repeating import forget_answers
from casetrack.accounts.tidying import forget_log_ins
from casetrack.cases.anchoring.making import make_anchor
from casetrack.cases.jobs import expiring, running
from casetrack.cases.jobs.imports import leave_import, run_import
from casetrack.cases.jobs.undoing import run_undo
from casetrack.cases.marks import EntriesUnderWay
from casetrack.cases.models import Job
from casetrack.cases.reminding import finding, sending
from casetrack.cases.stray_files import sweep_strays
from casetrack.cases.sweep import sweep
from casetrack.lib.months import add_months, month_of, parse_month
from casetrack.organizations.models import Region
from casetrack.stats import rollup
from casetrack.stats.closing.undoing import refuse_silent_restating
from reports.checking.jobs import run_check
from reports.exporting.jobs import run_export
from reports.files import write_month_book
from reports.impact import run_impact

logger = logging.getLogger(__name__)

STATISTICS, DEADLINES, REPORTS, DEFAULT, JOBS = "statistics", "deadlines", "reports", "default", "jobs"
RUNNERS: dict[str, running.Runner] = {
    Job.Kind.IMPORT: run_import,
    Job.Kind.UNDO: partial(run_undo, guard=refuse_silent_restating),
    Job.Kind.EXPORT: run_export,
    Job.Kind.CHECK: run_check,
    Job.Kind.IMPACT: run_impact,
}
LEAVERS: dict[str, running.Leaver] = {Job.Kind.IMPORT: leave_import}
SETTLING_TIME = 300.0  # seconds: half of what the queue allows, so that a long backlog is no failure
LOOK_EVERY = 60  # seconds between two looks for jobs that wait and are not queued
SENDING_TIME = 60  # seconds for one message of reminders
KEPT = 7 * 24 * 3600  # seconds for which the failure of a scheduled job can be looked at


@job(STATISTICS, result_ttl=0, failure_ttl=KEPT)
def settle_statistics(*, limit: int = 500, **_from_a_newer_release: object) -> int:
    """Count what is marked, `limit` offices at a time; what time does not allow stays marked."""
    until = monotonic() + SETTLING_TIME
    settled = 0
    while monotonic() < until and (fresh := rollup.settle(limit=limit)):
        settled += fresh
    return settled


@job(DEADLINES, result_ttl=0, failure_ttl=KEPT)
def sweep_deadlines(*, limit: int = 1000, **_from_a_newer_release: object) -> None:
    """Raise the reminders due today, and make provisional dates certain where the year's notice is now known."""
    report = sweep(now=now(), limit=limit)
    for case, refusal in report.refused.items():
        logger.error("case %s could not be folded anew: %s", case, refusal)


@job(REPORTS, result_ttl=0, failure_ttl=KEPT)
def roll_up_last_month(**_from_a_newer_release: object) -> int:
    """Ask for last month's book of every place with a register that has none yet: how many were asked for.

    Run every day, so that a first of the month on which nothing ran is made good on the second.
    """
    month = add_months(month_of(localdate()), -1)
    places = Region.objects.filter(registered_organizations__isnull=False).distinct()
    lacking = [code for code in places.values_list("pk", flat=True) if not has_book(code, month)]
    for code in lacking:
        roll_up_month.delay(region_code=code, month=f"{month:%Y-%m}")
    return len(lacking)


@job(REPORTS, result_ttl=0, failure_ttl=KEPT)
def roll_up_month(*, region_code: str, month: str, **_from_a_newer_release: object) -> str:
    """Count what is left to count, then write a place's book of a month: the path."""
    settle_statistics()
    first = parse_month(month)
    return str(write_month_book(region=region_code, month=first, folder=shelf(first)))


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def forget_answered_requests(**_from_a_newer_release: object) -> int:
    """Forget the keys, and the answers kept under them, of requests that nobody may repeat any more."""
    return forget_answers(now=now())


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def forget_ended_log_ins(**_from_a_newer_release: object) -> int:
    """Forget sessions that have ended, and failures that no longer lock anyone out."""
    return forget_log_ins(now=now())


def shelf(month: date) -> Path:
    """The folder of the books that the schedule writes."""
    return Path(settings.DATA_DIR) / "books" / f"{month:%Y-%m}"


def has_book(region_code: str, month: date) -> bool:
    return any(shelf(month).glob(f"{region_code}-*.xlsx"))


@job(JOBS, result_ttl=0, failure_ttl=KEPT)
def run_job(*, job_id: int, **_from_a_newer_release: object) -> None:
    """Do what a user asked for: an import, its undoing, an export, a check, an impact."""
    running.run(job_id=job_id, runners=RUNNERS, leavers=LEAVERS, clock=now)


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def queue_jobs(**_from_a_newer_release: object) -> int:
    """Queue what was asked for while Redis was away, and what a worker left behind; how much that was.

    What stays in the queue for longer than until the next look leaves it, and is queued once more.
    """
    left = jobs_to_run()
    for job_id in left:
        get_queue(JOBS).enqueue_call(run_job, kwargs={"job_id": job_id}, ttl=LOOK_EVERY, result_ttl=0, failure_ttl=KEPT)
    return len(left)


def jobs_to_run() -> list[int]:
    """The jobs that wait for a worker, the oldest first."""
    waiting = Job.objects.to_run(now=now(), silent=running.SILENT)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def expire_jobs(**_from_a_newer_release: object) -> int:
    """Remove results whose time is over; how many."""
    return expiring.expire(now=now())


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def sweep_stray_files(**_from_a_newer_release: object) -> int:
    """Remove sealed files of cases whose rows were rolled back long ago; how many."""
    return sweep_strays(now=now())


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def anchor_record(**_from_a_newer_release: object) -> str:
    """Anchor the day, unless that is done; what time does not allow, or a long import holds up, the next hour does."""
    until = monotonic() + SETTLING_TIME
    try:
        anchor = make_anchor(now=now(), has_time=lambda: monotonic() < until)
    except EntriesUnderWay as waiting:
        logger.warning("not anchored yet: %s", waiting)
        return ""
    return str(anchor or "")


@job(DEADLINES, result_ttl=0, failure_ttl=KEPT)
def raise_due_reminders(*, limit: int = 500, **_from_a_newer_release: object) -> int:
    """Write down what each member is to be reminded of today, and drop what was long ago; how much was new."""
    finding.forget_reminders(now=now())
    return finding.raise_due(now=now(), limit=limit)


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def queue_reminders(*, limit: int = 500, **_from_a_newer_release: object) -> int:
    """Queue the messages that may go out now, each by itself, so that one that hangs holds up no other."""
    due = sending.messages_to_send(now=now(), limit=limit)
    for pk in due:
        get_queue(DEFAULT).enqueue_call(
            send_reminder,
            kwargs={"message_id": pk},
            timeout=SENDING_TIME,
            ttl=LOOK_EVERY,
            result_ttl=0,
            failure_ttl=KEPT,
        )
    return len(due)


@job(DEFAULT, result_ttl=0, failure_ttl=KEPT)
def send_reminder(*, message_id: int, **_from_a_newer_release: object) -> None:
    """Send one message of reminders, unless somebody has."""
    sending.send(message_id=message_id, now=now(), link=f"{settings.ADDRESS}{reverse('reminders')}")
