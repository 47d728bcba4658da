"""A clock set back between two events, at the web or at a worker: order is by sequence, and nothing is lost,
done twice, or refused that may be."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as given
from django.http import HttpRequest

from casetrack.accounts import repeating
from casetrack.accounts.models import IdempotencyKey, Token, User
from casetrack.accounts.sessions import BEGUN, SEEN, keep_or_end
from casetrack.cases.drafts import CaseDraft, StepDraft
from casetrack.cases.jobs import running
from casetrack.cases.models import Case, Job
from casetrack.cases.operations import advance, open_case
from casetrack.cases.reminding import finding
from casetrack.cases.sweep import sweep
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from casetrack.stats.closing import verifying
from casetrack.stats.closing.models import Edition
from tests.cases.ledgers.books import dispute as row
from tests.cases.ledgers.books import ledger
from tests.cases.reminding.conftest import wish
from tests.faults.world import nothing_is_amiss
from tests.jobs.world import waiting_import
from tests.stats.test_closing import IN_APRIL, closed
from tests.stats.test_restating import found
from tests.stats.test_settling import dispute
from tests.stats.world import QINAN
from workers import jobs

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2024, 4, 20, 4, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues", "folder")]


def opened(office: Organization, on: date, now: datetime) -> Case:
    first = StepDraft("register", on, {"category": "labour"})
    return open_case(draft=CaseDraft(kind="mediation", organization=office, steps=(first,)), actor=None, now=now)


def taken(case: Case, step: str, on: date, now: datetime, **facts: Any) -> None:
    advance(case_id=case.pk, draft=StepDraft(step, on, facts), actor=None, now=now)


@pytest.mark.parametrize("back", [AN_HOUR, A_DAY])
def test_what_is_logged_after_the_clock_was_set_back_comes_after_what_was_logged_before(
    village_committee: Organization, back: timedelta
) -> None:
    case = opened(village_committee, date(2024, 4, 18), NOON)
    taken(case, "accept", date(2024, 4, 18), NOON)
    taken(case, "agree", date(2024, 4, 18), NOON - back, agreement="oral")

    events = list(case.events.order_by("sequence"))
    assert [event.step for event in events][-2:] == ["accept", "agree"]
    assert events[-1].recorded_at < events[-2].recorded_at
    assert Case.objects.get(pk=case.pk).closed_on == date(2024, 4, 18)
    assert nothing_is_amiss()


def test_what_is_logged_after_a_month_was_closed_restates_it_though_the_clock_says_before(
    village_committee: Organization,
) -> None:
    dispute(village_committee)
    rollup.settle()
    first = closed()

    opened(village_committee, date(2024, 3, 28), IN_APRIL - A_DAY)
    rollup.settle()
    restated = found("received")
    second = closed(now=IN_APRIL - AN_HOUR, reason="重述")

    assert restated
    assert (restated.published.value, restated.now.value) == (1, 2)
    assert restated.otherwise == (0, 0)
    assert (second.number, second.previous, second.published_at < first.published_at) == (2, first.digest, True)
    assert list(verifying.differences(region=QINAN)) == []
    assert Edition.objects.order_by("-number").first() == second


def test_a_job_that_was_heard_of_in_the_future_is_found_and_done_once(boss: User) -> None:
    """Its worker was killed; then the clock was set back an hour."""
    job = waiting_import(boss, QINAN, ledger(row()))
    running.claim(job.pk, NOON)

    assert list(Job.objects.to_run(now=NOON + AN_HOUR / 60, silent=running.SILENT)) == []
    assert list(Job.objects.to_run(now=NOON - AN_HOUR, silent=running.SILENT)) == [job]
    jobs_clock = iter([NOON - AN_HOUR, NOON - A_DAY])
    running.run(
        job_id=job.pk, runners=jobs.RUNNERS, leavers={}, clock=lambda: next(jobs_clock, NOON - AN_HOUR), every=0
    )

    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempts, Case.objects.count()) == ("done", 2, 1)
    assert nothing_is_amiss()


def test_a_request_is_repeated_and_a_token_taken_though_both_are_from_the_future(boss: User) -> None:
    row, _ = repeating.claim(user=boss, key="one", digest="d", now=NOON)
    again, first = repeating.claim(user=boss, key="one", digest="d", now=NOON - A_DAY)
    _, secret = Token.issue(user=boss, name="测试", now=NOON, expires_at=NOON + AN_HOUR)

    assert (again.pk, first) == (row.pk, False)
    assert repeating.forget_answers(now=NOON - A_DAY) == 0
    assert repeating.forget_answers(now=NOON + repeating.KEPT - AN_HOUR) == 0
    assert IdempotencyKey.objects.exists()
    assert Token.objects.find(secret, NOON - A_DAY)
    assert not Token.objects.find(secret, NOON + 2 * AN_HOUR)


def test_a_session_lasts_no_longer_by_a_clock_that_was_set_back() -> None:
    session: dict[str, float] = {}
    request: HttpRequest = SimpleNamespace(session=Session(session))  # type: ignore[assignment]
    now = 1_000_000.0
    keep_or_end(request, now)

    keep_or_end(request, now - 86_400)
    assert (session[BEGUN], session[SEEN]) == (now - 86_400, now - 86_400)

    keep_or_end(request, now - 86_400 + given.SESSION_IDLE + 1)
    assert session == {}


class Session(dict[str, float]):
    """What the limits ask of one."""

    def __init__(self, kept: dict[str, float]) -> None:
        self.kept = kept

    def __contains__(self, name: object) -> bool:
        return name in self.kept

    def __setitem__(self, name: str, value: float) -> None:
        self.kept[name] = value

    def get(self, name: str, default: Any = None) -> Any:
        return self.kept.get(name, default)

    def flush(self) -> None:
        self.kept.clear()


def test_sweeps_and_reminders_that_run_on_a_day_for_the_second_time_do_nothing_twice(
    village_committee: Organization, boss: User
) -> None:
    for on in (date(2024, 4, 11), date(2024, 3, 26)):  # one ends within a week, one ended ten days ago
        taken(opened(village_committee, on, NOON), "accept", on, NOON)
    wish(boss)

    reminded, lit = [], []
    for now in (NOON, NOON - A_DAY, NOON - AN_HOUR, NOON):
        reminded.append(finding.raise_due(now=now, limit=10))
        lit.append(sum(sweep(now=now, limit=10).raised.values()))

    assert (reminded, lit) == ([1, 0, 0, 0], [1, 0, 0, 0])
    assert nothing_is_amiss()
