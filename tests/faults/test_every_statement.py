"""Work that is killed before any of its statements, and done again by whoever comes next: once, and as if nothing was.

The points lie a few statements apart, so that the suite stays quick; CASETRACK_EVERY_STATEMENT=1 tries them all.
"""

import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.jobs import running, store
from casetrack.cases.ledgers import importing
from casetrack.cases.models import Case, DueReminder, Job
from casetrack.cases.reminding import finding
from casetrack.organizations.models import Organization
from casetrack.stats import rebuilding, rollup
from casetrack.stats.closing import verifying
from casetrack.stats.closing.models import Edition
from tests.cases.conftest import clerk, committee, county, petition_office, village
from tests.cases.ledgers.books import dispute as row
from tests.cases.ledgers.books import ledger
from tests.cases.logging import noon
from tests.cases.reminding.conftest import dispute, member, wish
from tests.faults.sweeping import killed_before
from tests.faults.world import nothing_is_amiss, received
from tests.jobs.world import LONG_AGO, waiting_export, waiting_import
from tests.stats.test_closing import closed
from tests.stats.test_settling import dispute as log_dispute
from tests.stats.world import QINAN
from workers import jobs

__all__ = ["clerk", "committee", "county", "dispute", "member", "petition_office", "village"]

EVERY = int(os.environ.get("CASETRACK_EVERY_STATEMENT", "0"))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]


@pytest.fixture(autouse=True)
def row_by_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)


def points(step: int) -> Iterator[int]:
    """From the first statement on, for as long as somebody asks."""
    place = 0
    while True:
        yield place
        place += EVERY or step


def run(job_id: int) -> None:
    running.run(job_id=job_id, runners=jobs.RUNNERS, leavers=jobs.LEAVERS, clock=timezone.now)


def done_again(job: Job) -> Job:
    """By another worker, once the first has been silent for long."""
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(beat_at=LONG_AGO)
    run(job.pk)
    return Job.objects.get(pk=job.pk)


def test_a_settler_killed_before_any_statement_leaves_all_to_be_counted_once(village_committee: Organization) -> None:
    logged = 0
    for place in points(13):
        log_dispute(village_committee)
        logged += 1

        killed = killed_before(place, rollup.settle)
        rollup.settle()

        assert (received()[QINAN], rollup.waiting(), place) == (logged, 0, place)
        if not killed:
            break
    assert logged > 3
    assert rebuilding.differences() == []


def test_an_import_killed_before_any_statement_takes_in_each_row_once(boss: User) -> None:
    tried = 0
    for place in points(12):
        numbers = [f"秦人调〔2024〕{place}-{each}号" for each in (1, 2)]
        job = waiting_import(boss, QINAN, ledger(*(row(编号=number) for number in numbers)))
        tried += 1

        killed = killed_before(place, partial(run, job.pk))
        job = done_again(job)

        assert (job.state, job.counts["created"], place) == ("done", 2, place)
        assert sorted(Case.objects.filter(number__in=numbers).values_list("number", flat=True)) == numbers
        assert AuditEntry.objects.filter(action=Action.IMPORT, details__job=job.pk).count() == 1
        if not killed:
            break
    assert tried > 3
    assert list(store.folder().iterdir()) == []
    assert nothing_is_amiss()


def test_an_export_killed_before_any_statement_is_written_once(boss: User, village_committee: Organization) -> None:
    log_dispute(village_committee)
    tried = 0
    for place in points(6):
        job = waiting_export(boss)
        tried += 1

        killed = killed_before(place, partial(run, job.pk))
        job = done_again(job)

        assert (job.state, job.counts["rows"], store.is_there(job.result_file), place) == ("done", 1, True, place)
        assert AuditEntry.objects.filter(action=Action.EXPORT, details__job=job.pk).count() == 1
        if not killed:
            break
    assert tried > 2


def test_a_closing_killed_before_any_statement_is_there_whole_or_not_at_all(village_committee: Organization) -> None:
    log_dispute(village_committee)
    rollup.settle()
    tried = 0
    for place in points(47):
        tried += 1
        killed = killed_before(place, closed)
        if Edition.objects.exists():
            break
        assert killed

    assert tried > 2
    assert Edition.objects.get().number == 1
    assert list(verifying.differences(region=QINAN)) == []


def test_reminders_killed_before_any_statement_are_raised_once(
    committee: Organization, member: User, dispute: Case
) -> None:
    assert (dispute.organization, wish(member).user) == (committee, member)
    raised = partial(finding.raise_due, now=noon(date(2024, 6, 19)), limit=10)
    tried = 0
    for place in points(2):
        tried += 1
        if not killed_before(place, raised):
            break
        assert DueReminder.objects.count() in {0, 1}

    assert tried > 2
    assert (raised(), DueReminder.objects.count()) == (0, 1)
