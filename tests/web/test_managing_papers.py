"""Templates of papers on a page: who keeps them, from the sample to the paper that bears it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from playwright.sync_api import Page, expect
from pytest_django import Settings

from casetrack.accounts.models import User
from casetrack.cases.kept_files import path_of
from casetrack.cases.models import Case, PaperIssued, PaperTemplate
from tests.api.conftest import EAST, World
from tests.reports.papers.templates import word
from tests.reports.papers.test_printing import printed
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE

pytestmark = pytest.mark.django_db
KEY = "mediation_rights-20110101"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def sent(user: User, content: bytes, name: str = "本镇告知书.docx", **said: str) -> tuple[int, str]:
    data = {"paper": KEY, "region": EAST, "file": SimpleUploadedFile(name, content), **said}
    answer = client_of(user).post("/manage/papers/", data)
    return answer.status_code, answer.content.decode()


def test_a_supervisor_changes_a_sample_into_the_template_of_the_county(
    page_of: Callable[[User], Page], world: World, dispute: Case, tmp_path: Path
) -> None:
    page = page_of(world.supervisor)
    page.goto("/manage/")
    page.get_by_role("link", name="文书模板").click()
    page.get_by_role("link", name="权利义务告知书，依人民调解法").click()
    expect(page.get_by_role("main")).to_contain_text("{文号}")
    assert barriers(page) == []
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载样本").click()
    made = Document(str(fetched.value.path()))
    made.add_paragraph("本县自己的一段：{案号}")
    made.save(str(tmp_path / "本县.docx"))
    page.get_by_role("link", name="文书模板").click()
    page.get_by_label("文书", exact=False).first.select_option(label="权利义务告知书，依人民调解法")
    page.get_by_label("适用的地区").fill("麦积")
    page.get_by_label("Word文件").set_input_files(tmp_path / "本县.docx")
    page.get_by_role("button", name="上传").click()

    expect(page.get_by_role("main")).to_contain_text("麦积区及其下级")
    assert barriers(page) == []
    picture(page, "manage-papers")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert printed(dispute, "mediation_rights", world.clerk_east)[-1] == "本县自己的一段：麦积区道北街道人调〔2024〕1号"
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_role("main")).to_contain_text("没有自己的模板")


def test_who_keeps_no_register_or_that_of_elsewhere_sets_nothing(world: World) -> None:
    content = word("{文号}")
    assert sent(world.supervisor, content)[0] == 302
    template = PaperTemplate.objects.get()
    clerk = client_of(world.clerk_east)
    addresses = ("/manage/papers/", f"/manage/papers/{template.pk}/file/", f"/manage/papers/{KEY}/sample/")

    assert [clerk.get(address).status_code for address in addresses] == [403, 403, 403]
    assert clerk.post(f"/manage/papers/{template.pk}/remove/").status_code == 403
    assert sent(world.clerk_east, content)[0] == 403
    assert sent(world.supervisor, content, region="110000000000")[0] == 400
    PaperTemplate.objects.update(region="110000000000")
    keeper = client_of(world.supervisor)
    assert keeper.get(f"/manage/papers/{template.pk}/file/").status_code == 404
    assert keeper.post(f"/manage/papers/{template.pk}/remove/").status_code == 404
    assert PaperTemplate.objects.standing().count() == 1


def test_what_stands_in_the_way_is_said_at_the_form(world: World) -> None:
    content = word("{文号}")

    for said, status, words in (
        (sent(world.supervisor, word("{文号}", "{无此标记}")), 422, "不认识的标记：{无此标记}"),
        (sent(world.supervisor, content, name="a.docm"), 422, "另存为.docx"),
        (sent(world.supervisor, b"x" * (6 * 2**20)), 422, "最大5MB"),
        (sent(world.supervisor, content, region=EAST, organization=str(world.east.pk)), 400, "二者择一"),
        (sent(world.supervisor, content, region=""), 400, "二者择一"),
        (sent(world.supervisor, content, paper="no-such"), 400, "没有这种文书"),
        (sent(world.supervisor, content, paper=""), 400, "请选择文书"),
        (sent(world.supervisor, content, region="", organization="9999999"), 400, "没有这一机构"),
    ):
        assert (said[0], words in said[1]) == (status, True), words

    assert not PaperTemplate.objects.exists()


def test_a_template_is_fetched_as_it_was_uploaded(world: World) -> None:
    content = word("{文号}")
    sent(world.supervisor, content, name="../<b>告知.docx")

    answer = client_of(world.supervisor).get(f"/manage/papers/{PaperTemplate.objects.get().pk}/file/")

    assert answer.content == content
    assert answer["Cache-Control"] == "no-store, private"
    assert "b" in PaperTemplate.objects.get().name
    assert "<" not in PaperTemplate.objects.get().name


def test_a_template_whose_file_is_lost_is_told_and_no_number_is_used_up(world: World, dispute: Case) -> None:
    sent(world.supervisor, word("{文号}"))
    path_of(PaperTemplate.objects.get().file.digest).unlink()

    printing = client_of(world.clerk_east).post(f"/cases/{dispute.pk}/papers/mediation_rights/")
    fetching = client_of(world.supervisor).get(f"/manage/papers/{PaperTemplate.objects.get().pk}/file/", follow=True)

    assert printing.status_code == 409
    assert "文书模板的文件已丢失或损坏" in printing.content.decode()
    assert "文书模板的文件已丢失或损坏" in fetching.content.decode()
    assert not PaperIssued.objects.exists()
