"""A message on its way out: by mail, or to a robot in the form that it takes."""

import json
from collections.abc import Callable, Sequence
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from casetrack.cases.models import Channel, ReminderChoice
from casetrack.cases.reminding.wording import MOST_LINES, Line, text_of, title_of
from casetrack.lib.webhooks import WebhookFailed, WebhookRefused, post

MAIL_LONGEST = 20_000
TRIAL = "办案期限提醒：测试消息"


class NotDelivered(Exception):
    """A message that did not arrive, with the reason as its member is told."""


def deliver(choice: ReminderChoice, lines: Sequence[Line], *, message_id: int, link: str) -> None:
    """By the way that the member chose. Raises NotDelivered."""
    if choice.channel == Channel.MAIL:
        headers = {"Message-ID": f"<reminder-{message_id}@casetrack>"}  # the same again, should it go out again
        mail(choice, title_of(lines), text_of(lines, link, longest=MAIL_LONGEST), headers)
    else:
        call(choice, BODIES[choice.channel](lines, message_id, link))


def try_out(choice: ReminderChoice, *, link: str) -> None:
    """A message that says only that it is one, by the way that the member chose. Raises NotDelivered."""
    text = f"{TRIAL}。收到即表示设置无误。\n详见 {link}"
    if choice.channel == Channel.PAGE:
        raise NotDelivered("只在页面上提醒，没有要发送的消息")
    if choice.channel == Channel.MAIL:
        mail(choice, TRIAL, text, {})
    elif choice.channel in ROBOTS:
        call(choice, {"msgtype": "text", "text": {"content": text}})
    else:
        call(choice, {**data((), 0, link), "title": TRIAL})


def mail(choice: ReminderChoice, subject: str, body: str, headers: dict[str, str]) -> None:
    if not (settings.EMAIL_HOST and choice.user.email):
        raise NotDelivered("没有可用的邮件服务器或电子邮箱")
    letter = EmailMessage(subject=subject, body=body, to=[choice.user.email], headers=headers)
    try:
        letter.send()
    except (SMTPException, OSError, ValueError):  # the last: an address with a line break
        raise NotDelivered("邮件服务器没有接收") from None


def call(choice: ReminderChoice, body: dict[str, Any]) -> None:
    try:
        answer = post(choice.address, json.dumps(body, ensure_ascii=False).encode(), private=settings.WEBHOOK_PRIVATE)
    except (WebhookFailed, WebhookRefused) as failed:
        raise NotDelivered(str(failed)) from None
    if choice.channel in ROBOTS and (code := error_code(answer)) != 0:
        raise NotDelivered(f"机器人没有接收（错误码{'无' if code is None else code}），请核对其安全设置")


def error_code(answer: bytes) -> int | None:
    """What WeCom and DingTalk answer, with HTTP 200 also where they refuse; None for anything else."""
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, TypeError, KeyError):
        return None
    return code if isinstance(code, int) else None


def robot(lines: Sequence[Line], message_id: int, link: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text_of(lines, link)}}


def data(lines: Sequence[Line], message_id: int, link: str) -> dict[str, Any]:
    """For other systems: `id` is the same where a message comes again."""
    return {
        "id": message_id,
        "title": title_of(lines),
        "items": [line.as_data() for line in lines[:MOST_LINES]],
        "more": max(0, len(lines) - MOST_LINES),
        "link": link,
    }


ROBOTS = frozenset({Channel.WECOM, Channel.DINGTALK})
BODIES: dict[str, Callable[[Sequence[Line], int, str], dict[str, Any]]] = {
    Channel.WECOM: robot,
    Channel.DINGTALK: robot,
    Channel.JSON: data,
}
