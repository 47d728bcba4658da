"""Whether a session has shown a second factor: at log-in, or by enrolling one. And how its secrets are sealed."""

import base64
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from casetrack.accounts.models import User
from casetrack.lib import crypto
from casetrack.lib.crypto import SealBroken

SECRETS = ("secret", "seed")

ENROLLED = "second_factor_enrolled"


def shown(request: HttpRequest, user: User) -> bool:
    """A factor that was taken away since counts no more."""
    at_log_in = any(record.get("method") == "mfa" for record in get_authentication_records(request, user))
    return (at_log_in or request.session.get(ENROLLED) == user.pk) and bool(is_mfa_enabled(user))


def enrolled(user: User) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def note_enrolled(request: HttpRequest, user: User) -> None:
    """Who enrols has just shown the factor; the sessions that this user has elsewhere have not."""
    request.session[ENROLLED] = user.pk


def seal(text: str) -> str:
    return base64.b64encode(crypto.seal(text, keys=settings.FIELD_KEYS)).decode()


def unseal(sealed: str) -> str:
    return crypto.unseal(base64.b64decode(sealed), keys=settings.FIELD_KEYS)


def count_stale() -> int:
    """The authenticators with a secret that is under another key than the first."""
    return sum(1 for data in Authenticator.objects.values_list("data", flat=True).iterator() if is_stale(data))


def is_stale(data: dict[str, Any]) -> bool:
    first = crypto.header_of(settings.FIELD_KEYS[0])
    return any(not base64.b64decode(data[name]).startswith(first) for name in SECRETS if name in data)


def reseal() -> int:
    """Seal secrets anew under the first key, one authenticator at a time: how many. What no key opens is left."""
    return sum(reseal_one(pk) for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def reseal_one(pk: int) -> bool:
    kept = Authenticator.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if kept is None or not is_stale(kept.data):
        return False
    try:
        kept.data |= {name: seal(unseal(kept.data[name])) for name in SECRETS if name in kept.data}
    except SealBroken:
        return False
    kept.save(update_fields=["data"])
    return True
