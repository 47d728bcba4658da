"""Checking a report: a text is answered at once, a file by a worker, each within what its owner may see."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from casetrack.accounts.models import User
from casetrack.cases.jobs import expiring, store
from casetrack.cases.models import Case, Job
from casetrack.organizations.models import Membership, Organization
from casetrack.stats.rollup import settle
from tests.cases.logging import log_dispute
from tests.jobs.world import finished_check, waiting_check
from tests.reports.documents.making import pdf, word
from workers import jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queues")]

ADDRESS = "/api/v1/reports/check/"
TEXT = "2024年，全县人民调解委员会共登记矛盾纠纷4件，接收群众来信7件。"
QINAN = "620522"


@pytest.fixture(autouse=True)
def record(committee: Organization) -> list[Case]:
    """Three disputes of a spring."""
    logged = [log_dispute(committee, date(2024, month, 1)) for month in (1, 2, 3)]
    while settle():
        pass
    return logged


def check(client: APIClient, name: str, content: bytes, **more: Any) -> Any:
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **more}, format="multipart")


def done(client: APIClient, *args: Any, **more: Any) -> dict[str, Any]:
    """The check of a file once a worker has seen to it."""
    asked = check(client, *args, **more)
    assert asked.status_code == 202, asked.json()
    jobs.run_job(job_id=asked.json()["id"])
    shown: dict[str, Any] = client.get(asked.headers["Location"]).json()
    return shown


def fetched(client: APIClient, address: str, **query: str) -> bytes:
    answer: Any = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def test_a_part_that_is_misnamed_is_refused_for_else_nothing_would_be_compared(client: APIClient) -> None:
    answer = check(client, "报告.txt", TEXT.encode(), regoin=QINAN, year=2024)

    assert answer.status_code == 422
    assert "regoin" in answer.json()["errors"]
    assert not Job.objects.exists()


def test_a_text_is_answered_at_once(client: APIClient) -> None:
    answer = client.post(ADDRESS, {"text": TEXT, "region": QINAN, "year": 2024}, format="json")

    assert answer.status_code == 200
    said = answer.json()
    assert [each["quote"] for each in said["claims"]] == ["4件", "7件"]
    assert [(each["verdict"], each["value"], each["difference"]) for each in said["record"]] == [
        ("differs", 3, 1),
        ("not_in_record", None, None),
    ]
    assert said["record"][0]["cases"].startswith("http://testserver/api/v1/statistics/cases?subject=mediation&")
    assert Job.objects.count() == 0


def test_the_cases_behind_a_row_add_up_to_it(client: APIClient) -> None:
    said = client.post(ADDRESS, {"text": TEXT, "region": QINAN, "year": 2024}, format="json").json()

    assert client.get(said["record"][0]["cases"]).json()["total"] == said["record"][0]["value"] == 3


def test_without_a_region_nothing_is_compared(client: APIClient) -> None:
    said = client.post(ADDRESS, {"text": TEXT}, format="json").json()

    assert (len(said["claims"]), said["record"]) == (2, [])


def test_a_pdf_is_checked_by_a_worker(client: APIClient, folder: Path) -> None:
    shown = done(client, "报告.pdf", pdf([[TEXT]]), region=QINAN, year=2024)

    assert (shown["state"], shown["region"], shown["year"]) == ("done", "620522000000", 2024)
    assert (shown["counts"]["claims"], shown["counts"]["differs"], shown["formats"]) == (2, 1, ["html"])
    assert [each["verdict"] for each in shown["result"]["record"]] == ["differs", "not_in_record"]
    assert "✗1 4件" in fetched(client, shown["file"]).decode()
    assert len(list(folder.iterdir())) == 1  # the result; what was sent is gone


def test_nothing_of_a_report_lies_on_the_disk_or_in_the_row_unsealed(client: APIClient, folder: Path) -> None:
    shown = done(client, "报告.txt", TEXT.encode(), region=QINAN, year=2024)

    job = Job.objects.get(pk=shown["id"])
    assert "矛盾纠纷".encode() not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert "4件" not in f"{job.result}{job.counts}"


def test_a_word_file_comes_back_with_comments(client: APIClient) -> None:
    shown = done(client, "报告.docx", word(TEXT), region=QINAN, year=2024)

    copy = docx.Document(io.BytesIO(fetched(client, shown["file"], **{"as": "docx"})))
    assert shown["formats"] == ["html", "docx"]
    assert [each.text.splitlines()[0] for each in copy.comments] == ["？ 待人工核对", "✗ 不符"]


def test_what_was_no_word_file_has_no_copy(client: APIClient, boss: User) -> None:
    answer = client.get(f"{ADDRESS}{finished_check(boss).pk}/file/", {"as": "docx"})

    assert (answer.status_code, answer.json()["code"]) == (400, "parameters_not_valid")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("扫描.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "是图片"),
        ("报告.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "另存为.docx"),
    ],
    ids=["image", "doc"],
)
def test_a_file_that_can_not_be_read_ends_the_job_with_the_way_out(
    client: APIClient, name: str, content: bytes, message: str
) -> None:
    shown = done(client, name, content)

    assert (shown["state"], shown["error"]["code"], shown["result"]) == ("failed", "document_refused", None)
    assert message in shown["error"]["message"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "text"),
        ({"text": "字" * 100_001}, "text"),
        ({"text": TEXT, "region": QINAN}, "non_field_errors"),
        ({"text": TEXT, "year": 2024}, "non_field_errors"),
        ({"text": TEXT, "region": "62a", "year": 2024}, "region"),
        ({"text": TEXT, "region": QINAN, "year": 24}, "year"),
        ({"text": TEXT, "region": QINAN, "year": 2024, "public": "perhaps"}, "public"),
    ],
)
def test_what_can_not_be_meant_is_refused(client: APIClient, said: dict[str, Any], field: str) -> None:
    answer = client.post(ADDRESS, said, format="json")

    assert (answer.status_code, answer.json()["code"]) == (422, "fields_not_valid")
    assert field in answer.json()["errors"]


def test_a_year_that_has_not_begun_is_refused(client: APIClient) -> None:
    answer = client.post(ADDRESS, {"text": TEXT, "region": QINAN, "year": 2199}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (400, "statistics_refused")


def test_a_stranger_compares_with_nothing_here(stranger: APIClient, boss: User) -> None:
    of_text = stranger.post(ADDRESS, {"text": TEXT, "region": QINAN, "year": 2024}, format="json")
    of_file = check(stranger, "报告.txt", TEXT.encode(), region=QINAN, year=2024)

    assert (of_text.status_code, of_file.status_code) == (404, 404)
    assert stranger.get(f"{ADDRESS}{waiting_check(boss).pk}/").status_code == 404
    assert stranger.get(ADDRESS).json()["results"] == []


def test_subjects_that_the_caller_may_not_see_are_not_compared(
    client: APIClient, boss: User, client_of: Callable[[User], APIClient]
) -> None:
    Membership.objects.filter(user=boss).update(kinds=["petition"])

    said = client_of(boss).post(ADDRESS, {"text": TEXT, "region": QINAN, "year": 2024}, format="json").json()

    assert (said["record"][0]["verdict"], said["record"][0]["reason"]) == ("not_in_record", "您无权查看这一统计主题")


def test_a_job_keeps_to_what_its_owner_may_see_when_it_runs(client: APIClient, boss: User) -> None:
    asked = check(client, "报告.txt", TEXT.encode(), region=QINAN, year=2024).json()
    Membership.objects.filter(user=boss).update(region_id="620000000000")
    Membership.objects.filter(user=boss).delete()

    jobs.run_job(job_id=asked["id"])

    job = Job.objects.get(pk=asked["id"])
    assert (job.state, job.error_code) == ("failed", "permission_denied")


def test_a_result_is_gone_after_its_time(client: APIClient, boss: User) -> None:
    job = finished_check(boss)

    expiring.expire(now=timezone.now() + timedelta(hours=2))

    shown = client.get(f"{ADDRESS}{job.pk}/").json()
    assert (shown["result"], shown["file"]) == (None, None)
    assert client.get(f"{ADDRESS}{job.pk}/file/").status_code == 410


def test_a_check_is_called_off_and_its_file_dropped(client: APIClient, folder: Path) -> None:
    asked = check(client, "报告.txt", TEXT.encode()).json()

    answer = client.post(f"{ADDRESS}{asked['id']}/cancel/")

    assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    assert list(folder.iterdir()) == []


def test_a_report_sent_twice_under_one_key_is_checked_once(client: APIClient) -> None:
    key = {"Idempotency-Key": "one-report"}
    sent = [
        client.post(ADDRESS, {"file": SimpleUploadedFile("a.txt", b"1")}, format="multipart", headers=key)
        for _ in range(2)
    ]

    assert [each.status_code for each in sent] == [202, 202]
    assert sent[0].json()["id"] == sent[1].json()["id"]
    assert len(store.older_than(timezone.now() + timedelta(hours=1))) == 1
