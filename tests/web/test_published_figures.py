"""Published figures as pages: opened to groups, places, and the cases that were counted then."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.stats.closing.closing import close
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, FAR, NOW, WEST, World
from tests.cases.logging import log_dispute
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of


@dataclass(frozen=True)
class Closed:
    """March of the city: two disputes of the east and one of the west; a fourth was logged once it was published."""

    world: World
    address: str
    counted: tuple[Case, Case, Case]
    later: Case

    def figure(self, query: str = "", measure: str = "received") -> str:
        return f"{self.address}mediation/{measure}/{query}"


@pytest.fixture
def closed(world: World) -> Closed:
    counted = (
        log_dispute(world.east, date(2024, 3, 5)),
        log_dispute(world.east, date(2024, 3, 6), category="marriage_family"),
        log_dispute(world.west, date(2024, 3, 7)),
    )
    everything_settled()
    edition = close(region=CITY, month=date(2024, 3, 1), actor=None, now=NOW, without_confirmations="尚未实行")
    later = log_dispute(world.east, date(2024, 3, 30))
    everything_settled()
    return Closed(world, f"/months/editions/{edition.pk}/", counted, later)


def everything_settled() -> None:
    while settle():
        pass


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())))


def test_a_published_figure_opens_to_the_cases_that_were_counted_then(
    page_of: Callable[[User], Page], closed: Closed
) -> None:
    page = page_of(closed.world.supervisor)
    page.goto(closed.address)
    page.get_by_role("link", name="收到3，查看明细").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("天水市：3")
    for case in closed.counted:
        expect(main).to_contain_text(case.number)
    expect(main).not_to_contain_text(closed.later.number)
    picture(page, "published-figure")
    assert barriers(page) == []
    page.get_by_role("link", name="麦积区2，查看明细").click()

    expect(main).to_contain_text("麦积区：2")
    expect(main.get_by_role("row").filter(has_text=closed.counted[2].number)).to_have_count(0)


def test_a_group_of_a_published_figure_opens_to_its_cases(closed: Closed) -> None:
    client = client_of(closed.world.supervisor)
    whole = client.get(closed.figure()).content.decode()

    assert "category=marriage_family" in whole
    group = text_of(client, closed.figure("?category=marriage_family"))

    assert re.search(r"天水市 ?，婚姻家庭纠纷 ?：1", group)
    assert closed.counted[1].number in group
    assert closed.counted[0].number not in group


def test_a_published_rate_shows_both_of_its_parts(closed: Closed) -> None:
    page = text_of(client_of(closed.world.supervisor), closed.figure(measure="closure_rate"))

    assert re.search(r"天水市：0\.0+% 0／3", page), page
    assert "分子" in page


def test_an_edition_shows_the_places_that_it_holds(closed: Closed) -> None:
    client = client_of(closed.world.supervisor)

    west = text_of(client, f"{closed.address}?region={WEST}")

    assert "秦州区" in west
    assert f"?region={WEST}" in client.get(f"{closed.address}?region={WEST}").content.decode()
    assert client.get(f"{closed.address}?region={FAR}").status_code == 404
    assert client.get(f"{closed.address}?region={EAST}&organization={closed.world.east.pk}").status_code == 404


def test_an_edition_of_a_county_opens_to_its_offices(closed: Closed) -> None:
    client = client_of(closed.world.supervisor)
    form = {"under": EAST, "month": "2024-03", "without_confirmations": "尚未实行"}
    county = client.post("/months/close/", form)["Location"]
    office = closed.world.east

    shown = client.get(county).content.decode()
    of_office = text_of(client, f"{county}mediation/received/?region={EAST}&organization={office.pk}")

    assert f"?region={EAST}&amp;organization={office.pk}" in shown
    assert re.search(rf"{office.name} ?：3", of_office)
    assert closed.later.number in of_office, "it was known when the county closed"


@pytest.mark.parametrize(
    "query",
    [
        "?category=nothing",
        "?colour=red",
        "?region=abc",
        f"?region={FAR}",
        "?organization=99999999",
        "?after=-1",
        "?category=neighbour&channel=letter",
    ],
)
def test_what_an_edition_does_not_hold_is_refused_in_words(closed: Closed, query: str) -> None:
    answer = client_of(closed.world.supervisor).get(closed.figure(query))

    assert answer.status_code == 400
    assert 'class="alert alert-warning"' in answer.content.decode()


def test_published_figures_of_others_and_unknown_ones_are_not_there(closed: Closed) -> None:
    outsider, clerk = client_of(closed.world.outsider), client_of(closed.world.clerk_east)

    assert outsider.get(closed.figure()).status_code == 404
    assert clerk.get(closed.figure()).status_code == 404, "it is the city's, with all below it"
    assert client_of(closed.world.supervisor).get(closed.figure(measure="nothing")).status_code == 404
