"""Who may log what: the kinds of case that someone handles, and the offices that may be in charge of one."""

from datetime import date

from django.db.models import QuerySet

from casetrack.kinds import KINDS, Kind
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope


def offices_handling(kind: Kind, scope: Scope, day: date) -> QuerySet[Organization]:
    """The offices within a scope that deal with such cases and have not been dissolved."""
    open_to = scope.of_kind(kind.code).on(region_field="region", organization_field="pk", kind_field=None)
    offices = Organization.objects.filter(open_to, kind__in=(kind.office, *kind.other_offices)).active_on(day)
    return offices.order_by("pk")


def kinds_handled(scope: Scope, day: date) -> list[Kind]:
    """The kinds of case that someone may log: those that at least one office of theirs deals with."""
    return [kind for kind in KINDS.values() if offices_handling(kind, scope, day).exists()]
