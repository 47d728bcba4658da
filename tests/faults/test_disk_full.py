"""A full disk, under the service's files or under the database: that is said, no row points to a file that isn't there,
and once there is room the same request succeeds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases import kept_files
from casetrack.cases.jobs import running, store
from casetrack.cases.models import Attachment, Case, Job, KeptFile
from tests.api.conftest import EAST, FAR, World, log_dispute, new_dispute
from tests.cases.ledgers.books import dispute, ledger
from tests.faults.room import ROOM, disk_full
from tests.faults.world import nothing_is_amiss
from tests.jobs.world import waiting_export, waiting_import
from tests.web.cases import client_of as browser_of
from workers import jobs

LARGE = b"%PDF-1.7 " + bytes(range(256)) * 1000
TEMPLATE = """title = "{place}{year}年通报"
[[section]]
heading = "调解"
[[section.sentence]]
text = "共收到{mediation.received}。"
"""
FULL = """
CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_is_full BEFORE INSERT ON {} FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()
"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]


@pytest.fixture(autouse=True)
def templates(settings: Settings, folder: Path) -> None:
    settings.REPORT_TEMPLATES = folder / "templates"


@contextmanager
def database_full(table: str) -> Iterator[None]:
    """As the server says it where it can write no more."""
    done(FULL.format(table))
    try:
        yield
    finally:
        done("DROP FUNCTION disk_is_full CASCADE")


def done(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def files() -> list[Path]:
    return [path for top in (kept_files.folder(), store.folder()) for path in top.rglob("*") if path.is_file()]


def attached(world: World, api: Callable[[User], APIClient], case: Case, door: str) -> Any:
    body = {"sort": "application", "file": SimpleUploadedFile("申请书.pdf", LARGE)}
    if door == "page":
        browser = browser_of(world.clerk_east)
        browser.raise_request_exception = False
        return browser.post(f"/cases/{case.pk}/attachments/", body)
    return api(world.clerk_east).post(f"/api/v1/cases/{case.pk}/attachments/", body, format="multipart")


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_file_that_finds_no_room_is_refused_and_taken_once_there_is_some(
    world: World, client_of: Callable[[User], APIClient], door: str
) -> None:
    case = log_dispute(world.east)

    with disk_full():
        answer = attached(world, client_of, case, door)

    assert (answer.status_code, answer.headers["Retry-After"]) == (507, "60")
    assert "服务器存储空间不足，没有保存；请联系管理员清理磁盘后重试" in answer.content.decode()
    assert (Attachment.objects.count(), KeptFile.objects.count(), files()) == (0, 0, [])
    assert attached(world, client_of, case, door).status_code in {201, 302}
    assert (Attachment.objects.count(), len(files())) == (1, 1)
    assert nothing_is_amiss()


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_database_that_finds_no_room_is_said_alike_and_leaves_no_row(
    world: World, client_of: Callable[[User], APIClient], door: str
) -> None:
    case = log_dispute(world.east)

    with database_full("cases_attachment"):
        answer = attached(world, client_of, case, door)

    assert answer.status_code == 507
    assert "服务器存储空间不足" in answer.content.decode()
    assert (Attachment.objects.count(), KeptFile.objects.count()) == (0, 0)
    assert attached(world, client_of, case, door).status_code in {201, 302}
    assert nothing_is_amiss()


def test_no_half_case_is_left_by_a_database_that_finds_no_room_for_its_events(
    world: World, client_of: Callable[[User], APIClient]
) -> None:
    clerk = client_of(world.clerk_east)
    with database_full("cases_caseevent"):
        answer = clerk.post("/api/v1/cases/", new_dispute(world.east), headers={"Idempotency-Key": "one"})

    assert (answer.status_code, answer.json()["code"]) == (507, "storage_full")
    assert Case.objects.count() == 0
    assert clerk.post("/api/v1/cases/", new_dispute(world.east), headers={"Idempotency-Key": "one"}).status_code == 201
    assert nothing_is_amiss()


def test_ledgers_that_find_no_room_are_refused_and_no_job_is_asked_for(world: World) -> None:
    browser = browser_of(world.supervisor)
    browser.raise_request_exception = False

    with disk_full():
        answer = browser.post("/imports/", {"region": EAST, "files": SimpleUploadedFile("台账.pdf", LARGE)})

    assert (answer.status_code, Job.objects.count(), files()) == (507, 0, [])


def run(job: Job) -> Job:
    with pytest.raises(running.JobBroke):
        jobs.run_job(job_id=job.pk)
    return Job.objects.get(pk=job.pk)


def test_an_export_that_finds_no_room_says_so_to_its_owner_and_leaves_no_file(
    world: World,
) -> None:
    log_dispute(world.east)

    with disk_full(after=100):
        job = run(waiting_export(world.supervisor))

    assert (job.state, job.error_code, files()) == ("failed", "storage_full", [])
    page = Client()
    page.force_login(world.supervisor)
    assert "存储空间不足，任务没有做完" in page.get(f"/exports/{job.pk}/").content.decode()


def test_an_import_whose_database_finds_no_room_says_so_and_can_be_done_again(world: World) -> None:
    book = ledger(dispute())
    with database_full("cases_importbatch"):
        job = run(waiting_import(world.supervisor, EAST, book))

    assert (job.state, job.error_code, Case.objects.count()) == ("failed", "storage_full", 0)
    assert "不会重复" in job.error
    assert job.finished_at
    assert job.finished_at <= timezone.now()
    assert nothing_is_amiss()


def test_a_template_that_finds_no_room_leaves_the_one_before(world: World, settings: Settings) -> None:
    browser = browser_of(world.outsider)
    browser.raise_request_exception = False

    def sent(more: str) -> int:
        file = SimpleUploadedFile("通报.toml", (TEMPLATE + more).encode())
        body = {"sort": "annual-toml", "region": FAR, "file": file}
        return browser.post("/manage/report-templates/kept/", body).status_code

    assert sent("") == 302
    with disk_full():
        assert sent(f"# {'长' * ROOM}") == 507

    (kept,) = settings.REPORT_TEMPLATES.iterdir()
    assert (kept.read_text(), files()) == (TEMPLATE, [])
