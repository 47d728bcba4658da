"""Templates of reports: which are used, and one's own tried on the figures of the region before anyone keeps it."""

from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casetrack.accounts.models import User
from casetrack.organizations.choices import Role
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, FAR, World, member
from tests.cases.logging import log_dispute
from tests.web.cases import client_of

TEMPLATES = "/manage/report-templates/"
OURS = """
title = "{place}自己的报告"
[[section]]
level = 1
heading = "调解"
[[section.sentence]]
text = "受理纠纷{mediation.received}。"
"""


@pytest.fixture
def boss(world: World, settings: LazySettings, tmp_path: Path) -> Client:
    settings.SECOND_FACTOR_ROLES, settings.REPORT_TEMPLATES = [], tmp_path
    log_dispute(world.east, date(2024, 3, 5))
    while settle():
        pass
    return client_of(member("boss", Role.ADMINISTRATOR, region_id=CITY))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_it_tells_which_files_a_region_uses_and_hands_them_out(boss: Client, tmp_path: Path) -> None:
    (tmp_path / f"annual-{CITY}.toml").write_text(OURS, encoding="utf-8")

    page = unescape(boss.get(f"{TEMPLATES}?under={EAST}").content.decode())
    own = boss.get(f"{TEMPLATES}annual/template/?under={EAST}")
    built_in = boss.get(f"{TEMPLATES}monthly/template/?under={EAST}")

    assert f"annual-{CITY}.toml" in page, "the nearest above"
    assert "系统自带的" in page
    assert own.getvalue().decode() == OURS
    assert "[[section]]" in built_in.getvalue().decode()
    assert boss.get(f"{TEMPLATES}annual/frame/?under={EAST}").status_code == 404
    assert boss.get(f"{TEMPLATES}weekly/template/?under={EAST}").status_code == 404


def test_a_template_is_tried_on_the_figures_of_the_region_and_not_kept(boss: Client, tmp_path: Path) -> None:
    answer = boss.post(f"{TEMPLATES}?under={CITY}&year=2024&span=year", {"template": upload("x.toml", OURS.encode())})

    text = [each.text for each in docx.Document(BytesIO(answer.getvalue())).paragraphs]
    assert "天水市自己的报告" in text
    assert "受理纠纷1件。" in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "请选择要试用的模板或框架"),
        ({"template": b"title = "}, "模板不是正确的TOML文件"),
        ({"template": "标题".encode("gb18030")}, "应为UTF-8编码"),
        ({"template": OURS.replace("received", "nothing").encode()}, "nothing"),
        ({"frame": b"PK but no document"}, "不能用作模板"),
        ({"frame": b"MZ program"}, "不能用作模板"),
        ({"template": b"a = " + b"[" * 5_000}, "嵌套过深"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_in_words(boss: Client, files: dict[str, bytes], why: str) -> None:
    sent = {name: upload(f"x.{name}", content) for name, content in files.items()}

    answer = boss.post(f"{TEMPLATES}?under={CITY}&year=2024&span=year", sent)

    assert answer.status_code == 422
    assert why in unescape(answer.content.decode())
    assert "/tmp" not in answer.content.decode(), "where it lay for a moment is nobody's business"


def test_who_keeps_no_registers_there_finds_nothing(world: World, boss: Client) -> None:
    clerk: User = world.clerk_east

    assert client_of(clerk).get(TEMPLATES).status_code == 403
    assert boss.get(f"{TEMPLATES}?under={FAR}").status_code == 404
    assert boss.get(f"{TEMPLATES}annual/template/?under={FAR}").status_code == 404
