"""Single sign-on by OpenID Connect: it opens accounts that exist, and never makes one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal.statekit import get_states
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect

from casetrack.accounts.models import User

PROVIDER_ID = "oidc"
SIGN_ON = "socialaccount"  # as allauth records it


class ProvingAdapter(OpenIDConnectOAuth2Adapter):
    """Asks for a signed ID token, and checks its signature even where the connection vouches for it."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider sent no ID token")
        self.did_fetch_access_token = False  # which would let the signature go unchecked
        try:
            return super().complete_login(request, app, token, **kwargs)
        except (KeyError, ValueError) as error:
            raise OAuth2Error(f"the provider's answer lacks something: {error!r}") from error


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Connects an identity of the provider to the user of the same name, once; afterwards it is known by its `sub`."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """No user is made of what the provider tells, so none of it is looked at."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims = sociallogin.account.extra_data
        known = sociallogin.account.pk is not None
        sociallogin.account.extra_data = {}  # names, addresses, telephones: nothing of it is needed here
        if known:
            sociallogin.account.save(update_fields=["extra_data"])
        user = sociallogin.user if known else user_claimed(claims)
        if user is None or not user.is_active or user.is_service or not same_subject(claims):
            self.refuse(request, user)
        elif not known:
            self.connect(request, sociallogin, user)

    def connect(self, request: HttpRequest, sociallogin: SocialLogin, user: User) -> None:
        """A name given anew to another person must not open what the one before could see."""
        if SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists():
            self.refuse(request, user)
        sociallogin.connect(request, user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *, extra_context: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """Who comes back without having set out from here has no page to go on with but the log-in."""
        known = extra_context or {}
        if known.get("state") is None and known.get("state_id") not in get_states(request):
            page = settings.HEADLESS_FRONTEND_URLS["socialaccount_login_error"]
            raise ImmediateHttpResponse(HttpResponseRedirect(f"{page}?{urlencode({'error': kwargs.get('error')})}"))

    def refuse(self, request: HttpRequest, user: User | None) -> None:
        get_account_adapter().note_failure(request, user, step="single_sign_on")
        raise PermissionDenied


def set_out(request: HttpRequest, back: str) -> Any:
    """The redirect to the provider, who sends the browser to `back` afterwards, with an `error` if it was refused."""
    try:
        provider = get_adapter().get_provider(request, PROVIDER_ID)
    except SocialApp.DoesNotExist:
        raise Http404("single sign-on is not configured") from None
    return provider.redirect(request, AuthProcess.LOGIN, next_url=back, headless=True)


def signed_on(request: HttpRequest, user: User) -> bool:
    """Whether this session was begun by single sign-on."""
    return any(record.get("method") == SIGN_ON for record in get_authentication_records(request, user))


def user_claimed(claims: dict[str, Any]) -> User | None:
    """The user whom the provider names in the claim that was chosen."""
    name = claims.get("userinfo", {}).get(settings.OIDC_CLAIM) or claims.get("id_token", {}).get(settings.OIDC_CLAIM)
    return User.objects.filter(username=name).first() if name and isinstance(name, str) else None


def same_subject(claims: dict[str, Any]) -> bool:
    """What the provider tells of the user is about the one whom the ID token proves (OpenID Connect Core, 5.3.2)."""
    proven = claims.get("id_token", {}).get("sub")
    return bool(proven) and claims.get("userinfo", {}).get("sub", proven) == proven
