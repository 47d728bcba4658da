"""Templates and letterheads of reports on a page: looked through, used, replaced and taken out."""

import io
from html import unescape
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from casetrack.accounts.models import AuditEntry, User
from tests.api.conftest import CITY, EAST, FAR, World
from tests.web.cases import client_of

PAGE = "/manage/report-templates/kept/"
OWN = """title = "{place}{year}年通报"
[[section]]
heading = "调解"
[[section.sentence]]
text = "共收到{mediation.received}。"
"""


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.REPORT_TEMPLATES = tmp_path / "templates"
    return tmp_path / "templates"


def word(*paragraphs: str) -> bytes:
    made, content = Document(), io.BytesIO()
    for each in paragraphs:
        made.add_paragraph(each)
    made.save(content)
    return content.getvalue()


def sent(user: User, content: bytes, sort: str = "annual-toml", region: str = EAST) -> tuple[int, str]:
    file = SimpleUploadedFile("一份文件", content)
    answer = client_of(user).post(PAGE, {"sort": sort, "region": region, "file": file}, follow=True)
    return answer.status_code, unescape(answer.content.decode())


def test_sentences_are_looked_through_used_replaced_and_taken_out(world: World, folder: Path) -> None:
    chief, one = client_of(world.supervisor), f"{PAGE}annual-toml/{EAST}/"

    before = chief.get(PAGE).content.decode()
    used = sent(world.supervisor, OWN.encode(), region="麦积")
    drafted = client_of(world.supervisor).get("/reports/", {"under": EAST, "year": "2024"}).content.decode()
    again = sent(world.supervisor, OWN.replace("通报", "简报").encode("utf-8-sig"))
    file = chief.get(f"{one}").content.decode()

    assert (used[0], again[0]) == (200, 200)
    assert "没有自己的模板" in before
    assert "已启用麦积区的年度报告的模板（.toml）；可以使用：1节，引用1项指标" in used[1]
    assert "麦积区2024年通报" in drafted
    assert file == OWN.replace("通报", "简报")
    assert chief.post(f"{one}remove/").status_code == 302
    assert (chief.get(f"{one}").status_code, chief.post(f"{one}remove/").status_code) == (404, 404)
    assert list(folder.glob("*.toml")) == []
    assert len(list((folder / "former").iterdir())) == 2
    said = list(AuditEntry.objects.filter(region_code=EAST).order_by("id").values_list("action", flat=True))
    assert said == ["create", "change", "remove"]


def test_a_file_sent_twice_is_put_in_use_once(world: World, folder: Path) -> None:
    first, again = (sent(world.supervisor, OWN.encode()) for _ in range(2))

    assert (first[0], again[0]) == (200, 200)
    assert not (folder / "former").exists()
    assert AuditEntry.objects.filter(region_code=EAST).count() == 1


def test_a_letterhead_needs_its_mark_and_nothing_that_acts(world: World) -> None:
    good = sent(world.supervisor, word("秦安县司法局文件", "{{正文}}", "{{日期}}"), "monthly-docx")
    without = sent(world.supervisor, word("秦安县司法局文件"), "monthly-docx")
    unknown = sent(world.supervisor, word("{{正文}}", "{{局长}}"), "annual-docx")

    assert (good[0], without[0], unknown[0]) == (200, 422, 422)
    assert "已启用麦积区的月度简报的框架" in good[1]
    assert "没有单独成段的“{{正文}}”" in without[1]
    assert "“{{局长}}”没有对应的内容" in unknown[1]


@pytest.mark.parametrize(
    ("content", "sort", "said"),
    [
        (b"", "annual-toml", "文件是空的"),
        ("标题".encode("gb18030"), "annual-toml", "UTF-8"),
        (b"title = ", "annual-toml", "不是正确的TOML文件"),
        (OWN.replace("mediation.received", "mediation.<b>").encode(), "annual-toml", "<b>"),
        (b"a" * 600_000, "annual-toml", "最大0.5MB"),
        (b"a = " + b"[" * 5_000, "annual-toml", "嵌套过深"),
        (b"a = " + b"9" * 5_000, "annual-toml", "不是正确的TOML文件"),
        (b"no word", "annual-docx", "不能用作模板"),
        (OWN.encode(), "annual", "不在可用的选项中"),
    ],
)
def test_what_can_not_be_meant_is_refused_and_nothing_kept(
    world: World, folder: Path, content: bytes, sort: str, said: str
) -> None:
    status, page = sent(world.supervisor, content, sort)

    assert status in (400, 422)
    assert said in page
    assert not folder.exists()


def test_templates_of_elsewhere_are_not_there(world: World, folder: Path) -> None:
    sent(world.supervisor, OWN.encode())
    far = client_of(world.outsider)

    assert sent(world.outsider, OWN.encode())[0] == 400
    assert sent(world.supervisor, OWN.encode(), region=FAR)[0] == 400
    assert "annual-620503000000" not in far.get(PAGE).content.decode()
    one = f"{PAGE}annual-toml/{EAST}/"
    assert (far.get(f"{one}").status_code, far.post(f"{one}remove/").status_code) == (404, 404)
    assert far.get(f"{PAGE}annual-toml/..%2f..%2fsecrets/").status_code == 404
    assert client_of(world.clerk_east).get(PAGE).status_code == 403
    assert [path.name for path in folder.rglob("*.toml")] == [f"annual-{EAST}.toml"]


def test_a_folder_that_can_not_be_written_is_told_and_leaves_no_line(world: World, folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file stands where the folder should be")

    status, page = sent(world.supervisor, OWN.encode(), region=CITY)

    assert status == 422
    assert "CASETRACK_REPORT_TEMPLATES" in page
    assert not AuditEntry.objects.exclude(action="log_in").exists()
