"""Files on the page of a case: who may hand them in, fetch and remove them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect
from pytest_django import Settings

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.models import Attachment, Case
from tests.api.conftest import World
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 of the applicant"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def handed_in(
    user: User, case: Case, content: bytes = PDF, name: str = "张三申请书.pdf", sort: str = "application"
) -> int:
    sent = {"sort": "application", "file": SimpleUploadedFile("张三申请书.pdf", PDF)}
    return client_of(user).post(f"/cases/{case.pk}/attachments/", sent).status_code


def test_a_clerk_hands_in_a_file_without_a_script_and_removes_it(
    page_of: Callable[[User], Page], world: World, dispute: Case
) -> None:
    page = page_of(world.clerk_east)
    page.goto(f"/cases/{dispute.pk}/")

    page.get_by_text("添加附件").click()
    page.get_by_label("材料种类").select_option(label="申请书、来信")
    page.get_by_label("文件", exact=True).set_input_files({"name": "申请书.pdf", "mimeType": "x/y", "buffer": PDF})
    page.get_by_role("button", name="上传").click()

    expect(page.get_by_role("link", name="申请书.pdf")).to_be_visible()
    page.get_by_text("添加附件").click()
    page.locator("section", has=page.get_by_role("heading", name="附件")).scroll_into_view_if_needed()
    assert barriers(page) == []
    picture(page, "case-attachments")
    page.set_viewport_size(PHONE)
    picture(page, "case-attachments-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    with page.expect_download() as fetched:
        page.get_by_role("link", name="申请书.pdf").click()
    assert fetched.value.suggested_filename == "申请书.pdf"
    assert Path(fetched.value.path()).read_bytes() == PDF
    page.locator("summary", has_text="移除").click()
    page.get_by_label("移除的理由").fill("误传他案材料")
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_role("main")).to_contain_text("移除：误传他案材料")
    expect(page.get_by_role("link", name="申请书.pdf")).to_have_count(0)


def test_an_outsider_finds_no_file(world: World, dispute: Case) -> None:
    handed_in(world.clerk_east, dispute)
    file, outside = Attachment.objects.get(), client_of(world.clerk_west)

    answers = [
        handed_in(world.clerk_west, dispute),
        outside.get(f"/cases/{dispute.pk}/attachments/{file.pk}/file/").status_code,
        outside.post(f"/cases/{dispute.pk}/attachments/{file.pk}/remove/", {"reason": "误传"}).status_code,
    ]

    assert answers == [404, 404, 404]
    assert Attachment.objects.get().removed_at is None


def test_a_statistician_sees_no_file_and_hands_none_in(world: World, dispute: Case) -> None:
    handed_in(world.clerk_east, dispute)
    file, client = Attachment.objects.get(), client_of(world.statistician)

    page = client.get(f"/cases/{dispute.pk}/").content.decode()
    fetched = client.get(f"/cases/{dispute.pk}/attachments/{file.pk}/file/").status_code

    assert "附件" not in page
    assert "张三申请书" not in page
    assert (fetched, handed_in(world.statistician, dispute)) == (403, 403)


def test_a_file_is_to_be_saved_and_left_in_no_cache(world: World, dispute: Case) -> None:
    handed_in(world.clerk_east, dispute)
    file = Attachment.objects.get()

    answer = client_of(world.supervisor).get(f"/cases/{dispute.pk}/attachments/{file.pk}/file/")

    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert AuditEntry.objects.get(action="read_personal").actor == world.supervisor


def test_what_stands_in_the_way_is_said_at_the_form(world: World, dispute: Case) -> None:
    client = client_of(world.clerk_east)
    wrong = {"sort": "evidence", "file": SimpleUploadedFile("照片.png", PDF)}

    refused = client.post(f"/cases/{dispute.pk}/attachments/", wrong)
    nothing = client.post(f"/cases/{dispute.pk}/attachments/", {})

    assert (refused.status_code, nothing.status_code) == (422, 422)
    assert "内容须与扩展名一致" in refused.content.decode()
    assert '<option value="evidence" selected>' in refused.content.decode()
    assert "请选择要上传的文件" in nothing.content.decode()


def test_another_cases_file_is_not_in_this_one(world: World, dispute: Case) -> None:
    handed_in(world.clerk_east, dispute)
    file = Attachment.objects.get()

    answer = client_of(world.clerk_east).get(f"/cases/{dispute.pk + 1}/attachments/{file.pk}/file/")

    assert answer.status_code == 404


def test_more_than_any_page_takes_is_told_and_not_a_failure(
    world: World, dispute: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casetrack.cases.jobs.uploads.LARGEST_FILE", 10)
    client = client_of(world.clerk_east)

    answer = client.post(
        f"/cases/{dispute.pk}/attachments/", {"sort": "evidence", "file": SimpleUploadedFile("照片.pdf", PDF)}
    )

    assert answer.status_code == 413
    assert "请求过大" in answer.content.decode()
