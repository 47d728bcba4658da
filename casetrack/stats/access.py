"""Of which subjects someone may be told figures: what is outside their scope is not there."""

from casetrack.kinds import KINDS
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope
from casetrack.stats.indicators import SUBJECTS


def subjects_open(scope: Scope, *, region: str, organization: int | None) -> list[str]:
    """The subjects whose figures of a place a scope opens; none where the place itself lies outside."""
    code = region
    if organization is not None:
        open_to = scope.on(region_field="region", organization_field="pk", kind_field=None)
        found = Organization.objects.filter(open_to, pk=organization).first()
        if found is None:
            return []
        code = found.region_id
    return [
        subject
        for subject in SUBJECTS
        if scope.allows(region_code=code, organization_id=organization, kind=subject if subject in KINDS else None)
    ]
