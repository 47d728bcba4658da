"""Who may log in with a password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from casetrack.accounts.models import User


class PersonBackend(ModelBackend):
    """People in post. A service account carries tokens and never logs in."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """A one-time password that nobody used in time is none: it may lie about on paper."""
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if not isinstance(user, User) or (user.password_until and user.password_until <= timezone.now()):
            return None
        return user

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        return super().user_can_authenticate(user) and not (isinstance(user, User) and user.is_service)
