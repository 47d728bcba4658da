"""What a user may do with one case, beyond seeing it."""

from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import Scope, scope_of


def opens(scope: Scope, case: Case) -> bool:
    """Whether the case lies within a scope."""
    return scope.allows(
        region_code=case.region_code,
        organization_id=case.organization_id,
        kind=case.kind,
        restricted=case.restricted,
    )


def may(user: User, capability: Capability, case: Case) -> bool:
    return opens(scope_of(user).able(capability), case)


def handles(user: User, case: Case) -> bool:
    """Whether the user deals with the case, or checks those who do: a statistician only counts it."""
    scope = scope_of(user)
    return any(opens(scope.able(each), case) for each in (Capability.WRITE_CASES, Capability.READ_PERSONAL))


def of_another_office(case: Case) -> str:
    """What is said to those who see the case, and may write only elsewhere."""
    return f"您可以查看案件{case.number}，但无权办理；请由承办机构办理"
