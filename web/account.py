"""Logging in and out, one's password, and showing again who one is. Django-allauth does the work; the pages are ours.

See docs/decisions/0006. What is refused is noted in the audit log by the same code as behind the API.
"""

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as second_factor
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView, View
from django.views.generic.base import ContextMixin
from requests import RequestException

from casetrack.accounts.adapters import note_code_refused
from casetrack.accounts.second_factor import enrolled
from casetrack.accounts.single_sign_on import set_out
from web.guards import Guarded, user_of


class LogInView(account.LoginView):
    """By name and password, or on the way that single sign-on shows; who comes back from there may owe a code yet."""

    template_name = "web/account/log_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pending = get_pending_stage(request)
        if pending and pending.key == AuthenticateStage.key:
            return redirect("mfa_authenticate")
        page: HttpResponseBase = super().get(request, *args, **kwargs)
        return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sign_on = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["redirect_field_value"] = self.get_next_url()  # within this site, or none
        return {**context, "sign_on": sign_on and sign_on[0]["name"], "failed": "error" in self.request.GET}


class SignOnView(View):
    """Off to the provider of single sign-on, and back by way of the log-in page, which tells of a refusal.

    By a page that goes on by itself: browsers let no form lead to another site, not even by a redirect (form-action).
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("account_login")

    def post(self, request: HttpRequest) -> HttpResponse:
        onward = urlencode({REDIRECT_FIELD_NAME: get_next_redirect_url(request) or reverse("start")})
        try:
            away = set_out(request, f"{reverse('account_login')}?{onward}")
        except RequestException:
            return redirect(f"{reverse('account_login')}?{onward}&error=unavailable")
        return render(request, "web/account/away.html", {"address": away.headers["Location"]})


class AskingForCode(ContextMixin):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        field = context["form"]["code"]
        field.label = "验证码"  # as our own pages call it
        field.field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        return context


class CodeView(AskingForCode, second_factor.AuthenticateView):
    """The second step of a log-in: the code of the second factor, or a recovery code."""

    template_name = "web/account/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and "code" not in request.POST:  # allauth would take it for a security key
            return redirect("mfa_authenticate")
        page: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return page

    def form_invalid(self, form: Any) -> HttpResponse:
        note_code_refused(self.request, self.stage.login.user, form.errors)
        page: HttpResponse = super().form_invalid(form)
        return page


class InactiveView(TemplateView):
    """Where allauth leads whom it finds inactive. Our own ways in know nobody such, but the name must be there."""

    template_name = "web/refused.html"
    extra_context = {"title": "账号已停用", "message": "这一账号已经停用，不能登录；请联系本单位的管理员。"}


class LogOutView(account.LogoutView):
    template_name = "web/account/log_out.html"

    def get_redirect_url(self) -> str:
        return reverse("account_login")

    def logout(self) -> None:
        get_adapter().logout(self.request)


class AccountView(Guarded, TemplateView):
    """Whose log-in this is, in which posts, and how it is kept."""

    template_name = "web/account/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        posts = user.memberships.select_related("organization", "region")
        return super().get_context_data(posts=posts, enrolled=enrolled(user), **kwargs)


class PasswordView(Guarded, account.PasswordChangeView):
    template_name = "web/account/password.html"
    success_url = reverse_lazy("start")
    before_all = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "您用单点登录，在这里没有密码可改。")
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)


class Confirming(LoginRequiredMixin):
    """Who one is, again. Who has neither password nor authenticator came by single sign-on and has nothing to show."""

    login_url = "account_login"
    template_name = "web/account/confirm.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not get_adapter().get_reauthentication_methods(request.user):
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)


class ConfirmView(Confirming, account.ReauthenticateView):
    """By the password."""


class ConfirmByCodeView(AskingForCode, Confirming, second_factor.ReauthenticateView):
    """By a code of the authenticator, or a recovery code."""
