"""Who may read which lines of the audit log: those about the places where they check others."""

from django.db.models import Q

from casetrack.accounts.models import AuditEntry
from casetrack.accounts.models.audit import AuditEntryQuerySet
from casetrack.organizations.managing import within
from casetrack.organizations.models import Membership
from casetrack.organizations.scope import Scope


def entries_within(scope: Scope) -> AuditEntryQuerySet:
    """The lines about places within a scope, and those of no place (log-ins, tokens) by people who work there."""
    if scope.everything:
        return AuditEntry.objects.all()
    people = Membership.objects.filter(within(scope)).values("user")
    of_no_place = Q(region_code="", organization_id=None, actor__in=people)
    return AuditEntry.objects.within(scope.on() | of_no_place)
