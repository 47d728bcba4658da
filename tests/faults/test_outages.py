"""Servers that go away under the web as it really runs: what the user sees, and that afterwards nothing is amiss."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from casetrack.cases.models import Case, CaseEvent, Job
from tests.api.conftest import World, new_dispute
from tests.faults.held import held
from tests.faults.served import Answer, Served, cookies_of, token_of
from tests.faults.world import nothing_is_amiss
from tests.waiting import until
from workers import jobs

CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> %s
"""
"""Not what the server has at work there, as autovacuum: that is its superuser's, who alone may end it."""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("a web of its own")]


@contextmanager
def timed(most: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < most


def logged(web: Served, token: str, body: Any, key: str) -> Answer:
    said, kind = json.dumps(body, default=str), "application/json"
    return web.ask(
        "/api/v1/cases/", method="POST", body=said, Authorization=token, Content_Type=kind, Idempotency_Key=key
    )


def insistent(web: Served, token: str, world: World, name: str, answers: list[Answer | None]) -> list[int]:
    """A client that repeats each request under its key until it hears that it was done: what it was told."""

    def case_of(key: str) -> int | None:
        try:
            answer = logged(web, token, new_dispute(world.east), key)
        except OSError:
            answer = None
        answers.append(answer)
        return int(json.loads(answer.body)["id"]) if answer and answer.status == 201 else None

    return [until(partial(case_of, f"{name}-{number}"), every=0.05) for number in range(10)]


def some_more(answers: list[Answer | None]) -> None:
    before = len(answers)
    until(lambda: len(answers) > before + 3)


def test_of_what_is_written_while_the_database_restarts_each_acknowledged_case_is_there_once(
    web: Served, world: World
) -> None:
    """As a restart does to the web: sessions are ended, or cut off, in the middle of anything; then nobody listens."""
    token, answers = token_of(world.clerk_east), list[Answer | None]()
    with ThreadPoolExecutor(3) as clients:
        asked = [clients.submit(insistent, web, token, world, name, answers) for name in "abc"]
        for _ in range(3):
            some_more(answers)
            with connection.cursor() as cursor:
                cursor.execute(CUT, [connection.connection.info.backend_pid])
            web.database.gone()
            until(lambda: answers[-1] and answers[-1].status == 503)
            web.database.back()
        told = [case for each in asked for case in each.result()]

    assert sorted(told) == sorted(Case.objects.values_list("pk", flat=True))
    assert len(told) == 30
    assert {answer.status for answer in answers if answer} == {201, 503}
    assert CaseEvent.objects.filter(sequence=1).count() == 30
    assert nothing_is_amiss()


def test_while_the_database_is_away_pages_and_interface_say_so_and_when_to_ask_again(web: Served, world: World) -> None:
    cookies, token = cookies_of(world.clerk_east), token_of(world.clerk_east)
    web.database.gone()

    page = web.ask("/cases/", Cookie=cookies)
    form = web.ask("/status/", method="POST", body="code=ABCD", Content_Type="application/x-www-form-urlencoded")
    answer = web.ask("/api/v1/cases/", Authorization=token)
    health = web.ask("/health/ready")

    assert (page.status, answer.status, health.status) == (503, 503, 503)
    assert (page.headers["Retry-After"], answer.headers["Retry-After"]) == ("5", "5")
    assert "数据库繁忙或暂时不可用，请稍后重试" in page.text
    assert "psycopg" not in page.text + answer.text
    assert json.loads(answer.body)["code"] == "unavailable"
    assert form.status in {403, 503}
    web.database.back()
    with timed(6):
        until(lambda: web.ask("/cases/", Cookie=cookies).status == 200)


def test_when_every_connection_is_in_use_the_rest_are_told_so_at_once_and_all_is_well_after(
    web: Served, world: World
) -> None:
    """More requests wait for a lock than there are connections."""
    cookies, token = cookies_of(world.clerk_east), token_of(world.clerk_east)

    def ask() -> Answer:
        return web.ask("/api/v1/cases/", Authorization=token)

    with ThreadPoolExecutor(6) as clients:
        with held("LOCK TABLE cases_case IN ACCESS EXCLUSIVE MODE") as hold:
            asked = [clients.submit(ask) for _ in range(6)]
            until(lambda: len(hold.who_waits()) == 2)
            began = time.monotonic()
            page = web.ask("/cases/", Cookie=cookies)
            waited = time.monotonic() - began
        answers = [each.result() for each in asked]

    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    assert "数据库繁忙" in page.text
    assert waited < 6
    assert {answer.status for answer in answers} == {200, 503}
    assert [ask().status for _ in range(4)] == [200] * 4


@pytest.mark.usefixtures("queues")
@pytest.mark.parametrize("how", ["gone", "silent"])
def test_without_redis_all_is_done_or_waits_and_says_so_and_is_done_once_when_it_is_back(
    web: Served, world: World, how: str
) -> None:
    token, boss = token_of(world.clerk_east), token_of(world.supervisor)
    wish = json.dumps({"resource": "cases", "format": "csv"})
    getattr(web.redis, how)()

    with timed(6):
        case = logged(web, token, new_dispute(world.east), "one")
        more = [logged(web, token, new_dispute(world.east), f"more-{number}") for number in range(3)]
        export = web.ask(
            "/api/v1/exports/", method="POST", body=wish, Authorization=boss, Content_Type="application/json"
        )
    with timed(4):
        health = json.loads(web.ask("/health/ready").body)
    assert [each.status for each in (case, *more, export)] == [201] * 4 + [202]
    assert (health["status"], health["queues"]) == ("degraded", "unreachable")
    job = json.loads(export.body)["id"]
    Job.objects.filter(pk=job).update(created_at="2024-01-01T00:00:00Z")
    page = web.ask(f"/exports/{job}/", Cookie=cookies_of(world.supervisor))
    assert "处理进程还没有开始" in page.text
    assert "不必重新提交" in page.text

    web.redis.back()
    jobs.queue_jobs()
    call_command("work", burst=True, verbosity=0)

    assert (Job.objects.get(pk=job).state, Job.objects.get(pk=job).attempts) == ("done", 1)
    assert Case.objects.count() == 4
    assert nothing_is_amiss()
