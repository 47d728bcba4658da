"""The doctor on Redis, workers and the schedule: each is really broken, and named."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from operator import truediv
from typing import Any

import django_rq
import pytest
from django.conf import settings as project
from django.utils.timezone import now
from pytest_django import Settings
from rq import SimpleWorker

from casetrack.cases.models import Unsettled
from casetrack.organizations.models import Organization
from tests.cases.conftest import committee, county, village
from tests.doctoring.looking import found
from tests.workers.conftest import queues
from workers.doctoring import CHECKS
from workers.doctoring.examining import asked
from workers.doctoring.findings import Visit

__all__ = ["committee", "county", "queues", "village"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)


@contextmanager
def policy(name: str) -> Iterator[None]:
    redis = django_rq.get_connection("default")
    redis.config_set("maxmemory-policy", name)
    try:
        yield
    finally:
        redis.config_set("maxmemory-policy", "noeviction")


def test_a_redis_that_throws_jobs_away_is_named(queues: None) -> None:
    assert found("queues_keep") == []

    with policy("allkeys-lru"):
        assert found("queues_keep") == ["error: 内存满时 Redis 会丢弃数据（maxmemory-policy allkeys-lru）"]


def test_a_queue_without_a_worker_that_lives_is_named(queues: None) -> None:
    worker: Any = SimpleWorker([django_rq.get_queue("statistics")], connection=django_rq.get_connection("default"))
    worker.register_birth()
    alive = found("workers")
    silent = found("workers", at=now() + timedelta(minutes=20))
    worker.register_death()

    assert "error: 队列 statistics 没有工作进程" not in alive
    assert "error: 队列 jobs 没有工作进程" in alive
    assert "error: 队列 statistics 没有工作进程" in silent
    assert len(found("workers")) == len(project.RQ_QUEUES)


def test_a_schedule_that_does_not_beat_is_named_and_two_are_too_many(queues: None) -> None:
    redis, key = django_rq.get_connection("default"), "rq:cron_schedulers"
    redis.delete(key)
    none = found("schedule")
    redis.zadd(key, {"one": now().timestamp()})
    one, late = found("schedule"), found("schedule", at=now() + timedelta(minutes=9))
    redis.zadd(key, {"two": now().timestamp()})
    two = found("schedule")
    redis.delete(key)

    assert none == late == ["error: 计划任务没有运行"]
    assert one == []
    assert two == ["warning: 计划任务有2个在运行，每项任务会重复排队"]


def test_a_redis_that_falls_silent_in_the_middle_holds_no_check_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.doctoring.queues.WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        told = [asked(check, Visit(NOW, NOW.date(), False)) for check in CHECKS if check.needs == "queues"]

    assert [(one.said, one.mend) for (one,) in told] == 4 * [
        ("检查没有完成（TimeoutError）", "Redis 过于繁忙或中断，请稍后再试")
    ]


def test_a_job_that_failed_is_named(queues: None) -> None:
    queue = django_rq.get_queue("reports", commit_mode="auto")
    queue.enqueue(truediv, 1, 0)
    SimpleWorker([queue], connection=queue.connection).work(burst=True, logging_level="CRITICAL")

    assert found("failed_jobs") == ["warning: 队列 reports 一周内有1项任务失败"]


def test_changes_that_wait_too_long_to_be_counted_are_named(committee: Organization) -> None:
    Unsettled.objects.create(organization=committee, kind="mediation", month=date(2026, 5, 1))
    soon = found("unsettled")
    Unsettled.objects.update(marked_at=now() - timedelta(minutes=31))

    assert soon == []
    assert found("unsettled") == ["error: 最早的变动已等候31分钟没有结算，统计变慢，首页数字可能偏旧"]
