"""Who comes in: every page asks for a log-in, a password of one's own and, where the role needs it, a second factor.

What may be seen is decided in the query sets, here as behind the API: what lies outside them is not there.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views import View

from casetrack.accounts.models import User
from casetrack.accounts.second_factor import enrolled, shown
from casetrack.accounts.single_sign_on import signed_on
from casetrack.cases.holding import CaseErased
from casetrack.organizations.capabilities import REFUSED, Capability
from casetrack.organizations.managing import holds_role
from casetrack.organizations.scope import Scope, scope_of
from web.errors import told, wrong_method


def user_of(request: HttpRequest) -> User:
    """The person at the page. Every page asks for a log-in first, so there is one."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this page let in someone without a log-in")
    return user


def scope_able(user: User, capability: Capability) -> Scope:
    """Where the user may do something. Raises PermissionDenied, in words, for those who may nowhere."""
    scope = scope_of(user).able(capability)
    if scope.is_empty:
        raise PermissionDenied(REFUSED[capability])
    return scope


def first_needed(request: HttpRequest) -> str | None:
    """The page to see to before any other: a password of one's own, a second factor. None for most people.

    Who has a second factor that this session has not shown is asked for it, never led to where it is taken away.
    """
    user = user_of(request)
    if user.password_until is not None and not signed_on(request, user):
        return "account_change_password"
    needed = settings.SECOND_FACTOR_ROLES and holds_role(user, settings.SECOND_FACTOR_ROLES)
    if not needed or shown(request, user):
        return None
    return "mfa_reauthenticate" if enrolled(user) else "mfa_activate_totp"


class Guarded(LoginRequiredMixin, View):
    """A page for those who have logged in, as `web.urls` names it."""

    login_url = "account_login"
    before_all = False
    """Whether it opens before the first things needed are seen to."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.before_all and (needed := first_needed(request)):
            return redirect(needed)
        try:
            answer = super().dispatch(request, *args, **kwargs)
        except CaseErased as refused:  # meanwhile, by two others: the page was opened before
            answer = told(request, 409, "个人信息已依法删除", f"{refused}。")
        answer.headers.setdefault("Cache-Control", "no-store, private")  # or going back shows it to whoever is next
        return answer

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowed = super().http_method_not_allowed(request).headers["Allow"]
        return wrong_method(request, allowed.split(", "))
