"""/auth/: logging in and out, the second factor, single sign-on. Django-allauth does the work; see docs/decisions/0006.

Its views answer here as the rest of the API does: what is refused comes back as a problem, with allauth's `data` (who
one is, which ways of logging in there are) as further members.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account import views as account
from allauth.headless.base.views import APIView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.response import APIResponse
from allauth.headless.mfa import views as second_factor
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_sign_on_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import re_path
from requests import RequestException

from api.errors import ApiRefused, Problem, answered, problem_of
from api.log_in_problems import problem_told
from api.parsers import strictly_read
from casetrack.accounts.adapters import note_code_refused
from casetrack.accounts.second_factor import note_enrolled
from casetrack.accounts.single_sign_on import PROVIDER_ID, ProvingAdapter, set_out

Handler = Callable[..., HttpResponseBase]


class SessionView(account.SessionView):
    """Who is logged in; DELETE logs out."""

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        get_adapter().logout(request)
        return HttpResponse(status=204)


class CodeView(second_factor.AuthenticateView):
    """The second step of a log-in: the code of the second factor, or a recovery code."""

    def handle_invalid_input(self, told: Any) -> Any:
        note_code_refused(self.request, self.stage.login.user, told.errors)
        return super().handle_invalid_input(told)


class TotpView(second_factor.ManageTOTPView):
    """GET tells the secret to put into an authenticator, POST activates it with a code, DELETE takes it away."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().get(request, *args, **kwargs)
        if response.status_code != 404:
            return response
        # allauth says "not there", and hands over a secret to enrol with
        return APIResponse(request, data={"type": "totp", "active": False}, meta=json.loads(response.content)["meta"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().post(request, *args, **kwargs)
        enrolled = Authenticator.objects.get(user=request.user, type=Authenticator.Type.TOTP)
        enrolled.wrap().validate_code(self.input.cleaned_data["code"])  # used up: it can't log in as well
        note_enrolled(request, enrolled.user)
        return response


class SignOnView(APIView):
    """Sends the browser to the provider of single sign-on: a form with `next`, where to go afterwards."""

    handle_json_input = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        back = request.POST.get("next", "/")
        if not get_adapter().is_safe_url(back):
            raise ApiRefused("登录后的网址（next）应在本站之内")
        return set_out(request, back)


def sign_on_callback(request: HttpRequest) -> Any:
    """Where the provider sends the browser back to."""
    if not get_sign_on_adapter().list_apps(request, provider=PROVIDER_ID):
        raise Http404("single sign-on is not configured")
    return OAuth2CallbackView.adapter_view(ProvingAdapter(request, PROVIDER_ID))(request)


def as_the_api_answers(handler: Handler) -> Handler:
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.content_type == "application/json" and request.body:
                strictly_read(request.body)
            response = handler(request, **kwargs)
        except ImmediateHttpResponse as immediate:
            response = immediate.response
        except RequestException:
            return answered(Problem(503, "sign_on_unavailable", "单点登录服务没有应答，请稍后重试"), request)
        except (ApiRefused, Http404, RequestDataTooBig) as refused:
            problem = problem_of(refused)
            assert problem is not None
            return answered(problem, request)
        return response if response.status_code < 400 else told_anew(request, response)

    return answer


def told_anew(request: HttpRequest, response: Any) -> HttpResponse:
    """A refusal of allauth's, as a problem."""
    told: Mapping[str, Any] = json.loads(response.content) if response.content[:1] == b"{" else {}
    problem = problem_told(response.status_code, told)
    again = answered(problem, request, **{name: told[name] for name in ("data", "meta") if name in told})
    again.cookies.update(response.cookies)
    return again


def at(address: str, view: Any, name: str) -> Any:
    handler: Handler = view.as_api_view(client=Client.BROWSER)
    return re_path(f"^{address}/?$", as_the_api_answers(handler), name=f"auth-{name}")


addresses = [
    at("session", SessionView, "session"),
    at("login", account.LoginView, "login"),
    at("login/code", CodeView, "code"),
    at("reauthenticate", account.ReauthenticateView, "reauthenticate"),
    at("reauthenticate/code", second_factor.ReauthenticateView, "reauthenticate-code"),
    at("password", account.ChangePasswordView, "password"),
    at("totp", TotpView, "totp"),
    at("recovery-codes", second_factor.ManageRecoveryCodesView, "recovery-codes"),
    at("sso", SignOnView, "sso"),
    # allauth looks its name up to tell the provider where to send the browser back to
    re_path(
        f"^(?P<provider_id>{PROVIDER_ID})/callback/?$",
        as_the_api_answers(lambda request, provider_id: sign_on_callback(request)),
        name="openid_connect_callback",
    ),
]
