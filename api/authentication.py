"""Who asks: the token that a program carries, or the session of a person."""

from datetime import datetime, timedelta

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from api.errors import ApiRefused
from api.throttling import refuse_guessing
from casetrack.accounts.models import Token, User
from casetrack.organizations.narrowing import acting_for

SCHEME = "Bearer"
SEEN_EVERY = timedelta(minutes=1)


class TokenRefused(AuthenticationFailed):
    """The token is unknown, expired or revoked; which of them is nobody's business."""

    default_code = "token_not_valid"


class CsrfRefused(ApiRefused):
    """A session's change that doesn't prove it comes from our own pages."""

    status_code = 403
    default_code = "csrf_failed"


class TokenLogin(BaseAuthentication):
    """Authorization: Bearer ct_…"""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != SCHEME.lower().encode():
            return None
        if len(words) != 2:
            raise TokenRefused("请求头 Authorization 应写作：Bearer 加一个空格，再加访问令牌")
        now = timezone.now()
        token = Token.objects.find(words[1].decode("latin-1"), now)
        if token is None:
            refuse_guessing(request)
            raise TokenRefused("访问令牌无效、已过期或已吊销，请重新申请")
        note_use(token, now)
        return acting_for(token), token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="casetrack"'


def note_use(token: Token, now: datetime) -> None:
    """When a token was last used, to the minute: a write for each request would cost more than it tells."""
    if token.last_used_at is None or token.last_used_at <= now - SEEN_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)


class SessionLogin(SessionAuthentication):
    """A person's session; changes need the CSRF token as in a form."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as failed:
            raise CsrfRefused("跨站请求校验未通过，请在请求头 X-CSRFToken 中带上令牌后重试") from failed
