"""The clocks as a board and as a calendar: by light, by day, and never those of others."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.models import Case, Deadline
from tests.api.conftest import World
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of, dispute
from tests.web.conftest import PHONE


@pytest.fixture
def disputes(world: World) -> list[Case]:
    """In the east one overdue and one fresh dispute, and one in the west."""
    return [dispute(world.east, 200), dispute(world.east), dispute(world.west)]


def last_day_of(case: Case) -> date:
    return Deadline.objects.running().get(case=case).act_by


def test_a_clerk_sees_the_board_by_light(page_of: Callable[[User], Page], world: World, disputes: list[Case]) -> None:
    late, fresh, _ = disputes
    page = page_of(world.clerk_east)

    page.goto("/deadlines/")
    picture(page, "deadlines-board")

    expect(page.get_by_role("region", name="超期 1")).to_contain_text(late.number)
    expect(page.get_by_role("region", name="绿灯 1")).to_contain_text(fresh.number)
    assert barriers(page) == []

    page.get_by_text("筛选", exact=True).first.click()
    page.get_by_role("checkbox", name="超期").check()
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("main")).to_contain_text(late.number)
    expect(page.get_by_role("main")).not_to_contain_text(fresh.number)


def test_the_calendar_is_read_on_a_phone(page_of: Callable[[User], Page], world: World, disputes: list[Case]) -> None:
    due = last_day_of(disputes[1])
    for days_ago in range(1, 8):  # one of them ends on a day of rest
        dispute(world.east, days_ago)
    page = page_of(world.clerk_east)

    page.goto(f"/deadlines/calendar/?month={due:%Y-%m}")
    picture(page, "deadlines-calendar")
    page.set_viewport_size(PHONE)
    picture(page, "deadlines-calendar-phone")

    expect(page.get_by_role("main")).to_contain_text(disputes[1].number)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.goto("/deadlines/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_days_of_rest_and_working_weekends_are_marked(world: World) -> None:
    shown = client_of(world.clerk_east).get("/deadlines/calendar/?month=2024-10").content.decode()

    assert 'title="国庆节' in shown
    assert shown.count(">班<") == 1  # 12 October; the other was in September


def test_what_lies_outside_the_scope_is_on_no_board(world: World, disputes: list[Case]) -> None:
    late, fresh, west = disputes
    east, outsider = client_of(world.clerk_east), client_of(world.outsider)
    month = f"{last_day_of(west):%Y-%m}"

    for address in ("/deadlines/", "/deadlines/?light=green", f"/deadlines/calendar/?month={month}"):
        assert west.number not in east.get(address).content.decode()
        assert fresh.number in east.get(address).content.decode()
        assert fresh.number not in outsider.get(address).content.decode()


def test_pages_follow_one_another_without_gap_or_repetition(world: World) -> None:
    for _ in range(51):
        dispute(world.east)
    client = client_of(world.clerk_east)

    first = client.get("/deadlines/?light=green").context
    second = client.get(first["next"]).context
    back = client.get(second["previous"]).context

    seen = [clock.pk for clock in (*first["page"].rows, *second["page"].rows)]
    assert (len(first["page"].rows), len(second["page"].rows)) == (50, 1)
    assert (first["previous"], second["next"], back["previous"]) == (None, None, None)
    assert back["page"].rows == first["page"].rows
    assert len(set(seen)) == 51
    board = client.get("/deadlines/")
    assert [(column.number, column.more) for column in board.context["columns"]][-1] == (51, True)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/deadlines/?kind=nonsense", 200),
        ("/deadlines/?organisation=5", 200),
        ("/deadlines/?organization=99999999999999999999&ordering=", 200),
        ("/deadlines/?under=xyz&act_from=2024-13-40", 200),
        ("/deadlines/?light=red&cursor=nonsense", 200),
        ("/deadlines/?light=overdue&cursor=2024-01-01.9", 200),
        ("/deadlines/?under=620503%00", 200),
        ("/deadlines/calendar/?month=2024-13", 400),
        ("/deadlines/calendar/?month=1600-01", 400),
    ],
)
def test_what_nobody_can_mean_is_told(world: World, disputes: list[Case], address: str, status: int) -> None:
    answer = client_of(world.clerk_east).get(address)

    assert answer.status_code == status
    assert disputes[0].number not in answer.content.decode()


def test_a_list_may_be_turned_round_and_its_cursor_is_for_it_alone(
    world: World, disputes: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.deadlines.SIZE", 1)
    late, fresh, _ = disputes
    client = client_of(world.clerk_east)

    turned = client.get("/deadlines/?light=overdue&light=green&ordering=-act_by").context
    cursor = turned["next"].rpartition("cursor=")[2]
    elsewhere = client.get(f"/deadlines/?light=overdue&light=green&cursor={cursor}").content.decode()

    assert [clock.case for clock in turned["page"].rows] == [fresh]
    assert [clock.case for clock in client.get(turned["next"]).context["page"].rows] == [late]
    assert "cursor 无效或属于另一个列表" in elsewhere
    assert late.number not in elsewhere


def test_a_board_costs_few_questions(
    world: World, disputes: list[Case], django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = client_of(world.clerk_east)

    for address, most in (("/deadlines/", 13), ("/deadlines/calendar/", 6)):
        with django_assert_max_num_queries(most):
            client.get(address)
