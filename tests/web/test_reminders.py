"""Reminders on pages: chosen, shown, read; what is kept of an address is shown to nobody."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from casetrack.accounts.models import AuditEntry, User
from casetrack.cases.models import Case, DueReminder, ReminderChoice, ReminderMessage
from casetrack.cases.reminding.choosing import ChoiceDraft, choose
from casetrack.cases.reminding.finding import raise_due
from casetrack.organizations.models import Membership
from tests.api.conftest import World
from tests.web.browsing import barriers, picture
from tests.web.cases import client_of, dispute, text_of
from tests.web.conftest import PHONE

CHOICE = {"days": "7,3,1,0", "channel": "page", "quiet_from": "20:00", "quiet_until": "08:00"}
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-key"


@pytest.fixture
def reminded(world: World) -> Case:
    """A dispute of the east that ends within a week, of which its clerk has been reminded."""
    case, now = dispute(world.east, 27), timezone.now()
    choose(user=world.clerk_east, draft=ChoiceDraft(), now=now)
    raise_due(now=now, limit=10)
    return case


def test_a_clerk_chooses_and_what_cannot_be_kept_is_told(page_of: Callable[[User], Page], world: World) -> None:
    ReminderMessage.objects.create(
        user=world.clerk_east, created_at=timezone.now(), next_at=timezone.now(), attempts=1, failure="对方没有应答"
    )
    page = page_of(world.clerk_east)
    page.goto("/account/reminders/")

    expect(page.get_by_label("提前几天")).to_have_value("7,3,1,0")
    expect(page.get_by_role("radio", name="电子邮件")).to_have_count(0)  # there is no mail server
    page.get_by_label("提前几天").fill("5，2")
    page.get_by_role("radio", name="钉钉群机器人").check()
    page.get_by_label("机器人或系统的地址").fill("https://10.0.0.8/robot")
    page.get_by_role("button", name="保存").click()
    page.set_viewport_size(PHONE)
    picture(page, "reminders-choice-phone")
    expect(page.get_by_role("alert")).to_contain_text("地址指向内部网络")
    expect(page.get_by_label("提前几天")).to_have_value("5，2")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.get_by_label("机器人或系统的地址").fill(ROBOT)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("main")).to_contain_text("提醒设置已保存")
    expect(page.get_by_role("main")).to_contain_text("第1次没有送出：对方没有应答")
    assert "secret-key" not in page.content()
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert barriers(page) == []
    picture(page, "reminders-choice-phone-dark")
    assert ReminderChoice.objects.get().days == [5, 2]


def test_a_reminder_stands_on_the_first_page_until_it_is_read(
    page_of: Callable[[User], Page], world: World, reminded: Case
) -> None:
    page = page_of(world.clerk_east)
    page.goto("/reminders/")
    picture(page, "reminders-list")
    assert barriers(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.goto("/")
    picture(page, "start-reminders-phone")
    assert barriers(page) == []
    expect(page.get_by_role("region", name="新的提醒")).to_contain_text(reminded.number)
    page.get_by_role("button", name="标为已读").click()

    expect(page.get_by_role("heading", name="首页")).to_be_visible()
    expect(page.get_by_role("region", name="新的提醒")).to_have_count(0)
    page.goto("/reminders/")
    expect(page.get_by_role("main")).to_contain_text(reminded.number)


def test_nobody_sees_or_reads_the_reminders_of_others(world: World, reminded: Case) -> None:
    row = DueReminder.objects.get()
    outsider = client_of(world.outsider)

    assert reminded.number not in outsider.get("/reminders/").content.decode()
    outsider.post("/reminders/", {"id": [row.pk, "nonsense"]})
    outsider.post("/reminders/", {"all": "1"})
    row.refresh_from_db()
    assert row.read_at is None
    Membership.objects.filter(user=world.clerk_east).delete()
    for address in ("/", "/reminders/"):
        assert reminded.number not in client_of(world.clerk_east).get(address).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "7;x"},
        {"days": "61"},
        {"days": "-1"},
        {"kinds": "nonsense"},
        {"channel": "pigeon"},
        {"channel": "mail"},
        {"channel": "wecom"},
        {"channel": "json", "address": "http://robot.example/"},
        {"quiet_from": "25:00"},
        {"quiet_until": ""},
    ],
)
def test_what_cannot_be_meant_is_refused(world: World, wrong: dict[str, str]) -> None:
    answer = client_of(world.clerk_east).post("/account/reminders/", {**CHOICE, **wrong})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() <= {*wrong, "address"}
    assert not ReminderChoice.objects.exists()


def test_an_address_is_kept_until_another_way_is_chosen_and_stands_nowhere(world: World) -> None:
    client = client_of(world.clerk_east)
    said = {**CHOICE, "channel": "wecom"}

    client.post("/account/reminders/", {**said, "address": ROBOT})
    client.post("/account/reminders/", {**said, "days": "2"})
    assert (ReminderChoice.objects.get().address, ReminderChoice.objects.get().days) == (ROBOT, [2])
    assert "secret-key" not in client.get("/account/reminders/").content.decode()
    assert client.post("/account/reminders/", {**said, "channel": "json"}).status_code == 422

    client.post("/account/reminders/", CHOICE)
    assert ReminderChoice.objects.get().address == ""
    assert "secret-key" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_a_message_that_never_arrived_is_told_beside_its_reminders(world: World, reminded: Case) -> None:
    now, client = timezone.now(), client_of(world.clerk_east)
    fields = {"created_at": now, "next_at": now, "failure": "对方答复 HTTP 404，没有接收"}
    failed = ReminderMessage.objects.create(user=world.clerk_east, **fields)
    DueReminder.objects.update(message=failed)

    assert "HTTP 404" not in client.get("/").content.decode()  # it will be tried again
    ReminderMessage.objects.filter(pk=failed.pk).update(ended_at=now)
    assert "HTTP 404" in client.get("/").content.decode()
    assert "HTTP 404" in client.get("/account/reminders/").content.decode()


def test_a_trial_that_finds_no_robot_is_told_and_cannot_be_sent_without_end(world: World) -> None:
    client = client_of(world.clerk_east)
    nothing_chosen = text_of(client.post("/account/reminders/test/", follow=True))
    client.post("/account/reminders/", {**CHOICE, "channel": "wecom", "address": "https://robot.invalid/send"})

    tried = [text_of(client.post("/account/reminders/test/", follow=True)) for _ in range(6)]

    assert "请先保存提醒设置" in nothing_chosen
    assert "没有送出：找不到该地址的服务器" in tried[0]
    assert "太频繁" in tried[-1]
    assert Client().post("/account/reminders/test/").status_code == 302, "to the log-in"


def test_mail_is_offered_to_those_who_can_get_any(world: World, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(pk=world.clerk_east.pk).update(email="clerk@example.gov.cn")

    offered = [
        'value="mail"' in client_of(user).get("/account/reminders/").content.decode()
        for user in (world.clerk_east, world.clerk_west)
    ]

    assert offered == [True, False]
