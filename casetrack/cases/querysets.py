"""Every question about cases, events, clocks and milestones, by name."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from casetrack.accounts.fields import blind_indexes
from casetrack.accounts.models import User
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import scope_of

if TYPE_CHECKING:
    from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone


class CaseQuerySet(QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(scope_of(user).on())

    def under(self, code: str) -> Self:
        return self.filter(within("region_code", code))

    def received_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(received_on__range=(first, last))

    def overdue_on(self, day: date) -> Self:
        """Those with a running clock whose last day lies before `day`."""
        return self.filter(due_on__lt=day)

    def due_within(self, first: date, last: date) -> Self:
        return self.filter(due_on__range=(first, last))

    def with_party(self, value: str) -> Self:
        """Those in which someone has this telephone or identity number."""
        indexes = blind_indexes(value)
        return self.filter(Q(parties__phone_index__in=indexes) | Q(parties__identity_index__in=indexes)).distinct()


class EventQuerySet(QuerySet["CaseEvent"]):
    """Questions about events."""

    def effective(self) -> Self:
        """Those that stand: neither replaced nor mere retractions."""
        return self.filter(replaced_by=None, retracts=False)

    def of_cases(self, cases: Iterable[int]) -> Self:
        return self.filter(case__in=cases)


class MilestoneQuerySet(QuerySet["Milestone"]):
    """Questions about milestones."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(scope_of(user).on())

    def under(self, code: str) -> Self:
        return self.filter(within("region_code", code))

    def happened_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(happened_on__range=(first, last))


class DeadlineQuerySet(QuerySet["Deadline"]):
    """Questions about clocks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(scope_of(user).on())

    def under(self, code: str) -> Self:
        return self.filter(within("region_code", code))

    def running(self) -> Self:
        """The office's own that neither ended nor stand still: those by which it must act."""
        return self.filter(ended_on=None, paused_on=None, whose="office")

    def overdue_on(self, day: date) -> Self:
        return self.running().filter(act_by__lt=day)

    def red_on_day(self, day: date) -> Self:
        return self.running().filter(red_on__lte=day, act_by__gte=day)

    def yellow_on_day(self, day: date) -> Self:
        return self.running().filter(yellow_on__lte=day, red_on__gt=day, act_by__gte=day)

    def green_on_day(self, day: date) -> Self:
        return self.running().filter(yellow_on__gt=day, act_by__gte=day)
