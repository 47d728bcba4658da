"""What an entry of the audit log says of a case: the place and the kind, which decide who may see the entry."""

from casetrack.accounts.auditing import About
from casetrack.cases.models import Case


def about(case: Case) -> About:
    return About(
        region_code=case.region_code,
        organization_id=case.organization_id,
        kind=case.kind,
        case_id=case.pk,
        restricted=case.restricted,
    )
