"""Months as pages: an office confirms, the bureau asks and sends back, closes, and sees what has changed since."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.stats.closing.models import Edition, MonthReport
from casetrack.stats.rollup import settle
from tests.api.conftest import EAST, World
from tests.cases.logging import log_dispute
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE


@pytest.fixture
def spring(world: World) -> World:
    log_dispute(world.east, date(2024, 3, 5))
    everything_settled()
    return world


def everything_settled() -> None:
    while settle():
        pass


def text_of(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def about(office: int, act: str, **more: str) -> dict[str, object]:
    return {"organization": office, "month": "2024-03", "act": act, **more}


def test_an_office_confirms_its_month_on_a_telephone(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.clerk_east)
    page.set_viewport_size(PHONE)
    page.goto("/months/?month=2024-03")
    expect(page.get_by_role("main")).to_contain_text("人民调解收到1、办结0、未办结1")

    page.get_by_role("button", name="确认以上数字").click()

    expect(page.get_by_role("main")).to_contain_text("绿灯 已确认")
    picture(page, "months-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []
    assert MonthReport.objects.get().act == "confirmed"


def test_the_bureau_asks_closes_and_sees_what_changed_since(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.supervisor)
    page.goto("/months/?month=2024-03")
    picture(page, "months")
    assert barriers(page) == []
    page.get_by_role("row", name=re.compile("麦积区道北街道")).get_by_role("button", name="催报").click()
    expect(page.get_by_role("main")).to_contain_text("已催报1次")
    page.get_by_text("结账", exact=True).first.click()
    page.get_by_label("有机构未确认仍要结账的，说明理由").fill("尚未实行月报确认")

    page.get_by_role("button", name="结账").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("天水市 2024年3月 第1版")
    picture(page, "edition")
    assert barriers(page) == []
    log_dispute(spring.east, date(2024, 3, 30))
    everything_settled()
    page.get_by_role("link", name="公布之后的变动").click()
    expect(page.get_by_role("main")).to_contain_text("人民调解 收到：公布 1，现为 2")
    picture(page, "restatement")
    assert barriers(page) == []


def test_what_stands_in_the_way_of_closing_is_told_and_nothing_is_published(spring: World) -> None:
    client = client_of(spring.supervisor)

    told = client.post("/months/close/", {"under": EAST, "month": "2024-03"}, follow=True).content.decode()

    assert "没有结账" in told
    assert "尚未确认" in told
    assert not Edition.objects.exists()


def test_a_month_closed_by_a_double_click_has_one_edition_and_is_restated_with_a_reason(spring: World) -> None:
    client = client_of(spring.supervisor)
    form = {"under": EAST, "month": "2024-03", "without_confirmations": "尚未实行"}
    token = "0b7a2f5e-5d3c-4b43-9a53-1f2f0f0a0001"

    first = client.post("/months/close/", {**form, "token": token})
    again = client.post("/months/close/", {**form, "token": token})
    without_reason = client.post("/months/close/", form, follow=True).content.decode()
    restated = client.post("/months/close/", {**form, "reason": "补录一件"})

    assert first["Location"] == again["Location"]
    assert "须说明理由" in without_reason
    editions = list(Edition.objects.order_by("number").values_list("number", "reason"))
    assert editions == [(1, ""), (2, "补录一件")]
    page = text_of(client, first["Location"])
    assert "此后已结出新的一版" in page
    assert restated["Location"] in page


def test_an_official_table_of_an_edition_holds_what_was_published(spring: World) -> None:
    client = client_of(spring.supervisor)
    form = {"under": EAST, "month": "2024-03", "without_confirmations": "尚未实行"}
    edition = client.post("/months/close/", form)["Location"]
    log_dispute(spring.east, date(2024, 3, 30))
    everything_settled()

    book = load_workbook(BytesIO(client.get(f"{edition}tables/petitions/").getvalue()))

    told = [row[1] for row in book["说明"].iter_rows(values_only=True) if row[0] == "版次"]
    assert "本表为该版公布的数字" in str(told)
    assert client.get(f"{edition}tables/monthly_summary/").status_code == 404


def test_zero_reports_returns_and_refusals(spring: World) -> None:
    office, bureau = client_of(spring.clerk_west), client_of(spring.supervisor)

    early = bureau.post("/months/report/", about(spring.west.pk, "returned", reason="数字有疑问"), follow=True)
    wrong = office.post("/months/report/", about(spring.west.pk, "confirmed"), follow=True)
    office.post("/months/report/", about(spring.west.pk, "confirmed", zero="1"))
    bureau.post("/months/report/", about(spring.west.pk, "returned", reason="漏报一件"))

    assert "尚未确认，无可退回" in early.content.decode()
    assert "请明确作零报告" in wrong.content.decode()
    assert [report.act for report in MonthReport.objects.order_by("id")] == ["confirmed", "returned"]
    assert "漏报一件" in text_of(office, "/months/?month=2024-03")


def test_nobody_acts_on_the_months_of_others(spring: World) -> None:
    own, foreign = client_of(spring.clerk_east), client_of(spring.outsider)
    form = {"under": EAST, "month": "2024-03"}

    assert own.post("/months/report/", about(spring.west.pk, "confirmed", zero="1")).status_code == 404
    assert own.post("/months/report/", about(spring.east.pk, "reminded")).status_code == 403
    assert own.post("/months/close/", form).status_code == 404
    assert client_of(spring.statistician).post("/months/close/", form).status_code == 403
    assert foreign.post("/months/close/", form).status_code == 404
    assert foreign.get(f"/months/?under={EAST}").status_code == 404
    assert not MonthReport.objects.exists()


def test_an_edition_of_others_is_not_there(spring: World) -> None:
    form = {"under": EAST, "month": "2024-03", "without_confirmations": "尚未实行"}
    edition = client_of(spring.supervisor).post("/months/close/", form)["Location"]
    outsider = client_of(spring.outsider)

    for address in (edition, f"{edition}restatement/", f"{edition}tables/petitions/"):
        assert outsider.get(address).status_code == 404


@pytest.mark.parametrize("query", ["month=2024-13", "month=9999-01", "under=abc&month=2024-03", "cursor=x", "state=x"])
def test_what_nobody_can_mean_breaks_nothing(spring: World, query: str) -> None:
    assert client_of(spring.supervisor).get(f"/months/?{query}").status_code in (200, 404)
