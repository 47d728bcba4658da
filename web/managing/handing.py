"""A one-time password on the page that answers: shown again to who clicked twice, and to nobody later.

The answer is kept sealed with the token of the form, as the API keeps its answers; in clear it is nowhere.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password
from django.urls import reverse

from casetrack.accounts.models import User
from web.entering.once import Told

SHOWN_AGAIN = timedelta(minutes=5)
"""A double click, a page loaded anew at once; who comes back to the form later asks for another password."""


def kept(user: User, password: str) -> tuple[str, str]:
    """Where the form led, and what its second copy is told; a service account has no password."""
    return reverse("manage-user", args=[user.pk]), json.dumps({"user": user.pk, "password": password})


def handed(told: Told, now: datetime) -> tuple[int, dict[str, Any]]:
    """Whose account it is, and what its page shows: the password, while it is fresh and still opens the account."""
    said = json.loads(told.body)
    if not said["password"]:
        return said["user"], {}
    if told.at != now and not still_good(said, told.at, now):
        return said["user"], {"passed": told.at}
    return said["user"], {"password": said["password"]}


def still_good(said: dict[str, Any], at: datetime, now: datetime) -> bool:
    user = User.objects.filter(pk=said["user"], password_until__gt=now).first()
    return now - at < SHOWN_AGAIN and user is not None and check_password(said["password"], user.password)
