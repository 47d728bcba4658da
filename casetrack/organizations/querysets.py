"""Every question about regions, organizations and people, by name."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from casetrack.accounts.models import User
from casetrack.lib.grams import Grams, grams_of
from casetrack.organizations import divisions
from casetrack.organizations.choices import OrganizationKind
from casetrack.organizations.divisions import Level
from casetrack.organizations.scope import Scope, scope_of

if TYPE_CHECKING:
    from casetrack.organizations.models import FormerRegion, Mediator, Organization, Region, Training

LOOKED_THROUGH = 1000
"""So many of those that match are looked through for the best: a word that all have in common would take for ever."""


def active_on(day: date, prefix: str = "") -> Q:
    """Begun by the day and not ended on it: the end is the first day no longer active."""
    begun = Q(**{f"{prefix}active_from": None}) | Q(**{f"{prefix}active_from__lte": day})
    return begun & (Q(**{f"{prefix}active_to": None}) | Q(**{f"{prefix}active_to__gt": day}))


def within(field: str, code: str) -> Q:
    """The subtree of a region, as a range that an index answers."""
    first, beyond = divisions.code_range(code)
    return Q(**{f"{field}__gte": first, f"{field}__lt": beyond})


def has_in_name(text: str, column: str = "name") -> Q:
    """Of rows with `grams` of a name: the index finds candidates, that they stand side by side the name says."""
    return Q(grams__contains=grams_of(text), **{f"{column}__contains": text})


class RegionQuerySet(QuerySet["Region"]):
    """Questions about regions."""

    def under(self, code: str) -> Self:
        return self.filter(within("code", code))

    def at(self, level: Level) -> Self:
        return self.filter(level=level)

    def matching(self, text: str) -> Self:
        """By the first digits of the code, or by characters of the name."""
        return self.filter(code__startswith=text) if text.isdecimal() else self.having_in_name(text)

    def having_in_name(self, text: str) -> Self:
        return self.alias(grams=Grams("name")).filter(has_in_name(text))

    def suggested(self, text: str) -> "RegionQuerySet":
        """Of those that match the ones that are called most nearly so: 天水市 before 天水湖村."""
        near = self.matching(text).order_by("code").values("code")[:LOOKED_THROUGH]
        return self.model._default_manager.filter(code__in=near).order_by(Length("name"), "code")

    def ancestors_of(self, code: str) -> Self:
        return self.filter(code__in=divisions.ancestors_of(code))

    def in_scope(self, scope: Scope) -> Self:
        """Those of which the whole is open."""
        return self.filter(scope.on(region_field="code", organization_field=None, kind_field=None))

    def around(self, code: str, scope: Scope) -> Self:
        """From the top of a scope down to a region and what lies right below it; without one, below the top."""
        inside = self.model._default_manager.in_scope(scope).order_by()
        tops = list(inside.exclude(parent__in=inside.values("code")).values_list("code", flat=True))
        way = [*divisions.ancestors_of(code), code] if code else []
        return self.filter(Q(code__in=[*tops, *way]) | Q(parent__in=[code] if code else tops))


class OrganizationQuerySet(QuerySet["Organization"]):
    """Questions about organizations."""

    def under(self, code: str) -> Self:
        return self.filter(within("region", code))

    def matching(self, text: str) -> Self:
        """By characters of the name."""
        return self.alias(grams=Grams("name")).filter(has_in_name(text))

    def suggested(self, text: str) -> "OrganizationQuerySet":
        """Of those that match the ones that are called most nearly so."""
        near = self.matching(text).order_by("pk").values("pk")[:LOOKED_THROUGH]
        return self.model._default_manager.filter(pk__in=near).order_by(Length("name"), "pk")

    def active_on(self, day: date) -> Self:
        return self.filter(active_on(day))

    def named(self, name: str, within: str) -> Self:
        """Those of a name whose register lies within a region."""
        first, beyond = divisions.code_range(within)
        return self.filter(name=name, county__gte=first, county__lt=beyond)

    def committees_on(self, day: date) -> Self:
        return self.active_on(day).filter(kind=OrganizationKind.MEDIATION_COMMITTEE)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(scope.on(region_field="region", organization_field="pk", kind_field=None))


class FormerRegionQuerySet(QuerySet["FormerRegion"]):
    """Questions about where organizations once lay."""

    def under(self, code: str) -> Self:
        return self.filter(within("region", code))

    def on(self, day: date) -> Self:
        return self.filter(Q(since=None) | Q(since__lte=day), until__gt=day)


class MediatorQuerySet(QuerySet["Mediator"]):
    """Questions about mediators."""

    def under(self, code: str) -> Self:
        return self.filter(within("organization__region", code))

    def serving_on(self, day: date) -> Self:
        """Nobody serves in a committee that is not there."""
        return self.filter(active_on(day) & active_on(day, "organization__"))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(scope.on(region_field="organization__region", kind_field=None))


class TrainingQuerySet(QuerySet["Training"]):
    """Questions about trainings."""

    def under(self, code: str) -> Self:
        return self.filter(within("region", code))

    def matching(self, text: str) -> Self:
        """By characters of the name, or of who held it."""
        return self.filter(Q(name__contains=text) | Q(organizer__contains=text))

    def held_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(held_on__range=(first, last))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(scope.on(region_field="region", organization_field=None, kind_field=None))
