"""The schedule, as rq reads it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import django_rq
import pytest
from django.conf import settings
from django_rq.cron import DjangoCronScheduler
from rq.cron import CronJob

from tests.workers.world import queued

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_BEFORE = datetime(2024, 5, 31, 15, 30, tzinfo=UTC)  # half past eleven at night in China


@pytest.fixture
def scheduled(queues: None) -> dict[str, CronJob]:
    scheduler = DjangoCronScheduler(connection=django_rq.get_connection("statistics"))
    scheduler.load_config_from_file("workers/schedule.py")
    return {job.func_name.rpartition(".")[2]: job for job in scheduler.get_jobs()}


def next_after(job: CronJob, moment: datetime) -> datetime:
    job.set_enqueue_time(moment)
    assert job.next_enqueue_time
    return job.next_enqueue_time.astimezone(SHANGHAI)


def test_statistics_are_settled_every_minute(scheduled: dict[str, CronJob]) -> None:
    assert scheduled["settle_statistics"].interval == 60


def test_the_first_sweep_of_a_day_is_at_ten_past_midnight_in_china(scheduled: dict[str, CronJob]) -> None:
    first = next_after(scheduled["sweep_deadlines"], DAY_BEFORE)
    second = next_after(scheduled["sweep_deadlines"], first)

    assert first == datetime(2024, 6, 1, 0, 10, tzinfo=SHANGHAI)
    assert second == datetime(2024, 6, 1, 1, 10, tzinfo=SHANGHAI)


def test_the_month_is_rolled_up_on_the_first_after_the_days_sweep(scheduled: dict[str, CronJob]) -> None:
    assert next_after(scheduled["roll_up_last_month"], DAY_BEFORE) == datetime(2024, 6, 1, 0, 30, tzinfo=SHANGHAI)


def test_answers_are_forgotten_every_hour(scheduled: dict[str, CronJob]) -> None:
    first = next_after(scheduled["forget_answered_requests"], DAY_BEFORE)
    second = next_after(scheduled["forget_answered_requests"], first)

    assert first == datetime(2024, 5, 31, 23, 40, tzinfo=SHANGHAI)
    assert second == datetime(2024, 6, 1, 0, 40, tzinfo=SHANGHAI)


def test_reminders_are_raised_after_the_sweep_and_sent_every_minute(scheduled: dict[str, CronJob]) -> None:
    assert next_after(scheduled["raise_due_reminders"], DAY_BEFORE) == datetime(2024, 6, 1, 0, 15, tzinfo=SHANGHAI)
    assert scheduled["queue_reminders"].interval == 60


def test_stray_files_are_swept_at_night(scheduled: dict[str, CronJob]) -> None:
    assert next_after(scheduled["sweep_stray_files"], DAY_BEFORE) == datetime(2024, 6, 1, 3, 25, tzinfo=SHANGHAI)


def test_each_job_goes_to_a_queue_that_workers_take_from(scheduled: dict[str, CronJob]) -> None:
    assert {job.queue_name for job in scheduled.values()} <= set(settings.RQ_QUEUES)


def test_jobs_that_no_worker_takes_do_not_pile_up(scheduled: dict[str, CronJob]) -> None:
    for job in scheduled.values():
        queued_job = job.enqueue(django_rq.get_connection("statistics"))

        assert queued_job.ttl is not None
        assert queued_job.ttl <= 24 * 3600

    assert len(queued()) == len(scheduled)
