"""Every question about cases, events, clocks and milestones, by name."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from casetrack.accounts.fields import blind_indexes
from casetrack.accounts.models import User
from casetrack.kinds.base import Fact
from casetrack.lib.grams import Grams, grams_of, impersonal, words_of
from casetrack.organizations.filters import midnight
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import Scope, scope_of

if TYPE_CHECKING:
    from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone


def lights(last_day: str) -> dict[str, Callable[[date], Q]]:
    """Which light is on, on a day, from the column of the last day in time and those of the days of warning."""
    return {
        "overdue": lambda day: Q(**{f"{last_day}__lt": day}),
        "red": lambda day: Q(**{f"{last_day}__gte": day}, red_on__lte=day),
        "yellow": lambda day: Q(**{f"{last_day}__gte": day}, red_on__gt=day, yellow_on__lte=day),
        "green": lambda day: Q(**{f"{last_day}__gte": day}, red_on__gt=day, yellow_on__gt=day),
    }


CLOCK_LIGHTS = lights("act_by")
LIGHTS = lights("due_on")
"""The light of a case on a day: that of its most urgent running clock, from the earliest of their days."""


def within_any(field: str, codes: Iterable[str]) -> Q:
    """The subtrees of some regions together."""
    together = Q(pk__in=[])
    for code in codes:
        together |= within(field, code)
    return together


class CaseQuerySet(QuerySet["Case"]):
    """Questions about cases."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(scope.on())

    def under(self, code: str) -> Self:
        return self.filter(within("region_code", code))

    def under_any(self, codes: Iterable[str]) -> Self:
        return self.filter(within_any("region_code", codes))

    def received_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(received_on__range=(first, last))

    def entered_between(self, first: date | None, last: date | None) -> Self:
        """Those logged from the first day to the last, both included, where the offices are."""
        since = Q(created_at__gte=midnight(first)) if first else Q()
        before = Q(created_at__lt=midnight(last + timedelta(days=1))) if last and last < date.max else Q()
        return self.filter(since & before)

    def overdue_on(self, day: date) -> Self:
        """Those with a running clock whose last day lies before `day`."""
        return self.filter(due_on__lt=day)

    def showing(self, lights: Iterable[str], day: date) -> Self:
        """Those whose most urgent running clock shows one of these lights on a day."""
        shown = Q(pk__in=[])
        for light in lights:
            shown |= LIGHTS[light](day)
        return self.filter(shown)

    def with_values(self, name: str, values: Iterable[Fact | None]) -> Self:
        """Those of which a field says one of these; None: it says nothing."""
        said = Q(pk__in=[])
        for value in values:
            said |= ~Q(values__has_key=name) if value is None else Q(values__contains={name: value})
        return self.filter(said)

    def of_committees(self, committee_kinds: Iterable[str]) -> Self:
        """Those of committees of these kinds."""
        return self.filter(organization__committee_kind__in=list(committee_kinds))

    def with_party(self, *values: str) -> Self:
        """Those in which someone has one of these telephone or identity numbers."""
        indexes = [index for value in values for index in blind_indexes(value)]
        someone = Q(parties__phone_index__in=indexes) | Q(parties__identity_index__in=indexes)
        # chosen first and by index: a join would make rows twice, and a total go through all of them
        return self.filter(pk__in=self.model._default_manager.filter(someone).values("pk"))

    def matching(self, text: str, *, whole: bool = True) -> Self:
        """Those with all of these words in their number, what they are about, and if `whole` in names and accounts."""
        searched = F("search_text") if whole else impersonal("search_text")
        found = self.alias(grams=Grams("search_text"))
        for word in words_of(text):
            # the grams find candidates by index; that they stand side by side, only the text says
            found = found.filter(GreaterThan(StrIndex(searched, Value(word)), 0), grams__contains=grams_of(word))
        return found


class EventQuerySet(QuerySet["CaseEvent"]):
    """Questions about events."""

    def effective(self) -> Self:
        """Those that stand: neither replaced nor mere retractions."""
        return self.filter(replaced_by=None, retracts=False)

    def of_cases(self, cases: Iterable[int]) -> Self:
        return self.filter(case__in=cases)

    def entered_about(self, last: date, *, after: int) -> Self:
        """Those with a key after one that are about days up to `last`, and all after it that put something right: few.

        Each by its own index, of which an OR would use neither. Their keys are listed first: as a condition among
        others the planner would think them many, not knowing that what is entered late is mostly about late days, and
        would read all that was entered after the key.
        """
        later = self.model._default_manager.filter(pk__gt=after)
        about = later.filter(occurred_on__lte=last).values("pk")
        keys = about.union(later.filter(replaces__isnull=False).values("pk"))
        listed = Func(
            F("pk"),
            ArraySubquery(keys),
            template="%(expressions)s)",
            arg_joiner=" = ANY (",
            output_field=BooleanField(),
        )
        return self.filter(listed)


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
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(scope.on())

    def under(self, code: str) -> Self:
        return self.filter(within("region_code", code))

    def under_any(self, codes: Iterable[str]) -> Self:
        return self.filter(within_any("region_code", codes))

    def showing(self, lights: Iterable[str], day: date) -> Self:
        """The running ones that show one of these lights on a day."""
        shown = Q(pk__in=[])
        for light in lights:
            shown |= CLOCK_LIGHTS[light](day)
        return self.running().filter(shown)

    def running(self) -> Self:
        """The office's own that neither ended nor stand still: those by which it must act."""
        return self.filter(ended_on=None, paused_on=None, whose="office")

    def overdue_on(self, day: date) -> Self:
        return self.showing(["overdue"], day)

    def red_on_day(self, day: date) -> Self:
        return self.showing(["red"], day)

    def yellow_on_day(self, day: date) -> Self:
        return self.showing(["yellow"], day)

    def green_on_day(self, day: date) -> Self:
        return self.showing(["green"], day)

    def due_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(act_by__range=(first, last))

    def by_office(self, scope: Scope) -> Self:
        """Those a scope opens, found by the offices' own cases where it opens single offices and no whole region.

        Such an office has a handful of clocks among all that run in the country, which no index on days would find.
        """
        clocks = self.in_scope(scope).running()
        if scope.everything or not scope.grants or any(grant.codes for grant in scope.grants):
            return clocks
        offices = {office for grant in scope.grants for office in grant.organizations}
        return clocks.filter(case__organization__in=offices, case__due_on__isnull=False)

    def shown(self) -> Self:
        """What a line about a clock says, without how its days were counted; the first to end first, unless ordered."""
        columns = ("case__number", "organization__name", "kind", "duty", "label", "act_by", "yellow_on", "red_on")
        others = ("whose", "ended_on", "paused_on", "provisional", "started_by", "governed_on")
        lines = self.select_related("case", "organization").only(*columns, *others)
        return lines if lines.query.order_by else lines.order_by("act_by", "pk")
