"""The first page: each role finds its own work there, and nothing that is not its own."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case
from casetrack.lib.months import add_months, month_of
from casetrack.organizations.models import Organization, OrganizationKind, Role
from casetrack.stats.rollup import settle
from tests.api.conftest import CITY, EAST, World, member
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of, dispute, opened, petition
from tests.web.conftest import PHONE


def office(name: str, kind: OrganizationKind) -> Organization:
    return Organization.objects.create(region_id=EAST, county_id=EAST, name=name, kind=kind)


def days_since(day: date) -> int:
    return (localdate() - day).days


@pytest.fixture
def months(world: World) -> date:
    """In the last month two disputes in the east and one in the west, one of all in the year before."""
    last = add_months(month_of(localdate()), -1)
    for place in (world.east, world.east, world.west):
        dispute(place, days_since(last))
    dispute(world.east, days_since(add_months(last, -12)))
    while settle():
        pass
    return last


def test_a_clerk_finds_cases_by_light_and_what_is_due(page_of: Callable[[User], Page], world: World) -> None:
    late, soon, other = dispute(world.east, 200), dispute(world.east, 27), dispute(world.west, 200)
    page = page_of(world.clerk_east)

    page.goto("/")
    picture(page, "start-clerk")

    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="超期 1")).to_have_attribute("href", "/cases/?light=overdue")
    expect(main.get_by_role("link", name=soon.number)).to_have_attribute("href", f"/cases/{soon.pk}/")
    for hidden in (late.number, other.number, "信访事项", "同比"):
        expect(main).not_to_contain_text(hidden)
    assert barriers(page) == []
    main.get_by_role("link", name="超期 1").click()
    expect(page.get_by_role("main")).to_contain_text(late.number)


def test_a_petition_office_finds_what_nobody_accepted_and_what_came_back(
    page_of: Callable[[User], Page], world: World
) -> None:
    bureau = office("麦积区信访局", OrganizationKind.PETITION_OFFICE)
    body = office("麦积区司法局", OrganizationKind.JUSTICE_BUREAU)
    waiting = petition(body, 2, intake="direct")
    today = localdate()
    sent = petition(
        bureau,
        3,
        StepDraft("forward", today, {"responsible": "区住建局"}),
        StepDraft("object", today, {"objection": "不属本单位职责"}),
        StepDraft("return", today),
        intake="petition_office",
    )
    page = page_of(member("petitions", Role.HANDLER, region_id=EAST, kinds=["petition"]))
    page.set_viewport_size(PHONE)

    page.goto("/")
    picture(page, "start-petitions-phone")

    part = page.get_by_role("region", name="信访事项")
    expect(part).to_contain_text(waiting.number)
    expect(part.get_by_role("listitem").filter(has_text="已收回")).to_contain_text(sent.number)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_reviewer_finds_stages_and_clocks(page_of: Callable[[User], Page], world: World) -> None:
    bureau = office("麦积区司法局", OrganizationKind.RECONSIDERATION_OFFICE)
    case = opened("reconsideration", bureau, StepDraft("receive", localdate(), {}), role="applicant")
    page = page_of(member("reviewer", Role.HANDLER, organization=bureau))

    page.goto("/")
    picture(page, "start-reviewer")

    part = page.get_by_role("region", name="办理阶段")
    expect(part.get_by_role("link", name="已收到申请 1")).to_be_visible()
    expect(part).to_contain_text(case.number)
    assert barriers(page) == []


def test_a_bureau_finds_the_month_with_the_year_before(
    page_of: Callable[[User], Page], world: World, months: date
) -> None:
    page = page_of(world.supervisor)

    page.goto("/")
    picture(page, "start-bureau")

    mediation = page.get_by_role("row", name="人民调解")
    assert mediation.get_by_role("cell").all_inner_texts() == ["3", "+200.0%", "0", "—", "4"]
    east = page.get_by_role("row", name="麦积区")
    assert east.get_by_role("cell").all_inner_texts()[1:4] == ["2", "+100.0%", "0"]
    expect(page.get_by_role("main")).to_contain_text("月报未确认 2")
    expect(page.get_by_role("main")).not_to_contain_text("我的在办案件")
    assert barriers(page) == []
    page.set_viewport_size(PHONE)
    picture(page, "start-bureau-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_who_has_several_roles_sees_all_their_parts(world: World) -> None:
    both = member("both", Role.CLERK, organization=world.east)
    both.memberships.create(role=Role.SUPERVISOR, organization=world.east)

    shown = client_of(both).get("/").content.decode()

    assert shown.index("我的在办案件") < shown.index("麦积区道北街道人民调解委员会")


def test_nothing_of_others_is_on_any_first_page(world: World, months: date) -> None:
    mine, accusation = dispute(world.east, 200), an_accusation(world)
    nobody = User.objects.create_user("nobody")

    assert mine.number in client_of(world.supervisor).get("/").content.decode()
    assert accusation.number not in client_of(world.supervisor).get("/").content.decode()
    for stranger in (world.outsider, world.clerk_west, nobody):
        shown = client_of(stranger).get("/").content.decode()
        assert mine.number not in shown
        assert "麦积区" not in shown
    assert "请联系管理员" in client_of(nobody).get("/").content.decode()
    assert Client().get("/").status_code == 302


def an_accusation(world: World) -> Case:
    bureau = office("麦积区信访局", OrganizationKind.PETITION_OFFICE)
    return petition(bureau, 300, purpose="accusation", intake="direct")


@pytest.mark.parametrize("month", ["2024-13", "9999-01", "0001-01", "nonsense", "2024-06"])
def test_any_month_in_the_address_gives_a_page(world: World, month: str) -> None:
    assert client_of(world.supervisor).get(f"/?month={month}").status_code == 200


def test_first_pages_cost_few_questions(
    world: World,
    months: date,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    everywhere = member("everywhere", Role.SUPERVISOR, region_id=CITY)
    for user, most in ((world.clerk_east, 10), (everywhere, 23)):
        client = client_of(user)
        with django_assert_max_num_queries(most):
            client.get("/")
