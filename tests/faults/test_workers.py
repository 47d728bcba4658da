"""A worker whose database is restarted, or that is killed, under its job; and a Redis that refuses what it is told."""

from collections.abc import Iterator
from threading import Event

import django_rq
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from redis import Redis

from casetrack.cases.models import Unsettled
from casetrack.organizations.models import Organization
from casetrack.stats import rollup
from tests.faults.held import held, stopped_at
from tests.faults.world import received
from tests.stats.test_settling import dispute
from tests.stats.world import QINAN
from tests.workers.world import queued
from workers.steady import worker_of

SETTLE = "workers.jobs.settle_statistics"
CELLS = "LOCK TABLE stats_cellblock IN SHARE MODE"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_redis")]


def work() -> None:
    """As `manage.py work` does it, a process for each job, until nothing is queued."""
    worker_of(["statistics"], Event()).work(burst=True, logging_level="CRITICAL")


def test_a_job_whose_session_the_database_cut_leaves_its_marks_and_the_next_has_a_session_of_its_own(
    village_committee: Organization,
) -> None:
    dispute(village_committee)
    with held(CELLS) as hold, stopped_at(hold, work) as (worker, sessions):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", sessions)  # as a restart does to every session
        assert worker.ends_well()
    assert Unsettled.objects.exists()

    dispute(village_committee)
    assert queued() == [SETTLE]  # the job that failed does not keep its successor out
    work()

    assert (received()[QINAN], rollup.waiting()) == (2, 0)


def test_a_worker_killed_with_its_job_leaves_marks_that_whoever_looks_next_counts(
    village_committee: Organization,
) -> None:
    dispute(village_committee)
    with held(CELLS) as hold, stopped_at(hold, work) as (worker, _):
        worker.kill_with_children()

    dispute(village_committee)
    assert queued() == []  # what is left of the job refuses nudges until Redis has forgotten it
    django_rq.get_queue("statistics").enqueue(SETTLE, result_ttl=0)  # which the schedule does every minute
    work()

    assert (received()[QINAN], rollup.waiting()) == (2, 0)


@pytest.fixture
def redis_that_takes_nothing() -> Iterator[str]:
    """A way in to Redis on which it answers and refuses to write, as one does that can't keep its file."""
    with Redis.from_url(settings.REDIS_URL) as ours:
        ours.acl_setuser("reader", enabled=True, nopass=True, categories=["+@read", "+@connection"], keys=["*"])
        yield settings.REDIS_URL.replace("unix://", "unix://reader:any@")
        ours.acl_deluser("reader")


def test_a_case_is_logged_and_marked_though_redis_refuses_the_nudge(
    village_committee: Organization, redis_that_takes_nothing: str, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(REDIS_URL=redis_that_takes_nothing):
        dispute(village_committee)

    assert (queued(), Unsettled.objects.exists()) == ([], True)
    assert "was not queued and waits for the schedule" in caplog.text
