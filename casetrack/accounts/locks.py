"""The lock-out after failed log-ins, lifted for one account: what guessers had used up of it counts no more."""

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from casetrack.accounts.models import User

APP, FAILED, BY_KEY = "allauth.account", "login_failed", "key"


def lift(user: User) -> None:
    """Both counts of an account: failed passwords, by name, and failed codes.

    Allauth's own `clear` would free the address of whoever asks as well, the administrator's. That of a
    guesser stays locked until its time is over.
    """
    by_key = [rate for rate in ratelimit.parse_rates(app_settings.RATE_LIMITS.get(FAILED)) if rate.per == BY_KEY]
    for key in (user.username.lower(), f"mfa-auth-user-{user.pk}"):
        for rate in by_key:
            counted = ratelimit.get_cache_key(HttpRequest(), app=APP, action=FAILED, rate=rate, key=key)
            with ratelimit.cache_lock(counted):
                cache.delete(counted)
