"""Whether a session has shown a second factor: at log-in, or by enrolling one."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from casetrack.accounts.models import User

ENROLLED = "second_factor_enrolled"


def shown(request: HttpRequest, user: User) -> bool:
    """A factor that was taken away since counts no more."""
    at_log_in = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
    return (at_log_in or request.session.get(ENROLLED) == user.pk) and bool(is_mfa_enabled(user))


def note_enrolled(request: HttpRequest, user: User) -> None:
    """Who enrols has just shown the factor; the sessions that this user has elsewhere have not."""
    request.session[ENROLLED] = user.pk
