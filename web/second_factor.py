"""The second factor on pages: binding an authenticator, recovery codes, taking it away. Django-allauth does the work.

Each page is found under the name by which allauth looks for it.
"""

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy

from casetrack.accounts.models import User
from casetrack.accounts.second_factor import enrolled, note_enrolled
from web.account import AskingForCode
from web.guards import Guarded, user_of


class SecondFactorView(AskingForCode, Guarded, totp.ActivateTOTPView):
    """Binding an authenticator: the secret as an image and as words, and a first code to prove it."""

    template_name = "web/account/second_factor.html"
    before_all = True

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = user_of(self.request)
        factor = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        factor.wrap().validate_code(form.cleaned_data["code"])  # used up: it can't log in as well
        note_enrolled(self.request, user)
        post_authentication(self.request, factor, reauthenticated=True)  # or the recovery codes asked for another
        return response


class ForEnrolled(Guarded):
    """A page about the authenticator one has; without one, the page to bind one is the place to go."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and not enrolled(request.user):
            return redirect("mfa_activate_totp")
        return super().dispatch(request, *args, **kwargs)


class RecoveryCodesView(ForEnrolled, recovery_codes.ViewRecoveryCodesView):
    """The codes, once; afterwards only how many are left."""

    template_name = "web/account/recovery_codes.html"


class NewRecoveryCodesView(ForEnrolled, recovery_codes.GenerateRecoveryCodesView):
    template_name = "web/account/new_recovery_codes.html"


class TakeAwayView(ForEnrolled, totp.DeactivateTOTPView):
    template_name = "web/account/take_away.html"
    success_url = reverse_lazy("account")
