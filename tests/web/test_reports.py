"""Reports as pages: a draft whose figures lead to their cases, and a checker that tests anyone's numbers."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.models import Job
from casetrack.organizations.scope import scope_of
from casetrack.stats.rollup import settle
from reports.checking.jobs import Compared, parts_of, zipped
from reports.checking.reviewing import review_of_text
from reports.linking import Lists
from tests.api.conftest import CITY, EAST, World
from tests.cases.logging import log_dispute, take
from tests.jobs.world import finished, waiting_check
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE

REPORT = "2024年，全市人民调解委员会共受理矛盾纠纷3件，调解成功1件，调解成功率50%。其中麦积区2件、秦州区2件。"


@pytest.fixture
def spring(world: World) -> World:
    """In 2024 two disputes in the east, one of them settled, and one in the west."""
    take(log_dispute(world.east, date(2024, 3, 1)), "agree", date(2024, 3, 12), agreement="oral", amount=0)
    log_dispute(world.east, date(2024, 3, 5))
    log_dispute(world.west, date(2024, 3, 20))
    while settle():
        pass
    return world


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def checked(owner: User) -> Job:
    """A check of a file that a worker has done."""
    compared = Compared(CITY, 2024)
    found = review_of_text(REPORT, compared.wish(scope_of(owner)), today=date(2024, 6, 1))
    parts = parts_of(found, b"", Lists("http://testserver/"), "报告.txt")
    job = waiting_check(owner, CITY, 2024)
    later = timezone.now() + timedelta(hours=1)
    return finished(job, result_file=store.seal([zipped(parts)]), result={"formats": ["marked.html"]}, expires_at=later)


def test_a_year_is_drafted_and_each_figure_leads_to_its_cases(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.supervisor)
    page.goto("/reports/")
    page.get_by_label("年度").select_option("2024")
    page.get_by_role("button", name="起草").click()
    picture(page, "draft")
    assert barriers(page) == []
    figure = page.locator("article a").first
    number = figure.inner_text()

    figure.click()

    expect(page.get_by_role("main")).to_contain_text(f"：{number}")


def test_a_draft_is_taken_away_as_a_file(spring: World) -> None:
    client = client_of(spring.supervisor)

    word = docx.Document(BytesIO(client.get("/reports/files/docx/?year=2024&span=year").getvalue()))
    plain = client.get("/reports/files/txt/?year=2024&span=m3").getvalue().decode()

    assert any("调解成功率100%" in paragraph.text for paragraph in word.paragraphs)
    assert "2024年3月" in plain
    assert client.get("/reports/files/pdf/?year=2024").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("year=2024&span=q1", "按地区的年度或月份起草"),
        ("year=2024&span=year&edition=first", "还没有结账的月份"),
        ("year=2024&known_on=2099-01-01", "晚于今天"),
    ],
)
def test_what_cannot_be_drafted_is_told(spring: World, query: str, said: str) -> None:
    client = client_of(spring.supervisor)

    assert said in text_of(client, f"/reports/?{query}")
    assert said in text_of(client, f"/reports/files/docx/?{query}")


def test_a_text_is_checked_and_marked_at_once(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.supervisor)
    page.set_viewport_size(PHONE)
    page.goto("/reports/check/")
    page.get_by_label("报告的文字").fill(REPORT)
    page.get_by_label("与其记录对照的区划").select_option(CITY)
    page.get_by_label("年度").fill("2024")

    page.get_by_role("button", name="核对").click()

    expect(page.locator("mark.checked-red").first).to_be_visible()
    picture(page, "checked-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    picture(page, "checked")
    page.get_by_role("link", name="案件清单").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("数字的明细")


def test_a_file_is_checked_by_a_worker_and_its_result_read_on_the_page(spring: World) -> None:
    client = client_of(spring.supervisor)
    form = {"file": SimpleUploadedFile("报告.txt", REPORT.encode()), "under": CITY, "year": "2024"}

    asked = client.post("/reports/check/", form)

    job = Job.objects.get()
    assert asked["Location"] == f"/reports/check/{job.pk}/"
    assert "排队中" in text_of(client, asked["Location"])
    assert client.get(f"/reports/check/{job.pk}/files/html/").status_code == 404
    client.post(f"/reports/check/{job.pk}/cancel/")
    assert Job.objects.get().cancel_asked


def test_the_result_of_a_file_leads_to_pages_and_is_taken_away_whole(spring: World) -> None:
    job, client = checked(spring.supervisor), client_of(spring.supervisor)

    page = text_of(client, f"/reports/check/{job.pk}/")
    whole = client.get(f"/reports/check/{job.pk}/files/html/").getvalue().decode()

    assert 'href="/statistics/behind/?' in page
    assert "/api/v1/" not in re.sub(r'<span class="checked-address">[^<]*</span>', "", page)
    assert "checked-red" in page
    assert whole.startswith("<!DOCTYPE html>")
    assert client.get(f"/reports/check/{job.pk}/files/docx/").status_code == 404


def test_checks_of_others_are_not_there(spring: World) -> None:
    job, other = checked(spring.supervisor), client_of(spring.statistician)

    for address in (f"/reports/check/{job.pk}/", f"/reports/check/{job.pk}/files/html/"):
        assert other.get(address).status_code == 404
    assert other.post(f"/reports/check/{job.pk}/cancel/").status_code == 404
    assert "报告.txt" not in text_of(other, "/reports/check/")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "二者选一"),
        ({"text": "共3件", "year": "2024"}, "须同时选择区划和年度"),
        ({"text": "共3件", "year": "1066"}, "年度"),
        ({"text": "共3件", "under": "110000000000", "year": "2024"}, "无权查看"),
    ],
)
def test_what_cannot_be_checked_is_told_and_what_was_typed_stays(
    spring: World, form: dict[str, str], said: str
) -> None:
    answer = client_of(spring.supervisor).post("/reports/check/", form)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert form.get("text", "") in answer.content.decode()


def test_the_place_of_an_office_alone_is_no_place_for_a_report(spring: World) -> None:
    assert "请选择区划" in text_of(client_of(spring.clerk_east), "/reports/?year=2024")
    assert client_of(spring.clerk_east).get(f"/reports/?year=2024&under={EAST}").status_code == 404
