"""When nobody is to be disturbed. The moment is given."""

from datetime import datetime, time

from django.utils.timezone import localtime

from casetrack.cases.models import ReminderChoice
from casetrack.law.calendar import calendar_for
from casetrack.organizations.posts import place_of


def is_quiet(choice: ReminderChoice, now: datetime) -> bool:
    """Whether messages to a member wait now: in quiet hours, and on days of rest where chosen."""
    here = localtime(now)
    if within(here.time(), choice.quiet_from, choice.quiet_until):
        return True
    return choice.quiet_on_rest_days and not calendar_for(place_of(choice.user)).is_working(here.date())


def within(moment: time, first: time, end: time) -> bool:
    """Whether a time of day lies in a span that may go over midnight; from and to the same time is no span."""
    if first <= end:
        return first <= moment < end
    return moment >= first or moment < end
