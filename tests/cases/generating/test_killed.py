"""Generating is killed at any moment: what is there is whole, and asking again goes on from there."""

import os
import signal
from io import StringIO
from multiprocessing import get_context

import pytest
from django.core.management import call_command
from django.db import connection, connections

from casetrack.cases.generating import planning, running
from casetrack.cases.generating.indexes import search_at_once
from casetrack.cases.generating.loading import Loader
from casetrack.cases.generating.running import Stopped, generate
from casetrack.cases.models import Case
from tests.cases.generating.test_generating import differing, gaps
from tests.cases.generating.wishes import wish
from tests.waiting import until

CHUNK = 20
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "CHUNK", CHUNK)
    monkeypatch.setattr(running, "CHUNK", CHUNK)


def indexes_that_wait() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE 'fastupdate=on' = ANY(reloptions) ORDER BY relname")
        return [name for (name,) in cursor.fetchall()]


def others() -> int:
    """Connections to this database beside our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_a_command_that_is_killed_leaves_whole_cases_and_no_process_behind() -> None:
    connections.close_all()
    command = get_context("fork").Process(target=generate, args=(wish(4_000),), kwargs={"processes": 2})
    command.start()
    until(lambda: Case.objects.count() >= 2 * CHUNK, within=60)

    os.kill(int(command.pid or 0), signal.SIGKILL)
    command.join()
    until(lambda: others() == 0, within=60)
    there, left = Case.objects.count(), indexes_that_wait()
    generate(wish(60), processes=2)

    assert (left, indexes_that_wait()) == (["case_grams", "case_values"], [])
    assert 2 * CHUNK <= there < 4_000
    assert Case.objects.count() == there + 60
    assert Case.objects.filter(events=None).count() == Case.objects.filter(parties=None).count() == 0
    assert (differing(), gaps()) == ([], [])


def test_what_a_killed_command_left_of_the_indexes_is_set_right_by_whoever_verifies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER INDEX case_grams SET (fastupdate = on, gin_pending_list_limit = 131072)")
    said = StringIO()

    call_command("verify", stdout=said)

    assert "case_grams" in said.getvalue()
    assert indexes_that_wait() == []
    assert search_at_once() == []


def test_a_process_that_dies_is_said_and_the_others_end(monkeypatch: pytest.MonkeyPatch) -> None:
    load = Loader.load

    def die_at_the_third(self: Loader, chunk: int) -> int:
        if self.share.number == 1 and chunk == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return load(self, chunk)

    monkeypatch.setattr(Loader, "load", die_at_the_third)
    heard: list[int] = []

    with pytest.raises(Stopped, match="意外结束（退出码-9）"):
        generate(wish(400), processes=2, progress=heard.append)

    until(lambda: others() == 0, within=60)
    assert sum(heard) <= Case.objects.count() < 400
    assert (differing(), gaps()) == ([], [])
