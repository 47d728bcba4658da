"""A member's reminders put into one message, and messages sent. The moment is given.

Each message is sent once as far as that can be: whoever sends it first claims it, for as long as sending may take, and
nobody else takes it meanwhile. A worker that is killed between sending and noting that it sent leaves the claim to
lapse, and the message is sent again: a deadline told twice does less harm than one told never. The second carries the
same `id`, or Message-ID, and in any case there are no more than `MOST_ATTEMPTS`. Failures wait longer each time.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.utils.timezone import localdate

from casetrack.cases.models import Channel, DueReminder, ReminderChoice, ReminderMessage
from casetrack.cases.reminding.channels import NotDelivered, deliver
from casetrack.cases.reminding.quiet import is_quiet
from casetrack.cases.reminding.wording import lines_of

CLAIMED = timedelta(minutes=10)  # longer than any sending lasts
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
MOST_ATTEMPTS = len(WAITS) + 1
INTERRUPTED = "发送中断"
Row = TypeVar("Row", bound=Model)


def messages_to_send(*, now: datetime, limit: int) -> list[int]:
    """The messages to send now, new ones and those that failed before; none to those who are not to be disturbed.

    All are gone through by key, `limit` at a time: members who sleep must not stand before those who don't.
    """
    waiting = Exists(DueReminder.objects.waiting().filter(user=OuterRef("user")))
    for choice in by_key(ReminderChoice.objects.filter(waiting).select_related("user"), limit):
        if not is_quiet(choice, now):
            gather(user_id=choice.user_id, now=now)
    due = by_key(ReminderMessage.objects.due(now).select_related("user__reminder_choice"), limit)
    return [each.pk for each in due if not is_quiet(each.user.reminder_choice, now)]


def by_key(rows: QuerySet[Row], limit: int) -> Iterator[Row]:
    reached = 0
    while found := list(rows.filter(pk__gt=reached).order_by("pk")[:limit]):
        yield from found
        reached = found[-1].pk


@transaction.atomic
def gather(*, user_id: int, now: datetime) -> int | None:
    """All that waits for a member, in one message; who else is doing so has it."""
    held = ReminderChoice.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
    choice = held.filter(user=user_id).first()
    if choice is None or is_quiet(choice, now):
        return None
    waiting = list(DueReminder.objects.waiting().filter(user=user_id).values_list("pk", flat=True))
    if not waiting:
        return None
    message = ReminderMessage.objects.create(user=choice.user, created_at=now, next_at=now)
    DueReminder.objects.filter(pk__in=waiting).update(message=message)
    return message.pk


def send(*, message_id: int, now: datetime, link: str) -> None:
    """Send a message, if it is there to be sent; asked twice, or by two workers, it is sent by one."""
    message = claim(message_id, now)
    if message is None:
        return
    choice = message.user.reminder_choice
    lines = [] if choice.channel == Channel.PAGE else lines_of(message, localdate(now))
    if not lines:  # all was done meanwhile, or the member wants no more messages
        note(message, ended_at=now, failure="")
        return
    if message.attempts > MOST_ATTEMPTS:  # every claim lapsed: whoever sent it was killed each time
        note(message, ended_at=now)
        return
    try:
        deliver(choice, lines, message_id=message.pk, link=link)
    except NotDelivered as failed:
        note(message, failure=str(failed)[:200], **after(message.attempts, now))
    else:
        note(message, sent_at=now, ended_at=now, failure="")


def claim(message_id: int, now: datetime) -> ReminderMessage | None:
    """The message for whoever comes first. What it says of a failure holds until it is sent: a kill says nothing."""
    taken = ReminderMessage.objects.due(now).filter(pk=message_id)
    if not taken.update(next_at=now + CLAIMED, attempts=F("attempts") + 1, failure=INTERRUPTED):
        return None
    return ReminderMessage.objects.select_related("user__reminder_choice").get(pk=message_id)


def after(attempts: int, now: datetime) -> dict[str, datetime]:
    """When to try again after so many attempts, or that it ends here."""
    return {"next_at": now + WAITS[attempts - 1]} if attempts < MOST_ATTEMPTS else {"ended_at": now}


def note(message: ReminderMessage, **written: object) -> None:
    ReminderMessage.objects.filter(pk=message.pk, attempts=message.attempts).update(**written)
