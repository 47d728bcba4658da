"""How a member wishes to be reminded, checked and kept; and reminders marked as read."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases.models import Channel, DueReminder, ReminderChoice
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import FactsRefused
from casetrack.lib.webhooks import WebhookRefused, target_of

MOST_DAYS, MOST_STEPS, LONGEST_ADDRESS = 60, 10, 500
USUAL_DAYS = (7, 3, 1, 0)
OUTSIDE = frozenset({Channel.WECOM, Channel.DINGTALK, Channel.JSON})


@dataclass(frozen=True, slots=True)
class ChoiceDraft:
    """What was asked for. An empty address keeps the one there is."""

    days: Collection[int] = USUAL_DAYS
    overdue: bool = True
    kinds: Collection[str] = ()
    channel: str = Channel.PAGE
    address: str = field(default="", repr=False)
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    quiet_on_rest_days: bool = False


@transaction.atomic
def choose(*, user: User, draft: ChoiceDraft, now: datetime) -> ReminderChoice:
    """Keep it. The address of another channel is not kept: it would be somebody else's password lying about."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time
    kept = ReminderChoice.objects.filter(user=user).first()
    same = kept is not None and kept.channel == draft.channel
    address = draft.address.strip() or (kept.address if kept and same else "")
    if errors := wrong_in(draft, user, address):
        raise FactsRefused(errors)
    fields: dict[str, Any] = {
        "days": sorted(set(draft.days), reverse=True),
        "overdue": draft.overdue,
        "kinds": sorted(set(draft.kinds)),
        "channel": draft.channel,
        "address": address if draft.channel in OUTSIDE else "",
        "quiet_from": draft.quiet_from,
        "quiet_until": draft.quiet_until,
        "quiet_on_rest_days": draft.quiet_on_rest_days,
    }
    choice = ReminderChoice.objects.update_or_create(user=user, defaults=fields)[0]
    if draft.channel == Channel.PAGE:  # what waited to be sent is on the page already
        DueReminder.objects.waiting().filter(user=user).update(to_send=False)
    details = {"user": user.pk, "reminders": draft.channel, "address_changed": bool(draft.address.strip())}
    record(action=Action.CHANGE, actor=user, now=now, details=details)
    return choice


def wrong_in(draft: ChoiceDraft, user: User, address: str) -> dict[str, str]:
    """What can't be kept, by field."""
    errors = {}
    if len(set(draft.days)) > MOST_STEPS or any(not 0 <= days <= MOST_DAYS for days in draft.days):
        errors["days"] = f"提前天数应是0至{MOST_DAYS}之间的整数，最多{MOST_STEPS}个，如“7,3,1,0”"
    if set(draft.kinds) - set(KINDS):
        errors["kinds"] = "案件种类无法识别，请重新选择"
    if draft.channel not in Channel.values:
        errors["channel"] = "提醒方式无法识别，请重新选择"
    elif draft.channel == Channel.MAIL and (why := no_mail(user)):
        errors["channel"] = why
    elif draft.channel in OUTSIDE and (why := no_address(address)):
        errors["address"] = why
    return errors


def no_mail(user: User) -> str:
    """Why no mail can be sent to a member; empty where it can."""
    if not settings.EMAIL_HOST:
        return "本系统没有配置邮件服务器，请选择其他方式"
    return "" if user.email else "您的账号没有电子邮箱，请管理员补充，或选择其他方式"


def no_address(address: str) -> str:
    """Why nothing can be posted to an address; empty where it can, as far as its words tell."""
    if not address:
        return "请填写机器人的地址"
    if len(address) > LONGEST_ADDRESS:
        return f"地址超过{LONGEST_ADDRESS}个字符，请核对"
    try:
        target_of(address, private=settings.WEBHOOK_PRIVATE)
    except WebhookRefused as refused:
        return str(refused)
    return ""


def mark_read(*, user: User, now: datetime, ids: Collection[int] | None = None) -> int:
    """One's own unread reminders, or some of them; how many."""
    unread = DueReminder.objects.unread().filter(user=user)
    return (unread if ids is None else unread.filter(pk__in=ids)).update(read_at=now)
