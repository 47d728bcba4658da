"""Figures as pages: each opens to what lies behind it, and that adds up to it."""

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
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, FAR, World
from tests.cases.logging import log_dispute, take
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE
from web.statistics.spans import Span

MARCH = "year=2024&span=m3"


@pytest.fixture
def spring(world: World) -> World:
    """In March 2024 two disputes in the east, one of them settled, one in the west; a year before, one in the east."""
    log_dispute(world.east, date(2023, 3, 9))
    settled = log_dispute(world.east, date(2024, 3, 1))
    take(settled, "agree", date(2024, 3, 12), agreement="oral", amount=1_234_500)
    log_dispute(world.east, date(2024, 3, 5))
    log_dispute(world.west, date(2024, 3, 20))
    while settle():
        pass
    return world


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def test_a_bureau_goes_from_the_month_down_to_the_cases(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.supervisor)
    page.goto(f"/statistics/?{MARCH}")
    picture(page, "statistics")
    assert barriers(page) == []
    page.get_by_role("navigation", name="统计主题").get_by_role("link", name="人民调解").click()
    picture(page, "statistics-mediation")
    assert barriers(page) == []
    received = page.get_by_role("row", name=re.compile("^收到 "))
    expect(received).to_contain_text("+2（+200.0%）")

    page.get_by_role("link", name="收到", exact=True).click()

    expect(page.locator("#trend canvas")).to_be_visible()
    picture(page, "statistics-figure")
    assert barriers(page) == []
    page.get_by_role("link", name="麦积区2，查看明细").click()
    expect(page.get_by_role("main")).to_contain_text("麦积区 人民调解“收到”：2件")
    assert page.get_by_role("row").count() == 3
    picture(page, "statistics-behind")
    assert barriers(page) == []


def test_figures_are_read_on_a_telephone_and_in_the_dark(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.supervisor)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    for address, name in (
        (f"/statistics/?{MARCH}&subject=mediation", "statistics-phone"),
        (f"/statistics/mediation/closed/?{MARCH}", "statistics-figure-phone"),
        ("/indicators/mediation/closure_rate/", "indicator-phone"),
    ):
        page.goto(address)
        picture(page, name)

        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert barriers(page) == []


def test_a_figure_is_read_beside_the_same_days_of_earlier_years(page_of: Callable[[User], Page], spring: World) -> None:
    page = page_of(spring.supervisor)
    page.set_viewport_size(PHONE)
    page.goto(f"/statistics/mediation/received/?{MARCH}")
    page.get_by_role("link", name="历年同期").click()

    rows = page.get_by_role("row")
    expect(rows).to_have_count(3)  # the heads, 2024, 2023: there was nothing before
    expect(rows.nth(1)).to_contain_text("2024-03-01至2024-03-31")
    expect(rows.nth(1)).to_contain_text("+2（+200.0%）")
    expect(page.locator("#trend canvas")).to_be_visible()
    picture(page, "statistics-years-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []
    page.get_by_role("link", name="2023年", exact=True).click()

    expect(page.get_by_role("main")).to_contain_text("天水市 2023年3月")


def test_every_figure_of_a_page_is_what_its_list_adds_up_to(spring: World) -> None:
    client = client_of(spring.supervisor)
    page = client.get(f"/statistics/?{MARCH}&subject=mediation").content.decode()
    links = set(re.findall(r'href="(/statistics/behind/[^"]+)" aria-label="([^"]+?)(\d+(?:\.\d+)?)，查看明细"', page))

    assert len(links) > 8
    for address, label, number in links:
        listed = text_of(client, unescape(address))
        counted = sum(float(each.replace(",", "")) for each in re.findall(r'data-label="计">([\d,.]+)', listed))
        if "金额" in label:  # the list says yuan, the page 万元 with two decimals
            counted = round(counted / 10_000, 2)
        assert counted == float(number), label


def test_a_place_is_read_from_the_region_and_from_the_office_of_its_reader(spring: World) -> None:
    of_city = text_of(client_of(spring.statistician), f"/statistics/?{MARCH}")
    of_office = text_of(client_of(spring.clerk_east), f"/statistics/mediation/received/?{MARCH}")

    assert "天水市 2024年3月" in of_city
    assert f"{spring.east.name} 2024年3月" in of_office
    assert "下级地区" not in of_office


@pytest.mark.parametrize(
    "address",
    [
        "/statistics/?under={west}",
        "/statistics/mediation/received/?under={city}",
        "/statistics/mediation/received/years/?under={city}",
        "/statistics/behind/?subject=mediation&measure=received&region={city}&from=2024-03-01&to=2024-03-31",
        "/statistics/file/?subject=mediation&under={city}",
        "/statistics/tables/mediation_cases/?under={city}",
        "/statistics/?organization={office}",
        "/statistics/nothing/received/",
        "/statistics/mediation/nothing/",
        "/indicators/mediation/nothing/",
        "/statistics/tables/nothing/",
    ],
)
def test_what_lies_outside_is_not_there(spring: World, address: str) -> None:
    asked = address.format(west=FAR, city=CITY, office=spring.west.pk)

    assert client_of(spring.clerk_east).get(asked).status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2024-13-01&to=2024-03-31", "不是日期"),
        ("from=2024-03-31&to=2024-03-01", "早于开始日"),
        ("from=2024-03-01", "须同时填写"),
        ("known_on=2099-01-01", "晚于今天"),
        ("as_of=2020-01-01&year=2024", "早于"),
        ("from=2098-01-01&to=2098-12-31", "尚未开始"),
    ],
)
def test_what_cannot_be_meant_is_told(spring: World, query: str, said: str) -> None:
    client = client_of(spring.supervisor)

    for path in ("/statistics/", "/statistics/mediation/received/"):
        assert said in text_of(client, f"{path}?{query}")
    assert client.get(f"/statistics/file/?subject=mediation&{query}").status_code == 302


def test_what_was_known_once_is_told_again(spring: World) -> None:
    client = client_of(spring.supervisor)

    before = text_of(client, f"/statistics/mediation/received/?{MARCH}&known_on=2024-01-31")
    after = text_of(client, f"/statistics/mediation/received/?{MARCH}")

    assert "收到3，查看明细" in after
    assert "2024-01-31终了前已录入的记录" in before
    assert "收到3，查看明细" not in before


def test_a_page_of_figures_is_taken_away_as_a_workbook_and_as_the_official_table(spring: World) -> None:
    client = client_of(spring.supervisor)

    own = load_workbook(BytesIO(client.get(f"/statistics/file/?{MARCH}&subject=mediation").getvalue()))
    table = load_workbook(BytesIO(client.get(f"/statistics/tables/mediation_cases/?{MARCH}").getvalue()))

    rows = {row[0]: row[1:4] for row in own["人民调解"].iter_rows(values_only=True)}
    assert rows["收到"] == ("3", "件", None)
    assert table.sheetnames == ["人民调解案件情况", "说明"]


def test_all_indicators_are_explained(spring: World) -> None:
    client = client_of(spring.clerk_east)

    listed = text_of(client, "/indicators/")
    rate = text_of(client, "/indicators/mediation/closure_rate/")

    assert listed.count('href="/indicators/') == 273
    for said in ("分子", "分母", "截至截止日", "四舍五入，保留"):
        assert said in rate


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [("m1", "2023年12月", "2024年2月"), ("q4", "2024年第3季度", "2025年第1季度"), ("year", "2023年", "2025年")],
)
def test_periods_follow_one_another(span: str, before: str, after: str) -> None:
    here = Span(2024, span)

    assert (here.beside(-1).label, here.beside(1).label) == (before, after)
    assert here.beside(-1).period.end < here.period.start


def test_an_unfolded_figure_of_the_east_names_its_office(spring: World) -> None:
    page = text_of(client_of(spring.supervisor), f"/statistics/mediation/received/?{MARCH}&under={EAST}")

    assert f"{spring.east.name}</a>" in page
    assert "100.0%" in page
