"""How long a session lasts: while it is used, and in no case longer than a working day."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

BEGUN, SEEN = "begun_at", "seen_at"
NOTED_EVERY = 60.0  # seconds: a write for each request would cost more than it tells


class SessionLimits:
    """Middleware: ends a session that was idle or has lasted for too long, whatever its cookie says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            keep_or_end(request, time())
        return self.get_response(request)


def keep_or_end(request: HttpRequest, now: float) -> None:
    """A moment that lies ahead was noted before the clock was set back: from now on it counts as now."""
    noted = request.session.get(SEEN)
    begun, seen = (min(request.session.get(name, now), now) for name in (BEGUN, SEEN))
    if now - begun > settings.SESSION_LONGEST or now - seen > settings.SESSION_IDLE:
        request.session.flush()
    elif noted is None or noted > now or now - seen >= NOTED_EVERY:
        request.session[BEGUN], request.session[SEEN] = begun, now
