"""Messages: grouped, held while nobody is to be disturbed, without persons, sent once as far as that can be."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from casetrack.accounts.models import User
from casetrack.cases.drafts import CaseDraft, PartyDraft, StepDraft
from casetrack.cases.models import Case, DueReminder, ReminderMessage
from casetrack.cases.operations import open_case
from casetrack.cases.reminding import sending
from casetrack.cases.reminding.channels import NotDelivered, try_out
from casetrack.cases.reminding.sending import gather, messages_to_send, send
from casetrack.organizations.choices import Role
from casetrack.organizations.models import Membership, Organization
from tests.cases.conftest import NOW
from tests.cases.logging import log_dispute, noon, take
from tests.cases.reminding.conftest import LINK, remind, wish
from tests.cases.reminding.robot import Robot

DAY = date(2024, 6, 19)  # a Wednesday, a week before the end
AT_NOON = noon(DAY)


def send_all(now: datetime = AT_NOON) -> list[int]:
    found = messages_to_send(now=now, limit=1)
    for pk in found:
        send(message_id=pk, now=now, link=LINK)
    return found


def message() -> ReminderMessage:
    return ReminderMessage.objects.get()


def test_a_robot_gets_one_message_of_all_without_a_person(
    member: User, dispute: Case, committee: Organization, robot: Robot
) -> None:
    other = log_dispute(committee, date(2024, 5, 24))
    wish(member, channel="wecom", address=robot.address)
    remind(DAY)

    send_all()

    assert robot.got == [
        {
            "msgtype": "text",
            "text": {
                "content": "办案期限提醒（2项）\n"
                f"{other.number} 调解期限 2024-06-24（还有5天）\n"
                f"{dispute.number} 调解期限 2024-06-26（还有7天）\n"
                f"详见 {LINK}"
            },
        }
    ]
    assert (send_all(), len(robot.got), message().sent_at) == ([], 1, AT_NOON)


@pytest.mark.parametrize("channel", ["wecom", "json"])
def test_a_message_can_be_tried_out_and_tells_what_stands_in_the_way(member: User, robot: Robot, channel: str) -> None:
    choice = wish(member, channel=channel, address=robot.address)

    try_out(choice, link=LINK)
    robot.status = 404

    [sent] = robot.got
    assert "测试消息" in (sent["text"]["content"] if channel == "wecom" else sent["title"])
    with pytest.raises(NotDelivered, match="HTTP 404"):
        try_out(choice, link=LINK)


def test_of_a_restricted_case_nothing_is_said_but_that_there_is_one(
    member: User, petition_office: Organization, robot: Robot
) -> None:
    Membership.objects.create(user=member, role=Role.CLERK, organization=petition_office, cleared=True)
    said = {"channel": "letter", "purpose": "accusation", "matter": "征地补偿"}
    steps = (StepDraft("register", date(2024, 6, 1), said),)
    draft = CaseDraft("petition", petition_office, steps, (PartyDraft("petitioner", "张三"),))
    case = open_case(draft=draft, actor=None, now=NOW)
    wish(member, days=[60], channel="json", address=robot.address)
    remind(DAY)

    send_all()

    assert case.restricted
    (sent,) = robot.got
    assert sent["items"] == [{"case": "一件受限案件"}] * DueReminder.objects.count()
    assert all(hidden not in json.dumps(sent, ensure_ascii=False) for hidden in (case.number, "张三", "征地", "期限 "))


def test_mail_goes_to_the_address_of_the_account(member: User, dispute: Case, settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    member.email = "clerk@example.gov.cn"
    member.save()
    wish(member, channel="mail")
    remind(DAY)

    send_all()

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["clerk@example.gov.cn"], "办案期限提醒（1项）")
    assert letter.body.splitlines()[1:] == [f"{dispute.number} 调解期限 2024-06-26（还有7天）", f"详见 {LINK}"]


def test_messages_wait_for_the_end_of_quiet_hours_and_rest_days(member: User, dispute: Case, robot: Robot) -> None:
    wish(member, channel="json", address=robot.address, quiet_on_rest_days=True)
    remind(DAY)
    evening, morning = AT_NOON.replace(hour=20), AT_NOON + timedelta(hours=19, minutes=59)
    feast = noon(date(2024, 6, 10))  # 端午节, a Monday

    assert [send_all(at) for at in (feast, evening, morning)] == [[], [], []]
    send_all(morning + timedelta(minutes=1))

    assert [item["days_left"] for each in robot.got for item in each["items"]] == [6]


def test_what_was_done_meanwhile_is_not_sent(member: User, dispute: Case, robot: Robot) -> None:
    wish(member, channel="json", address=robot.address)
    remind(DAY)
    take(dispute, "withdraw", date(2024, 6, 1))

    send_all()

    assert (robot.got, message().sent_at, message().ended_at) == ([], None, AT_NOON)


def test_failures_wait_longer_each_time_and_end(member: User, dispute: Case, robot: Robot) -> None:
    wish(member, channel="dingtalk", address=robot.address, quiet_from=AT_NOON.time(), quiet_until=AT_NOON.time())
    robot.answer = b'{"errcode": 310000, "errmsg": "keywords not in content"}'
    remind(DAY)
    tried = []

    for minute in (0, 0, 1, 5, 6, 35, 36, 155, 156, 157, 600):
        if send_all(AT_NOON + timedelta(minutes=minute)):
            tried.append(minute)

    assert tried == [0, 1, 6, 36, 156]
    assert message().failure == "机器人没有接收（错误码310000），请核对其安全设置"
    assert (message().sent_at, message().ended_at) == (None, AT_NOON + timedelta(minutes=156))


def test_two_workers_send_one_message_once(member: User, dispute: Case, robot: Robot) -> None:
    """Both have been told of it; the first is in the middle of sending when the second comes."""
    wish(member, channel="json", address=robot.address)
    remind(DAY)
    (pk,) = messages_to_send(now=AT_NOON, limit=10)
    claimed = sending.claim(pk, AT_NOON)

    send(message_id=pk, now=AT_NOON, link=LINK)

    assert claimed is not None
    assert robot.got == []
    assert gather(user_id=member.pk, now=AT_NOON) is None


def test_a_worker_killed_after_sending_has_it_sent_once_more(
    member: User, dispute: Case, robot: Robot, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    wish(member, channel="json", address=robot.address)
    remind(DAY)
    monkeypatch.setattr(sending, "note", killed)
    with pytest.raises(SystemExit):
        send_all()
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert send_all(AT_NOON + timedelta(minutes=9)) == []
    send_all(AT_NOON + timedelta(minutes=10))
    assert send_all(AT_NOON + timedelta(days=1)) == []
    assert [each["id"] for each in robot.got] == [message().pk] * 2
    assert message().attempts == 2


def test_a_message_has_as_many_lines_as_a_robot_takes(member: User, committee: Organization, robot: Robot) -> None:
    for _ in range(40):
        log_dispute(committee, date(2024, 5, 26))
    wish(member, channel="wecom", address=robot.address)
    remind(DAY)

    send_all()

    text = robot.got[0]["text"]["content"]
    lines = text.splitlines()
    assert len(text.encode()) <= 2048
    assert lines[-2] == f"另有{40 - (len(lines) - 3)}项"
    assert lines[-1] == f"详见 {LINK}"
