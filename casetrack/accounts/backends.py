"""Who may log in with a password."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from casetrack.accounts.models import User


class PersonBackend(ModelBackend):
    """People in post. A service account carries tokens and never logs in."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        return super().user_can_authenticate(user) and not (isinstance(user, User) and user.is_service)
