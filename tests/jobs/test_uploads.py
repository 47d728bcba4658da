"""What is sent in: refused before anything is kept where it is too large, of another kind, or not allowed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.jobs import uploads
from casetrack.cases.models import Job
from casetrack.lib.sealed_files import SealedWriter
from tests.cases.ledgers.books import COUNTY, dispute, ledger
from tests.jobs.world import waiting_import

pytestmark = pytest.mark.django_db

LEDGER = ledger(dispute())


def send(client: APIClient, content: bytes, name: str = "台账.xlsx", **more: Any) -> Any:
    body = {"region": COUNTY, "files": [SimpleUploadedFile(name, content)], **more}
    return client.post("/api/v1/imports/", body, format="multipart")


def test_a_file_that_is_too_large_is_refused_while_it_comes_in(
    client: APIClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100_000)

    answer = send(client, bytes(300_000))

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert list(folder.iterdir()) == []


def test_files_that_are_too_large_together_are_refused(
    client: APIClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_REQUEST", 150_000)
    files = [SimpleUploadedFile(f"{number}.xlsx", b"PK\x03\x04" + bytes(100_000)) for number in range(2)]

    answer = client.post("/api/v1/imports/", {"region": COUNTY, "files": files}, format="multipart")

    assert answer.status_code == 413
    assert list(folder.iterdir()) == []


def test_a_large_file_never_stands_whole_in_memory(
    client: APIClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    largest = 0
    write = SealedWriter.write

    def watched(writer: SealedWriter, content: bytes) -> None:
        nonlocal largest
        write(writer, content)
        largest = max(largest, len(content), len(writer.pending))

    monkeypatch.setattr(SealedWriter, "write", watched)

    answer = send(client, b"PK\x03\x04" + bytes(12 * 2**20))

    assert answer.status_code == 202
    assert largest <= 2**20


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x01\x00", b"\x89PNG\r\n\x1a\n\x00", b"\x00" * 50])
def test_what_is_neither_workbook_nor_text_is_refused(client: APIClient, folder: Path, content: bytes) -> None:
    answer = send(client, content)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["files"])
    assert list(folder.iterdir()) == []


def test_an_empty_file_is_refused(client: APIClient, folder: Path) -> None:
    assert send(client, b"").status_code == 422
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("region", ["", "999", "62052", "秦安县", "6205220000000000", "\x00"])
def test_a_region_that_is_none_is_refused(client: APIClient, folder: Path, region: str) -> None:
    answer = send(client, LEDGER, region=region)

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["region"])
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "a\x00b.xlsx", "张" * 300])
def test_the_name_of_a_file_decides_nothing(client: APIClient, folder: Path, name: str) -> None:
    answer = send(client, LEDGER, name=name)

    assert answer.status_code == 202
    (kept,) = folder.iterdir()
    assert len(kept.name) == 32
    assert "/" not in answer.json()["files"][0]


def test_too_many_files_are_refused(client: APIClient, folder: Path) -> None:
    files = [SimpleUploadedFile(f"{number}.csv", b"a,b") for number in range(21)]

    answer = client.post("/api/v1/imports/", {"region": COUNTY, "files": files}, format="multipart")

    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert list(folder.iterdir()) == []


def test_a_body_that_is_no_form_is_refused(client: APIClient) -> None:
    assert client.post("/api/v1/imports/", {"region": COUNTY}).status_code == 415


def test_nothing_is_received_from_who_is_not_logged_in(folder: Path, db: None) -> None:
    answer = Client().post("/api/v1/imports/", {"region": COUNTY, "files": SimpleUploadedFile("a.xlsx", LEDGER)})

    assert answer.status_code == 401
    assert list(folder.iterdir()) == []


def test_a_file_sent_to_another_address_is_not_kept(boss: User, folder: Path) -> None:
    session = Client()
    session.force_login(boss)

    answer = session.post("/api/v1/cases/", {"file": SimpleUploadedFile("a.xlsx", LEDGER)})

    assert answer.status_code in (403, 415)
    assert list(folder.iterdir()) == []


def test_a_request_repeated_under_its_key_keeps_the_files_once(client: APIClient, folder: Path) -> None:
    key = {"Idempotency-Key": "5d6f1f6e"}
    for _ in range(2):
        body = {"region": COUNTY, "files": [SimpleUploadedFile("台账.xlsx", LEDGER)]}
        answer = client.post("/api/v1/imports/", body, format="multipart", headers=key)

    assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (202, "true")
    assert Job.objects.count() == 1
    assert len(list(folder.iterdir())) == 1


def test_a_user_has_only_so_many_jobs_waiting(client: APIClient, boss: User, folder: Path) -> None:
    for _ in range(10):
        waiting_import(boss, COUNTY)

    answer = send(client, LEDGER)

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_jobs")
    assert Job.objects.count() == 10
