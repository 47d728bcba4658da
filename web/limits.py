"""Guessing from outside: what turns out wrong counts against its address, and after some nothing is answered."""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

APP = "web"


class Guess:
    """One attempt of an address, counted from the start so that many at once are no way around; a right one is not."""

    def __init__(self, request: HttpRequest, action: str) -> None:
        self.usage: Any = ratelimit.consume(request, app=APP, action=action, config=settings.GUESSES, limit_get=True)

    @property
    def allowed(self) -> bool:
        return self.usage is not None

    def was_right(self) -> None:
        self.usage.rollback()
