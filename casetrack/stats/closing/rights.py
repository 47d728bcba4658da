"""Who may do what about a month: an office confirms its own; the bureau above asks for it, sends it back, closes."""

from casetrack.organizations.capabilities import Capability
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats.closing.reporting import Act


def may_report(scope: Scope, office: Organization, act: str) -> bool:
    """Whether within a scope the month of an office may be confirmed, sent back or asked for."""
    if act == Act.CONFIRMED:
        able, office_itself = scope.able(Capability.WRITE_CASES), office.pk
    else:
        able, office_itself = scope.able(Capability.CLOSE_MONTHS), None
    return able.allows(region_code=office.region_id, organization_id=office_itself, kind=None)


def may_close(scope: Scope, region: str) -> bool:
    """Whether within a scope the months of a region may be closed and restated."""
    return scope.able(Capability.CLOSE_MONTHS).allows_region(region)
