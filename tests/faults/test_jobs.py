"""Imports whose worker is killed at a point: done again, nothing twice, and told as if nothing had happened."""

from functools import partial

import pytest
from django.utils import timezone

from casetrack.accounts.models import Action, AuditEntry, User
from casetrack.cases.jobs import running
from casetrack.cases.ledgers import importing
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Job
from casetrack.organizations.models import Organization
from tests.cases.ledgers.books import COUNTY, dispute, ledger, open_dispute
from tests.faults.held import killed_at
from tests.jobs.conftest import boss, committee, county, folder, village
from tests.jobs.world import LONG_AGO, waiting_import
from workers import jobs

__all__ = ["boss", "committee", "county", "folder", "village"]

NUMBERS = ("秦人调〔2024〕1号", "秦人调〔2024〕2号", "秦人调〔2024〕3号")
LAST = "SELECT FROM cases_case WHERE number = %s FOR UPDATE"
AUDIT = "LOCK TABLE accounts_auditentry IN SHARE MODE"
"""Every row is in, and neither the end of the job nor its line in the audit log is written."""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "committee")]


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction a row; processes of the test's own inherit it."""
    monkeypatch.setattr(importing, "CHUNK", 1)


def run(job_id: int) -> None:
    running.run(job_id=job_id, runners=jobs.RUNNERS, leavers=jobs.LEAVERS, clock=timezone.now)


def done_again(job: Job) -> Job:
    """Taken up by another worker, once the first has been silent for long enough."""
    assert Job.objects.get(pk=job.pk).state == Job.State.RUNNING
    Job.objects.filter(pk=job.pk).update(beat_at=LONG_AGO)
    run(job.pk)
    return Job.objects.get(pk=job.pk)


def counted(job: Job) -> tuple[str, int, int, int]:
    return job.state, job.counts["read"], job.counts["created"], job.counts["changed"]


def test_an_import_killed_within_a_row_takes_in_that_row_and_the_rest(boss: User) -> None:
    """The third row closes a case that is there; it is the one that the worker was killed in."""
    run(waiting_import(boss, COUNTY, ledger(open_dispute(编号=NUMBERS[2]))).pk)
    job = waiting_import(boss, COUNTY, ledger(*(dispute(编号=number) for number in NUMBERS)))

    killed_at(LAST, (NUMBERS[2],), partial(run, job.pk))
    assert (Case.objects.count(), Case.objects.get(number=NUMBERS[2]).closed_on) == (3, None)

    assert counted(done_again(job)) == ("done", 3, 2, 1)
    assert sorted(Case.objects.values_list("number", flat=True)) == list(NUMBERS)
    steps = CaseEvent.objects.filter(case__number=NUMBERS[2]).order_by("sequence").values_list("step", flat=True)
    assert list(steps).count("agree") == 1


def test_an_import_killed_when_all_is_in_but_its_end_is_told_as_it_was(boss: User, committee: Organization) -> None:
    job = waiting_import(boss, COUNTY, ledger(*(dispute(编号=number) for number in NUMBERS)))

    killed_at(AUDIT, (), partial(run, job.pk))
    events = CaseEvent.objects.count()
    assert (Case.objects.count(), AuditEntry.objects.filter(action=Action.IMPORT).count()) == (3, 0)

    assert counted(done_again(job)) == ("done", 3, 3, 0)
    assert (Case.objects.count(), CaseEvent.objects.count()) == (3, events)
    assert AuditEntry.objects.filter(action=Action.IMPORT).count() == 1
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {ImportBatch.State.DONE}
