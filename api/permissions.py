"""Who may change things. What may be seen is decided in the query sets: what lies outside them is not there (404)."""

from rest_framework.request import Request

from api.errors import ApiRefused
from casetrack.accounts.models import User
from casetrack.cases.models import Case
from casetrack.organizations.choices import Role
from casetrack.organizations.scope import Scope, scope_of

WRITERS = frozenset({Role.CLERK, Role.HANDLER, Role.SUPERVISOR, Role.ADMINISTRATOR})


class RoleRefused(ApiRefused):
    """The caller sees this, and changes nothing here."""

    status_code = 403
    default_code = "role_read_only"


def user_of(request: Request) -> User:
    """The caller. Every view asks for a log-in first, so there is one."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this view let in a caller without a log-in")
    return user


def writing_scope(user: User) -> Scope:
    """Where the caller may write. Raises RoleRefused for those who may nowhere."""
    scope = scope_of(user).of_roles(WRITERS)
    if not (scope.everything or scope.grants):
        raise RoleRefused("您的角色只能查看，不能登记或修改；如需办理，请管理员授予经办人、承办人或主管角色")
    return scope


def refuse_unless_writable(user: User, case: Case) -> None:
    allowed = writing_scope(user).allows(
        region_code=case.region_code, organization_id=case.organization_id, kind=case.kind
    )
    if not allowed:
        raise RoleRefused(f"您可以查看案件{case.number}，但无权办理；请由承办机构办理")
