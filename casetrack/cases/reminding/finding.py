"""Clocks that come near their end, written down for each member who wishes to be reminded. The day is given.

A clock that is five days off takes the nearest step not yet passed, so a day on which nothing ran is made good on the
next one. Each member is told of each clock and step once: a unique constraint sees to it, whoever else is looking.
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Case, Exists, IntegerField, OuterRef, Value, When
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from casetrack.cases.models import OVERDUE, Channel, Deadline, DueReminder, ReminderChoice, ReminderMessage
from casetrack.cases.querysets import DeadlineQuerySet
from casetrack.organizations.scope import scope_of

MOST_A_DAY = 200  # who answers for a province looks at the board
LATE = 7  # days after its end in which a clock is newly overdue; those of longer ago the board shows
KEPT = timedelta(days=90)


def raise_due(*, now: datetime, limit: int) -> int:
    """Every member's reminders of today; how many were new. Members are gone through by key, `limit` at a time."""
    raised, reached = 0, 0
    active = ReminderChoice.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    while choices := list(active.filter(pk__gt=reached)[:limit]):
        raised += sum(raise_for(choice, localdate(now)) for choice in choices)
        reached = choices[-1].pk
    return raised


def raise_for(choice: ReminderChoice, today: date) -> int:
    left = MOST_A_DAY - DueReminder.objects.filter(user=choice.user_id, raised_on=today).count()
    if left <= 0 or not (choice.days or choice.overdue):
        return 0
    return insert(choice, clocks_near(choice, today), today, left)


def clocks_near(choice: ReminderChoice, today: date) -> DeadlineQuerySet:
    """The clocks that the member sees and is to be told of."""
    first = today - timedelta(days=LATE if choice.overdue else 0)
    last = today + timedelta(days=max(choice.days, default=-1))
    clocks = Deadline.objects.by_office(scope_of(choice.user)).due_between(first, last)
    return clocks.filter(kind__in=choice.kinds) if choice.kinds else clocks


def insert(choice: ReminderChoice, clocks: DeadlineQuerySet, today: date, most: int) -> int:
    """The first to end first, from table to table; what another worker has written meanwhile is left as it is."""
    steps = [When(act_by__lt=today, then=OVERDUE)]
    steps += [When(act_by__lte=today + timedelta(days=days), then=days) for days in sorted(choice.days)]
    already = DueReminder.objects.filter(
        user=choice.user_id, case=OuterRef("case"), duty=OuterRef("duty"), act_by=OuterRef("act_by")
    )
    found = (
        clocks.annotate(step=Case(*steps, output_field=IntegerField()))
        .filter(~Exists(already.filter(step=OuterRef("step"))))
        .annotate(
            reminded=Cast(Value(choice.user_id), BigIntegerField()),
            to_send=Value(choice.channel != Channel.PAGE, BooleanField()),
        )
        .order_by("act_by", "pk")
        .values_list("reminded", "case_id", "duty", "label", "act_by", "step", "to_send")[:most]
    )
    try:
        select, params = found.query.sql_with_params()
    except EmptyResultSet:  # a scope that opens nothing: there is no question to ask
        return 0
    columns = "user_id, case_id, duty, label, act_by, step, to_send, raised_on"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DueReminder._meta.db_table} ({columns}) SELECT found.*, %s::date FROM ({select}) AS found"
            " ON CONFLICT DO NOTHING",
            [today, *params],
        )
        return int(cursor.rowcount)


def forget_reminders(*, now: datetime) -> int:
    """Drop reminders and messages of long ago; none is raised again, since their clocks ended as long ago."""
    ReminderMessage.objects.filter(created_at__lt=now - KEPT).delete()
    return DueReminder.objects.raised_before(localdate(now - KEPT)).delete()[0]
