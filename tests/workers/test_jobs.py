"""Each job, called as a function."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from pytest_django.fixtures import Settings

from casetrack.accounts.models import IdempotencyKey, User
from casetrack.cases.marks import EntriesUnderWay
from casetrack.cases.models import Anchor, Reminder, ReminderMessage, Unsettled
from casetrack.cases.reminding.choosing import ChoiceDraft, choose
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Membership, Organization, Region
from casetrack.stats import recount, rollup
from tests.cases.logging import log_dispute, noon
from tests.workers.world import queued, received_in
from workers import jobs

pytestmark = pytest.mark.usefixtures("queues")


@pytest.fixture
def on_the_second_of_june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.jobs.localdate", lambda: date(2024, 6, 2))
    monkeypatch.setattr("workers.jobs.now", lambda: noon(date(2024, 6, 2)))


def test_settling_counts_what_is_marked(committee: Organization, county: Region) -> None:
    log_dispute(committee)
    log_dispute(committee)

    settled = jobs.settle_statistics()

    assert settled > 0
    assert received_in(county) == 2
    assert rollup.waiting() == 0


def test_settling_twice_changes_nothing(committee: Organization, county: Region) -> None:
    log_dispute(committee)
    jobs.settle_statistics()

    again = jobs.settle_statistics()

    assert again == 0
    assert received_in(county) == 1


def test_settling_goes_on_until_nothing_is_left(committee: Organization, county: Region, village: Region) -> None:
    other = Organization.objects.create(
        region=village, county=county, name="兴国镇企业调委会", kind=committee.kind, committee_kind="enterprise"
    )
    log_dispute(committee)
    log_dispute(other)

    jobs.settle_statistics(limit=1)

    assert received_in(county) == 2


def test_what_time_does_not_allow_stays_marked(committee: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    log_dispute(committee)
    monkeypatch.setattr(jobs, "SETTLING_TIME", 0.0)

    jobs.settle_statistics()

    assert Unsettled.objects.exists()


def test_a_job_cut_off_after_it_took_its_marks_leaves_them_for_the_next(
    committee: Organization, county: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_dispute(committee)
    marks = list(Unsettled.objects.values())
    with monkeypatch.context() as cut_off:
        cut_off.setattr(recount, "offices", broken)
        with pytest.raises(SystemExit), transaction.atomic():
            jobs.settle_statistics()

    assert list(Unsettled.objects.values()) == marks
    jobs.settle_statistics()
    assert received_in(county) == 1


def broken(buckets: object) -> object:
    assert not Unsettled.objects.exists(), "the marks are taken before the count"
    raise SystemExit("killed")


@pytest.mark.usefixtures("on_the_second_of_june")
def test_the_sweep_raises_what_is_due_on_the_day_it_runs(committee: Organization) -> None:
    case = log_dispute(committee, date(2024, 3, 1))

    jobs.sweep_deadlines()
    jobs.sweep_deadlines()

    assert list(Reminder.objects.values_list("case", "light", "raised_on")) == [(case.pk, "overdue", date(2024, 6, 2))]


@pytest.fixture
def books(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "books"


def test_a_month_is_counted_to_its_end_before_its_book_is_written(
    committee: Organization, county: Region, books: Path
) -> None:
    log_dispute(committee, date(2024, 5, 31))

    path = jobs.roll_up_month(region_code=county.code, month="2024-05")

    assert rollup.waiting() == 0
    assert Path(path).parent == books / "2024-05"
    assert Path(path).stat().st_size > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_the_second_of_june", "committee")
def test_last_months_book_is_asked_for_where_it_is_missing_and_only_there(county: Region, books: Path) -> None:
    asked = jobs.roll_up_last_month()
    waiting = queued()
    jobs.roll_up_month(region_code=county.code, month="2024-05")

    asked_again = jobs.roll_up_last_month()

    assert (asked, asked_again) == (1, 0)
    assert waiting == ["workers.jobs.roll_up_month"]


@pytest.mark.django_db
@pytest.mark.usefixtures("on_the_second_of_june")
def test_answers_are_forgotten_after_their_week() -> None:
    clerk = User.objects.create_user("clerk")
    for key, day in {"old": date(2024, 5, 25), "recent": date(2024, 5, 27)}.items():
        IdempotencyKey.objects.create(user=clerk, key=key, digest="0", created_at=noon(day))

    assert (jobs.forget_answered_requests(), jobs.forget_answered_requests()) == (1, 0)
    assert IdempotencyKey.objects.get().key == "recent"


JOBS = (
    jobs.settle_statistics,
    jobs.sweep_deadlines,
    jobs.roll_up_last_month,
    jobs.forget_answered_requests,
    jobs.forget_ended_log_ins,
    jobs.sweep_stray_files,
    jobs.anchor_record,
)


@pytest.mark.django_db
@pytest.mark.parametrize("job", JOBS, ids=lambda job: str(job.__name__))
def test_a_job_queued_by_a_newer_release_with_more_arguments_still_runs(job: Callable[..., Any]) -> None:
    job(an_argument_of_next_year=1)


def test_reminders_are_raised_queued_and_sent(
    committee: Organization,
    clerk: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    monkeypatch.setattr("workers.jobs.now", lambda: noon(date(2024, 6, 19)))
    settings.EMAIL_HOST, settings.ADDRESS, clerk.email = "mail.example", "https://cases.example", "clerk@example.gov.cn"
    clerk.save()
    Membership.objects.create(user=clerk, role=Role.CLERK, organization=committee)
    choose(user=clerk, draft=ChoiceDraft(channel="mail"), now=noon(date(2024, 6, 19)))
    case = log_dispute(committee, date(2024, 5, 26))

    with django_capture_on_commit_callbacks(execute=True):
        assert (jobs.raise_due_reminders(), jobs.queue_reminders()) == (1, 1)
    assert "workers.jobs.send_reminder" in queued()
    jobs.send_reminder(message_id=ReminderMessage.objects.get().pk)

    (letter,) = mail.outbox
    assert case.number in letter.body
    assert letter.body.endswith("https://cases.example/reminders/")
    assert jobs.queue_reminders() == 0


def test_the_record_is_anchored_once_a_day_and_a_long_import_is_waited_for(
    committee: Organization, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy(**asked: object) -> None:
        raise EntriesUnderWay("正在导入")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "make_anchor", busy)
        assert jobs.anchor_record() == ""
    assert "正在导入" in caplog.text

    assert jobs.anchor_record() == jobs.anchor_record() == str(Anchor.objects.get())
