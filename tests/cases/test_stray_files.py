"""Sealed files without a row: removed after a week, and never while somebody brings the same content."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from casetrack.cases import stray_files
from casetrack.cases.kept_files import content_of, keep, path_of
from casetrack.cases.models import KeptFile
from casetrack.cases.stray_files import sweep_strays

NOW = datetime.now(UTC)
CONTENT, OTHER = b"the statement of the applicant", b"a file that stays"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "attachments"


def aged(path: Path, days: float) -> Path:
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))
    return path


def stray(content: bytes, days: float) -> Path:
    """The file of an upload that was rolled back some days ago."""
    kept = keep(content)
    path = path_of(kept.digest)
    kept.delete()
    return aged(path, days)


@pytest.mark.django_db
def test_a_stray_goes_after_a_week_and_what_has_a_row_stays(folder: Path) -> None:
    kept = aged(path_of(keep(OTHER).digest), 400)
    old, young = stray(CONTENT, 7.1), stray(b"yesterday's", 6.9)
    half = kept.with_suffix(".0123456789abcdef")
    half.write_bytes(b"half a file")
    aged(half, 8)
    foreign = kept.with_name("README")
    foreign.write_text("not ours")
    aged(foreign, 400)

    gone = [sweep_strays(now=NOW), sweep_strays(now=NOW)]

    assert gone == [2, 0]
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == sorted([kept, young, foreign])
    assert not old.exists()
    assert KeptFile.objects.count() == 1


@pytest.mark.django_db
def test_a_database_that_knows_no_file_lets_none_go(folder: Path) -> None:
    path = stray(CONTENT, 100)

    assert sweep_strays(now=NOW) == 0
    assert path.exists()


@pytest.mark.django_db
def test_there_may_be_no_folder_yet() -> None:
    assert sweep_strays(now=NOW) == 0


def in_thread(pool: ThreadPoolExecutor, act: Any) -> Any:
    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return pool.submit(run)


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_is_just_being_committed_keeps_its_file() -> None:
    keep(OTHER)
    path = stray(CONTENT, 30)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            kept = keep(CONTENT)
            aged(path, 30)  # as if the clock of the disk went wrong: its row alone must save it
            sweeping = in_thread(pool, lambda: sweep_strays(now=NOW))
            waited_for_lock()
        assert sweeping.result(timeout=10) == 0

    assert content_of(kept) == CONTENT


def waited_for_lock() -> None:
    """Until someone waits for what this transaction has written."""
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone():
                return
            cursor.execute("SELECT pg_sleep(0.01), pg_stat_clear_snapshot()")  # or a transaction sees the same again
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_meets_the_sweep_writes_its_file_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(OTHER)
    path, claimed, going_on = stray(CONTENT, 30), Event(), Event()
    is_older = stray_files.is_older

    def held(path: Path, before: datetime) -> bool:
        """As it is; the second time it is asked, under the claim, the upload comes in between."""
        if connection.in_atomic_block:
            claimed.set()
            assert going_on.wait(10)
        return is_older(path, before)

    monkeypatch.setattr(stray_files, "is_older", held)
    with ThreadPoolExecutor(2) as pool:
        sweeping = in_thread(pool, lambda: sweep_strays(now=NOW))
        assert claimed.wait(10)
        uploading = in_thread(pool, lambda: keep(CONTENT))
        waited_for_lock()
        going_on.set()
        assert sweeping.result(timeout=10) == 1
        kept = uploading.result(timeout=10)

    assert path.exists()
    assert content_of(kept) == CONTENT
