"""The load of a working day: what it is derived from, how it is measured, and that all it asks for is answered."""

import time
from datetime import date
from io import StringIO
from math import inf, nan
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate, now
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casetrack.organizations.models import Organization
from tests.cases.conftest import clerk, committee, county, petition_office, village
from workers.load.acts import WEIGHTS, Desk, LogInRefused
from workers.load.crowd import work
from workers.load.ground import account
from workers.load.measuring import Measured
from workers.load.profiles import COUNTY, PROVINCE, Profile, Role
from workers.load.trial import desk_of

__all__ = ["clerk", "committee", "county", "petition_office", "village"]


def test_a_profile_says_how_many_requests_its_people_make() -> None:
    assert COUNTY.a_day == 240 * 5 + 25 * 150 + 10 * 60 == 5550
    assert round(COUNTY.a_second, 2) == 0.31
    assert PROVINCE.a_day == 86 * 5550 + 14 * 30 * 60 == 502_500
    assert round(PROVINCE.a_second, 1) == 27.9


def test_the_table_gives_all_together_first_and_then_the_slowest_class() -> None:
    measured = Measured()
    for number in range(1, 101):
        measured.add("快", number / 1000)
    measured.add("慢", 2.0, "500")

    rows = measured.rows()

    assert [row["class"] for row in rows] == ["合计", "慢", "快"]
    assert rows[2] == {"class": "快", "requests": 100, "p50": 50, "p95": 95, "p99": 99, "longest": 100}
    assert (rows[0]["requests"], rows[0]["p95"], rows[0]["longest"]) == (101, 96, 2000)
    assert measured.errors == {"慢：500": 1}


class Idler(Desk):
    """Asks for nothing, and needs a moment for it."""

    def act(self) -> None:
        time.sleep(0.01)
        self.measured.add("无", 0.01)


def idlers(number: int) -> list[Desk]:
    measured = Measured()
    return [Idler("", None, date(2026, 1, 1), measured, Random(1)) for _ in range(number)]  # type: ignore[arg-type]


def test_turns_come_by_the_clock_or_as_fast_as_answers() -> None:
    paced, fast = idlers(3), idlers(3)

    work(paced, a_second=20, seconds=1, at_once=3)
    work(fast, a_second=0, seconds=0.5, at_once=3)

    assert 15 <= paced[0].measured.requests() <= 21
    assert fast[0].measured.requests() > 40


@pytest.mark.django_db(transaction=True)
def test_everything_that_people_ask_for_in_a_day_is_answered(
    live_server: LiveServer, committee: Organization, settings: Settings
) -> None:
    here = Profile("here", committee.county_id, 0, COUNTY.people, 3)
    people = [account(here, role, committee, number, now()) for number, role in enumerate(Role)]
    for who in people:
        desk = desk_of(live_server.url, who)
        desk.log_in()
        for act in WEIGHTS[who.role]:
            act(desk)
            act(desk)
        assert desk.measured.errors == {}
        assert desk.measured.requests() >= 2 * (len(WEIGHTS[who.role]) - 1)

    stranger = desk_of(live_server.url, people[0])
    stranger.who = type(people[0])(
        **{name: getattr(people[0], name) for name in people[0].__slots__} | {"password": "x"}
    )
    with pytest.raises(LogInRefused, match="load-here-0 不能登录"):
        stranger.log_in()
    stranger.page("没有", "/nowhere/")
    assert list(stranger.measured.errors) == ["没有：404"]
    assert localdate() == desk.today


@pytest.mark.parametrize("given", [{"minutes": 0.0}, {"minutes": nan}, {"times": inf}, {"times": -1.0}, {"cases": 0}])
def test_what_cannot_be_measured_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(CommandError, match="须大于0"):
        call_command("load", profile="county", stdout=StringIO(), **given)


def test_a_place_for_the_results_that_is_none_is_refused_before_the_trial(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere”不存在"):
        call_command("load", profile="county", output=tmp_path / "nowhere" / "county.json")
