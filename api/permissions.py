"""Who may do what. What may be seen is decided in the query sets: what lies outside them is not there (404)."""

from typing import Any

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from api.errors import ApiRefused
from casetrack.accounts.models import Token, User
from casetrack.accounts.second_factor import shown
from casetrack.accounts.single_sign_on import signed_on
from casetrack.accounts.token_scopes import READ, TOKEN_SCOPES, WRITE
from casetrack.cases.models import Case
from casetrack.cases.rights import of_another_office, opens
from casetrack.organizations.capabilities import REFUSED, Capability
from casetrack.organizations.managing import holds_role
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import Scope, scope_of


class RoleRefused(ApiRefused):
    """The caller sees this, and changes nothing here."""

    status_code = 403
    default_code = "role_read_only"


class CapabilityMissing(ApiRefused):
    """No role of the caller may do this anywhere."""

    status_code = 403
    default_code = "role_not_sufficient"


class TokenScopeMissing(ApiRefused):
    """The token was not issued for this."""

    status_code = 403
    default_code = "token_scope_missing"


class TokenScopeHeld(BasePermission):
    """A token does what it was issued for. A session does whatever its user may."""

    def has_permission(self, request: Request, view: Any) -> bool:
        refuse_without_scope(request, scope_needed(view, str(request.method)))
        return True


class PasswordChangeRequired(ApiRefused):
    """The caller logged in with a one-time password, which opens nothing but its own change."""

    status_code = 403
    default_code = "password_change_required"


class PasswordOwn(BasePermission):
    """Whoever was handed a password sets one of their own first. Single sign-on asks for none."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if isinstance(request.auth, Token) or not isinstance(user, User) or user.password_until is None:
            return True
        if not signed_on(request._request, user):
            raise PasswordChangeRequired("您用的是一次性密码；请先在 /api/auth/password 设置自己的密码，再继续使用")
        return True


class SecondFactorRequired(ApiRefused):
    """The caller's role asks for a second factor, and this session has shown none."""

    status_code = 403
    default_code = "second_factor_required"


class SecondFactorShown(BasePermission):
    """Who sees a lot logs in with a second factor; until one is enrolled, nothing else opens."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if isinstance(request.auth, Token) or not settings.SECOND_FACTOR_ROLES:
            return True
        user = user_of(request)
        if holds_role(user, settings.SECOND_FACTOR_ROLES) and not shown(request._request, user):
            raise SecondFactorRequired("您的角色登录须有第二因素；请先在 /api/auth/totp 绑定验证器，再继续使用")
        return True


def scope_needed(view: Any, method: str) -> str:
    """What a token needs here: `token_scopes` of the view, by action or method; else by whether it changes anything."""
    declared: dict[str, str] = getattr(view, "token_scopes", {})
    if method in SAFE_METHODS:
        method, usual = "GET", READ.name
    else:
        usual = WRITE.name
    return declared.get(getattr(view, "action", None) or "") or declared.get(method, usual)


def refuse_without_scope(request: Request, name: str) -> None:
    """For what a view asks beyond its own scope, as personal data with a stated purpose."""
    if isinstance(request.auth, Token) and name not in request.auth.scopes:
        label = TOKEN_SCOPES[name].label
        raise TokenScopeMissing(f"此令牌的用途范围不含“{label}”（{name}）；如需使用，请另行签发包含该范围的令牌")


def user_of(request: Request) -> User:
    """The caller. Every view asks for a log-in first, so there is one."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this view let in a caller without a log-in")
    return user


def scope_able(user: User, capability: Capability) -> Scope:
    """Where the caller may do something. Refuses those who may nowhere."""
    scope = scope_of(user).able(capability)
    if scope.is_empty:
        refusal = RoleRefused if capability is Capability.WRITE_CASES else CapabilityMissing
        raise refusal(REFUSED[capability])
    return scope


def writing_scope(user: User) -> Scope:
    """Where the caller may write. Raises RoleRefused for those who may nowhere."""
    return scope_able(user, Capability.WRITE_CASES)


def refuse_unless_writable(user: User, case: Case) -> None:
    refuse_outside(writing_scope(user), case)


def refuse_outside(scope: Scope, case: Case) -> None:
    """Where the caller may write only elsewhere."""
    if not opens(scope, case):
        raise RoleRefused(of_another_office(case))


def refuse_unless_able(user: User, capability: Capability, case: Case) -> None:
    """For what goes beyond seeing a case: the caller may do it in this case's place."""
    if not opens(scope_able(user, capability), case):
        raise CapabilityMissing(REFUSED[capability])


def refuse_unless_kept(user: User, *, region_code: str, organization_id: int | None) -> None:
    """For the registers: the caller keeps those of this place."""
    scope = scope_able(user, Capability.KEEP_REGISTERS)
    if not scope.allows(region_code=region_code, organization_id=organization_id, kind=None):
        raise CapabilityMissing("您可以查看这一名册，但无权维护；请由当地的主管或管理员办理")


def refuse_unless_readable(user: User, organization: Organization) -> None:
    """For the telephone of a mediator: the caller reads personal data in the place of the organization."""
    scope = scope_able(user, Capability.READ_PERSONAL)
    if not scope.allows(region_code=organization.region_id, organization_id=organization.pk, kind=None):
        raise CapabilityMissing(REFUSED[Capability.READ_PERSONAL])
