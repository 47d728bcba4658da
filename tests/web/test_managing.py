"""Administration as pages: accounts, registers, calendars and rules for administrators, the audit log for auditors."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page, expect

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.offices import change_office
from casetrack.organizations.models import Membership, Organization, Role
from tests.api.conftest import CITY, EAST, FAR, NOW, World, member
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of
from tests.web.conftest import PHONE

DOORS = ("/manage/", "/manage/users/", "/manage/organizations/", "/manage/calendars/", "/manage/rules/")


@pytest.fixture
def boss(world: World, settings: LazySettings) -> User:
    settings.SECOND_FACTOR_ROLES = []
    return member("boss", Role.ADMINISTRATOR, region_id=CITY)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def test_an_administrator_opens_an_account_whose_password_is_shown_once(
    page_of: Callable[[User], Page], world: World, boss: User
) -> None:
    page = page_of(boss)
    page.goto("/manage/users/new/")
    page.get_by_label("用户名").fill("li-hua")
    page.get_by_label("姓名或系统名称").fill("李华")
    page.get_by_label("角色").select_option("handler")
    page.get_by_label("地区").press_sequentially("麦积")
    suggested = page.locator("datalist option[value='麦积区（620503000000）']")
    expect(suggested).to_have_text("甘肃省天水市麦积区")
    page.get_by_label("地区").fill("麦积区（620503000000）")
    page.get_by_label("人民调解").check()
    assert barriers(page) == []
    picture(page, "manage-user-new")

    page.get_by_role("button", name="保存").click()

    made = User.objects.get(username="li-hua")
    post = made.memberships.get()
    password = page.locator("code").inner_text()
    assert (post.role, post.region_id, post.kinds, post.cleared) == ("handler", EAST, ["mediation"], False)
    assert made.check_password(password)
    picture(page, "manage-user-opened")
    page.goto(f"/manage/users/{made.pk}/")
    expect(page.get_by_role("main")).not_to_contain_text(password)
    page.get_by_text("变更或撤销").click()
    page.get_by_text("授予任职").click()
    page.set_viewport_size(PHONE)
    picture(page, "manage-user-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert barriers(page) == []


def test_every_page_of_administration_can_be_read_by_everyone_and_on_a_telephone(
    page_of: Callable[[User], Page], world: World, boss: User
) -> None:
    page = page_of(boss)
    for number, address in enumerate((*DOORS, f"/manage/organizations/{world.east.pk}/")):
        page.goto(address)
        picture(page, f"manage-{number}")
        assert barriers(page) == [], address
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, address
        page.set_viewport_size({"width": 1280, "height": 800})


def test_a_clerk_is_offered_no_administration_and_refused_where_they_try(world: World, boss: User) -> None:
    clerk, chief = client_of(world.clerk_east), client_of(world.supervisor)

    assert "/manage/" not in text_of(clerk, "/")
    assert {address: clerk.get(address).status_code for address in (*DOORS, "/manage/audit/")} == dict.fromkeys(
        (*DOORS, "/manage/audit/"), 403
    )
    assert clerk.post(f"/manage/users/{boss.pk}/", {"active": "false"}).status_code == 403
    assert "账号和权限" not in text_of(chief, "/manage/"), "a supervisor keeps registers, not accounts"
    assert chief.get("/manage/users/").status_code == 403


def test_what_lies_elsewhere_is_not_there(world: World, boss: User) -> None:
    far = client_of(world.outsider)
    post = world.clerk_east.memberships.get()
    one, office = f"/manage/users/{world.clerk_east.pk}/", f"/manage/organizations/{world.east.pk}/"

    assert "clerk-east" not in text_of(far, "/manage/users/")
    assert "道北街道" not in text_of(far, "/manage/organizations/")
    assert [far.get(address).status_code for address in (one, office)] == [404, 404]
    tries = (one, office, f"{one}unlock/", f"{one}memberships/", f"{one}memberships/{post.pk}/")
    assert [far.post(address, {"take_back": "1"}).status_code for address in tries] == [404] * 5


def test_nobody_gives_more_than_they_have_nor_anything_to_themselves(world: World, boss: User) -> None:
    client, one = client_of(boss), f"/manage/users/{world.clerk_east.pk}/"
    further = {"role": "clerk", "region": FAR}

    beyond = client.post(f"{one}memberships/", further)
    cleared = client.post(f"{one}memberships/", {"role": "clerk", "region": EAST, "cleared": "on"})
    to_self = client.post(f"/manage/users/{boss.pk}/memberships/", {"role": "auditor", "region": CITY})
    nowhere = client.post(f"{one}memberships/", {"role": "clerk"})

    assert [beyond.status_code, cleared.status_code, to_self.status_code, nowhere.status_code] == [409, 409, 409, 400]
    assert FAR in beyond.content.decode(), "what was typed is kept"
    assert Membership.objects.filter(user__in=[world.clerk_east, boss]).count() == 2


def test_a_role_is_changed_and_taken_back_and_an_account_closed(world: World, boss: User) -> None:
    client, one = client_of(boss), f"/manage/users/{world.clerk_east.pk}/"
    first = world.clerk_east.memberships.get()
    client.post(f"{one}memberships/", {"role": "statistician", "region": EAST})
    second = world.clerk_east.memberships.get(role="statistician")

    client.post(f"{one}memberships/{second.pk}/", {f"m{second.pk}-role": "handler", f"m{second.pk}-cleared": ""})
    stale = client.post(f"{one}memberships/{second.pk}/", {"take_back": "1", "version": "0" * 32})
    client.post(f"{one}memberships/{first.pk}/", {"take_back": "1"})
    last = client.post(f"{one}memberships/{second.pk}/", {"take_back": "1"})
    client.post(one, {"active": "false"})

    assert [each.role for each in world.clerk_east.memberships.all()] == ["handler"]
    assert (stale.status_code, last.status_code) == (409, 409)
    assert not User.objects.get(pk=world.clerk_east.pk).is_active


def test_ways_into_an_account_are_given_and_taken(world: World, boss: User) -> None:
    client, one = client_of(boss), f"/manage/users/{world.clerk_east.pk}/"

    told = client.post(f"{one}one-time-password/").content.decode()
    ways = [client.post(f"{one}{way}/").status_code for way in ("reset-second-factor", "unlock", "end-access", "else")]

    said = re.search(r"user-select-all\">([^<]+)<", told)
    assert said
    assert User.objects.get(pk=world.clerk_east.pk).check_password(said[1])
    assert ways == [302, 302, 302, 404]


def test_an_organization_is_entered_renamed_and_dissolved(world: World, boss: User) -> None:
    client = client_of(boss)
    new = {"name": "麦积区社棠镇人民调解委员会", "kind": "mediation_committee", "region": EAST}

    without_kind = client.post("/manage/organizations/new/", new)
    elsewhere = client.post("/manage/organizations/new/", {**new, "committee_kind": "township", "region": FAR})
    client.post("/manage/organizations/new/", {**new, "committee_kind": "township", "active_from": "2020-01-01"})
    made = Organization.objects.get(name=new["name"])
    kept = {"committee_kind": "township", "active_from": "2020-01-01", "region": EAST}
    client.post(f"/manage/organizations/{made.pk}/", {**kept, "name": "社棠镇调委会", "active_to": "2024-01-01"})
    backwards = client.post(f"/manage/organizations/{made.pk}/", {**kept, "name": "社", "active_to": "2019-01-01"})

    made.refresh_from_db()
    assert (made.name, made.active_to) == ("社棠镇调委会", date(2024, 1, 1))
    assert [without_kind.status_code, elsewhere.status_code, backwards.status_code] == [409, 403, 409]
    assert AuditEntry.objects.filter(actor=boss, organization_id=made.pk).count() == 2


def test_calendars_and_rules_say_what_is_in_force(boss: User) -> None:
    client = client_of(boss)

    calendars, rules = text_of(client, "/manage/calendars/"), text_of(client, "/manage/rules/?kind=petition")

    assert "国务院办公厅关于延长2020年春节假期的通知" in calendars
    assert "2月1日 星期六" in calendars
    assert "信访工作条例第二十二条" in rules
    assert "行政复议法" not in text_of(client, "/manage/rules/?kind=mediation")


def test_an_auditor_finds_who_did_what_in_their_own_place_alone(
    page_of: Callable[[User], Page], world: World, boss: User
) -> None:
    auditor = member("auditor", Role.AUDITOR, region_id=EAST)
    for office, name in ((world.east, "道北调委会"), (world.west, "大城调委会")):
        change_office(organization_id=office.pk, changes={"name": name}, actor=boss, now=NOW)
    page = page_of(auditor)
    page.goto("/")

    page.get_by_role("link", name="审计").click()
    page.get_by_label("操作", exact=True).select_option("change")
    page.get_by_role("button", name="查询").click()

    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("boss")
    expect(rows).to_contain_text("道北调委会")
    assert barriers(page) == []
    picture(page, "manage-audit")
    page.set_viewport_size(PHONE)
    picture(page, "manage-audit-phone")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto("/manage/audit/?nonsense=1")
    expect(page.get_by_role("alert")).to_contain_text("没有“nonsense”这一条件")
    page.goto("/manage/")
    expect(page.get_by_role("main")).to_contain_text("您的角色不能维护机构")
