"""Every question about reported figures, by name."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from casetrack.accounts.models import User
from casetrack.kinds import KINDS
from casetrack.organizations.querysets import within
from casetrack.organizations.reported.catalog import REPORTABLES
from casetrack.organizations.scope import Scope, nothing, scope_of

if TYPE_CHECKING:
    from casetrack.organizations.reported.models import ReportedFigure, ReportedVersion

EVERY_TIME = Q()
OF_KINDS = tuple(dict.fromkeys(each.subject for each in REPORTABLES if each.subject in KINDS))


def open_to(scope: Scope) -> Q:
    """What a scope shows: the places it opens, and of what belongs to a kind of case only the kinds it is for."""
    if scope.everything:
        return Q()
    found = nothing()
    for grant in scope.grants:
        subjects = Q(figure__subject__in=[kind for kind in OF_KINDS if not grant.is_for(kind)])
        place = grant.on(
            region_field="figure__region_code",
            organization_field="figure__organization_id",
            kind_field=None,
            restricted_field="",
        )
        found |= place & ~subjects
    return found


class ReportedFigureQuerySet(QuerySet["ReportedFigure"]):
    """Questions about what was reported, whatever its value is now."""

    def overlapping(self, first: date, last: date) -> Self:
        return self.filter(first__lte=last, last__gte=first)


class ReportedVersionQuerySet(QuerySet["ReportedVersion"]):
    """Questions about values as they stand, or stood."""

    def standing(self, entered: Q = EVERY_TIME) -> Self:
        """The latest version of each figure, of those `entered` so; none of what is withdrawn."""
        return self.latest_of(entered).filter(value__isnull=False)

    def latest_of(self, entered: Q = EVERY_TIME) -> Self:
        """The latest version of each figure, also of what is withdrawn."""
        later = self.model._default_manager.filter(figure=OuterRef("figure"), number__gt=OuterRef("number"))
        return self.filter(entered, ~Exists(later.filter(entered)))

    def within_days(self, first: date, last: date) -> Self:
        """Of periods that lie wholly between two days: a part of a period has no number."""
        return self.filter(figure__first__gte=first, figure__last__lte=last)

    def counted_once(self) -> Self:
        """Without what a statement for the whole region above, among these rows, takes the place of."""
        above = self.filter(
            figure__whole_region=True,
            figure__subject=OuterRef("figure__subject"),
            figure__measure=OuterRef("figure__measure"),
            figure__dimensions=OuterRef("figure__dimensions"),
            figure__region_code__lte=OuterRef("figure__region_code"),
            figure__beyond__gt=OuterRef("figure__region_code"),
            figure__first__lte=OuterRef("figure__last"),
            figure__last__gte=OuterRef("figure__first"),
        )
        # of statements for nested regions the outermost stands; for one region there is but one at a time
        others = ~Q(figure__region_code=OuterRef("figure__region_code"))
        others |= ~Q(figure__whole_region=OuterRef("figure__whole_region"))
        return self.exclude(Exists(above.filter(others)))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.in_scope(scope_of(user))

    def in_scope(self, scope: Scope) -> Self:
        return self.filter(open_to(scope))

    def under(self, code: str) -> Self:
        return self.filter(within("figure__region_code", code))

    def in_order(self) -> Self:
        return self.order_by("figure", "number")
