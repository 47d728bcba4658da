"""How often one may ask: by token, by session's user, and by address for those who have neither."""

from math import ceil
from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from casetrack.accounts.models import Token, User
from casetrack.lib.counters import counters_at

A_MINUTE = 60


class Throttle(BaseThrottle):
    """Counts each request. A case is logged although Redis is away: what can't be counted is let through."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if isinstance(request.auth, Token):
            self.left = over("token", request.auth.pk)
        elif isinstance(request.user, User):
            self.left = over("session", request.user.pk)
        else:
            self.left = over("anonymous", self.get_ident(request))
        return self.left is None

    def wait(self) -> float | None:
        return self.left


def over(kind: str, who: int | str) -> int | None:
    """Counts one more request: None while it is within the rate, else the seconds until the next may come."""
    most: int = settings.REQUESTS_PER_MINUTE[kind]
    if not most:
        return None
    counted = counters_at(settings.REDIS_URL).count(f"{kind}:{who}", seconds=A_MINUTE)
    if counted is None or counted[0] <= most:
        return None
    return ceil(counted[1])


def refuse_guessing(request: Request) -> None:
    """A token that is none counts against its address: each one is a look into the database."""
    left = over("anonymous", BaseThrottle().get_ident(request))
    if left is not None:
        raise Throttled(wait=left)
