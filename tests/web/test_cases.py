"""The list of cases and one case, in a browser: found, opened, read, and a party shown for a purpose."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.models import Case
from casetrack.cases.operations import correct
from tests.api.conftest import NOW, World, log_dispute
from tests.web.browsing import barriers, picture
from tests.web.conftest import PHONE


@pytest.fixture
def disputes(world: World) -> list[Case]:
    """Three in the east, received on three days in March 2024; the acceptance of the first was put right."""
    found = [log_dispute(world.east, date(2024, 3, day)) for day in (1, 2, 3)]
    accepted = found[0].events.get(step="accept")
    correct(event_id=accepted.pk, on=date(2024, 3, 5), facts={}, reason="日期录错", actor=world.clerk_east, now=NOW)
    return found


def test_a_clerk_narrows_the_list_and_opens_a_case_by_keys(
    page_of: Callable[[User], Page], world: World, disputes: list[Case]
) -> None:
    page = page_of(world.clerk_east)
    page.goto("/cases/")
    expect(page.get_by_role("row")).to_have_count(4)
    picture(page, "cases")
    assert barriers(page) == []

    page.get_by_label("收到，自").fill("2024-03-02")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("row")).to_have_count(3)
    assert page.url.endswith("/cases/?received_from=2024-03-02")

    page.get_by_role("link", name="共多少件？").click()
    expect(page.get_by_text("共2件")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text(disputes[1].number)).to_be_visible()


def test_a_case_is_read_and_a_party_shown_for_a_purpose(
    page_of: Callable[[User], Page], world: World, disputes: list[Case]
) -> None:
    page = page_of(world.clerk_east)
    page.goto(f"/cases/{disputes[0].pk}/")
    expect(page.get_by_role("heading", name="张*、李* 邻里纠纷")).to_be_visible()
    expect(page.get_by_text("更正理由：日期录错")).to_be_visible()
    expect(page.get_by_text("宅前排水沟走向")).to_be_visible()
    counted = page.get_by_text("人民调解工作若干规定").first
    expect(counted).not_to_be_visible()
    page.emulate_media(media="print")
    expect(counted).to_be_visible()
    expect(page.get_by_role("navigation", name="下一步")).not_to_be_visible()
    picture(page, "case-print")
    page.emulate_media(media="screen")
    page.get_by_text("怎样算出").first.click()
    picture(page, "case")
    assert barriers(page) == []

    applicant = page.locator(".party").first
    applicant.get_by_text("查看完整信息").click()
    applicant.get_by_label("查看的目的").fill("电话通知调解时间")
    applicant.get_by_role("button", name="查看").click()

    expect(page.get_by_text("13812341234")).to_be_visible()
    assert page.url.endswith(f"/cases/{disputes[0].pk}/")
    entry = AuditEntry.objects.get(action="read_personal")
    assert (entry.actor, entry.purpose, entry.case_id) == (world.clerk_east, "电话通知调解时间", disputes[0].pk)


def test_cases_are_chosen_by_keys_and_dealt_with_together(
    page_of: Callable[[User], Page], world: World, disputes: list[Case]
) -> None:
    page = page_of(world.clerk_east)
    page.goto("/cases/")
    for key in "jxjx":
        page.keyboard.press(key)
    page.get_by_role("button", name="对勾选的案件一并办理").click()
    page.get_by_label("步骤").select_option(label="撤回")
    page.get_by_label("日期").fill("2024-03-20")
    picture(page, "together")
    assert barriers(page) == []

    page.get_by_role("button", name="登记到以下2件").click()

    expect(page.get_by_text("已登记2件")).to_be_visible()
    assert barriers(page) == []
    assert Case.objects.filter(state="withdrawn").count() == 2


def test_list_and_case_fit_a_telephone(page_of: Callable[[User], Page], world: World, disputes: list[Case]) -> None:
    page = page_of(world.clerk_east)
    page.set_viewport_size(PHONE)
    for address, name in (("/cases/", "cases-phone"), (f"/cases/{disputes[0].pk}/", "case-phone")):
        page.goto(address)
        picture(page, name)

        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert barriers(page) == []
