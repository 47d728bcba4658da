"""The deadlines of a user as a calendar that leaves the house: number, duty and day, and nothing of any person."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.models import Deadline
from casetrack.lib.icalendar import WholeDay, calendar
from casetrack.organizations.scope import scope_of

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
MOST = 1000


def deadlines_feed(*, user: User, now: datetime) -> bytes:
    """What lately ended or will end within a year, the earliest first. Accusations are in no such file."""
    today = localdate(now)
    clocks = Deadline.objects.by_office(scope_of(user)).filter(restricted=False)
    shown = clocks.due_between(today - BACK, today + AHEAD).shown()[:MOST]
    return calendar((entry_of(clock) for clock in shown), name="办案期限", stamp=now)


def entry_of(clock: Deadline) -> WholeDay:
    """Clocks are written anew whenever their case is folded: the event that began one stays the same."""
    uid = f"{clock.case_id}-{clock.duty}-{clock.started_by_id}@casetrack"
    return WholeDay(uid, clock.act_by, f"{clock.case.number} {clock.label}")
