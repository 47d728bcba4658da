"""Files of a case by program: what is refused and how, and who is told what."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from casetrack.accounts.models import AuditEntry, Token
from casetrack.cases.models import Attachment, Case
from casetrack.organizations.choices import Role
from tests.api.conftest import CITY, World, log_dispute, member

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 of the applicant"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def files_of(case: Case) -> str:
    return f"/api/v1/cases/{case.pk}/attachments/"


def sent(client: APIClient, case: Case, content: bytes = PDF, name: str = "张三申请书.pdf", **said: Any) -> Any:
    body = {"sort": "application", "file": SimpleUploadedFile(name, content), **said}
    return client.post(files_of(case), body, format="multipart")


def test_a_file_is_handed_in_listed_fetched_for_a_purpose_and_removed(dispute: Case, clerk: APIClient) -> None:
    made = sent(clerk, dispute)
    pk = made.json()["id"]
    listed = clerk.get(files_of(dispute)).json()["results"]
    unsaid = clerk.get(f"{files_of(dispute)}{pk}/file/")
    file = clerk.get(f"{files_of(dispute)}{pk}/file/?purpose=核对申请材料")
    removed = clerk.post(f"{files_of(dispute)}{pk}/remove/", {"reason": "误传他案材料"}, format="json")
    gone = clerk.get(f"{files_of(dispute)}{pk}/file/?purpose=核对申请材料")
    again = clerk.post(f"{files_of(dispute)}{pk}/remove/", {"reason": "再移除一次"}, format="json")

    assert made.status_code == 201
    assert made.headers["Location"].endswith(f"{files_of(dispute)}{pk}")
    assert [(row["name"], row["size"], row["removed_at"]) for row in listed] == [("张三申请书.pdf", len(PDF), None)]
    assert (unsaid.status_code, unsaid.json()["code"]) == (400, "parameters_not_valid")
    assert file.getvalue() == PDF
    assert file.headers["Cache-Control"] == "no-store, private"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert removed.json()["removal_reason"] == "误传他案材料"
    assert [(answer.status_code, answer.json()["code"]) for answer in (gone, again)] == [
        (422, "attachment_refused"),
        (422, "attachment_refused"),
    ]
    entry = AuditEntry.objects.get(action="read_personal")
    assert (entry.purpose, entry.details["attachment"]) == ("核对申请材料", pk)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90", "冒充.pdf", "内容须与扩展名一致"),
        (b"", "空.pdf", "文件是空的"),
        (b"%PDF-" + b" " * 2**20, "大.pdf", "超过每个附件1MB的上限"),
        (b"<script>", "网页.html", "不能接收这个文件"),
    ],
)
def test_what_is_not_taken_is_a_problem_that_says_why(
    dispute: Case, clerk: APIClient, settings: Settings, content: bytes, name: str, said: str
) -> None:
    settings.ATTACHMENT_MEGABYTES = 1

    answer = sent(clerk, dispute, content, name)

    assert (answer.status_code, answer.json()["code"]) == (422, "attachment_refused")
    assert said in answer.json()["detail"]
    assert not Attachment.objects.exists()


def test_a_form_that_lacks_something_says_what(dispute: Case, clerk: APIClient) -> None:
    unsorted = sent(clerk, dispute, sort="secret")
    nothing = clerk.post(files_of(dispute), {}, format="multipart")
    text = clerk.post(files_of(dispute), {"sort": "application", "file": "no file"}, format="multipart")

    assert [answer.status_code for answer in (unsorted, nothing, text)] == [422, 422, 422]
    assert list(unsorted.json()["errors"]) == ["sort"]
    assert sorted(nothing.json()["errors"]) == ["file", "sort"]
    assert list(text.json()["errors"]) == ["file"]


def test_a_statistician_is_told_of_files_without_their_names(world: World, dispute: Case, clerk: APIClient) -> None:
    sent(clerk, dispute)
    counting = APIClient()
    counting.force_authenticate(member("counting", Role.STATISTICIAN, region_id=CITY))

    (row,) = counting.get(files_of(dispute)).json()["results"]

    assert (row["name"], row["sort_label"]) == (None, "申请书、来信")
    assert counting.get(f"{files_of(dispute)}{row['id']}/file/?purpose=核对申请材料").status_code == 403
    assert sent(counting, dispute).status_code == 403


def test_a_token_without_the_personal_scope_fetches_no_file(world: World, dispute: Case, clerk: APIClient) -> None:
    pk = sent(clerk, dispute).json()["id"]
    token, secret = Token.issue(user=world.clerk_east, name="平台", now=timezone.now(), expires_at=None)
    Token.objects.filter(pk=token.pk).update(scopes=["read", "write"])
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})

    answer = program.get(f"{files_of(dispute)}{pk}/file/?purpose=核对申请材料")

    assert (answer.status_code, answer.json()["code"]) == (403, "token_scope_missing")
    assert program.get(files_of(dispute)).status_code == 200


def test_a_file_of_another_case_is_not_in_this_one(world: World, dispute: Case, clerk: APIClient) -> None:
    pk = sent(clerk, dispute).json()["id"]
    other = log_dispute(world.east)

    assert clerk.get(f"{files_of(other)}{pk}/").status_code == 404
    assert clerk.post(f"{files_of(other)}{pk}/remove/", {"reason": "误传"}, format="json").status_code == 404
    assert Attachment.objects.standing().count() == 1


def test_an_outsider_hands_in_fetches_and_removes_nothing(dispute: Case, clerk: APIClient, outsider: APIClient) -> None:
    pk = sent(clerk, dispute).json()["id"]

    answers = [
        outsider.get(files_of(dispute)),
        sent(outsider, dispute),
        outsider.get(f"{files_of(dispute)}{pk}/"),
        outsider.get(f"{files_of(dispute)}{pk}/file/?purpose=核对申请材料"),
        outsider.post(f"{files_of(dispute)}{pk}/remove/", {"reason": "误传"}, format="json"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404, 404]
    assert Attachment.objects.standing().count() == 1
