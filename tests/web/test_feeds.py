"""The calendar that a telephone reads by itself: numbers, duties and days of its user's scope, until it is ended."""

import re
from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from casetrack.accounts.auditing import NOWHERE
from casetrack.accounts.feeds import issue_feed
from casetrack.accounts.models import AuditEntry, CalendarFeed, User
from casetrack.accounts.ways_in import end_access
from casetrack.cases.models import Deadline
from casetrack.organizations.models import Membership, Organization, OrganizationKind, Role
from tests.api.conftest import CITY, World, member
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of, dispute, petition
from tests.web.conftest import PHONE


def read(secret: str) -> str:
    answer = Client().get(f"/deadlines/feed/{secret}.ics")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def unfolded(file: str) -> str:
    return file.replace("\r\n ", "")


def test_an_address_is_made_read_and_ended(page_of: Callable[[User], Page], world: World) -> None:
    case = dispute(world.east)
    page = page_of(world.clerk_east)
    page.set_viewport_size(PHONE)
    page.goto("/account/calendar/")

    page.get_by_role("button", name="生成订阅网址").click()
    picture(page, "calendar-address-phone")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    address = page.locator(".address").inner_text()
    file = unfolded(page.request.get(address).text())

    clock = Deadline.objects.running().get(case=case)
    assert f"SUMMARY:{case.number} 调解期限\r\n" in file
    assert f"DTSTART;VALUE=DATE:{clock.act_by:%Y%m%d}\r\n" in file
    page.get_by_role("button", name="停用").click()
    assert page.request.get(address).status == 404


def test_the_file_holds_no_person_and_nothing_of_others(world: World) -> None:
    mine, other = dispute(world.east), dispute(world.west)

    file = unfolded(read(issue_feed(user=world.clerk_east, now=timezone.now())))

    assert mine.number in file
    for hidden in ("张三", "13812341234", "排水沟", other.number):
        assert hidden not in file


def test_accusations_are_in_no_file_also_of_those_cleared(world: World) -> None:
    office = Organization.objects.create(
        region=world.east.region, county=world.east.county, name="麦积区信访局", kind=OrganizationKind.PETITION_OFFICE
    )
    cleared = member("cleared", Role.SUPERVISOR, region_id=CITY, cleared=True)
    accusation, appeal = petition(office, purpose="accusation"), petition(office)

    file = unfolded(read(issue_feed(user=cleared, now=timezone.now())))

    assert appeal.number in file
    assert accusation.number not in file


def test_an_address_shows_what_its_user_sees_now(world: World) -> None:
    case = dispute(world.east)
    secret = issue_feed(user=world.clerk_east, now=timezone.now())

    Membership.objects.filter(user=world.clerk_east).delete()
    assert case.number not in read(secret)
    assert "END:VTIMEZONE" in read(secret)

    User.objects.filter(pk=world.clerk_east.pk).update(is_active=False)
    assert read(secret) == "404"


def test_a_new_address_ends_the_old_and_access_ends_all(world: World) -> None:
    user, now = world.clerk_east, timezone.now()
    first = issue_feed(user=user, now=now)
    second = issue_feed(user=user, now=now)

    assert (read(first), read("nonsense")) == ("404", "404")
    assert read(second).startswith("BEGIN:VCALENDAR")
    end_access(user_id=user.pk, about=NOWHERE, actor=None, now=now)
    assert read(second) == "404"
    assert not CalendarFeed.objects.filter(digest__in=(first, second)).exists()
    assert AuditEntry.objects.filter(details__has_key="calendar_feed").count() == 4


def test_an_address_opens_nothing_but_its_calendar(world: World) -> None:
    secret = issue_feed(user=world.clerk_east, now=timezone.now())

    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/cases/")

    assert answer.status_code == 401
    assert client_of(world.clerk_east).get("/account/calendar/").status_code == 200
    assert Client().get("/account/calendar/").status_code == 302
    uids = re.findall("UID:(.+)", read(secret))
    assert len(uids) == len(set(uids))
