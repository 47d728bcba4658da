"""The ways into an account, given and taken by whoever looks after it, each with its line in the audit log.

`about` is the place where the account works, so that those who check that place see the line.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from casetrack.accounts import locks
from casetrack.accounts.auditing import About, record
from casetrack.accounts.feeds import end_feeds
from casetrack.accounts.models import Action, User
from casetrack.accounts.passwords import ONE_TIME, one_time_password
from casetrack.accounts.tokens import revoke_tokens
from casetrack.kinds.refusals import Refused


class ServiceAccount(Refused):
    """A service account has no password and no second factor: it carries tokens."""

    code = "service_account"


def locked_row(user_id: int) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user_id)


def refuse_service(user: User) -> None:
    if user.is_service:
        raise ServiceAccount(
            f"“{user.username}”是服务账号，只凭令牌使用，没有密码和第二因素；请在 /api/v1/tokens/ 签发令牌"
        )


@transaction.atomic
def unlock(*, user_id: int, about: About, actor: User | None, now: datetime) -> None:
    """Let the holder of a locked-out account try again at once. Failures from before count no more."""
    user = locked_row(user_id)
    locks.lift(user)
    record(action=Action.UNLOCKED, actor=actor, now=now, about=about, details={"user": user.pk})


@transaction.atomic
def set_one_time_password(*, user_id: int, about: About, actor: User | None, now: datetime) -> str:
    """A new password to hand over: it logs in once, to be changed. The old one, sessions and lock-out end with it."""
    user = locked_row(user_id)
    refuse_service(user)
    password = one_time_password()
    user.set_password(password)
    user.password_until = now + ONE_TIME
    user.sessions_ended += 1
    user.save(update_fields=["password", "password_until", "sessions_ended"])
    locks.lift(user)
    details = {"user": user.pk, "until": user.password_until.isoformat()}
    record(action=Action.PASSWORD_RESET, actor=actor, now=now, about=about, details=details)
    return password


@transaction.atomic
def reset_second_factor(*, user_id: int, about: About, actor: User | None, now: datetime) -> None:
    """Forget a lost authenticator and its recovery codes. Sessions end; where one is required, it is enrolled anew."""
    user = locked_row(user_id)
    refuse_service(user)
    Authenticator.objects.filter(user=user).delete()
    user.sessions_ended += 1
    user.save(update_fields=["sessions_ended"])
    locks.lift(user)
    record(action=Action.SECOND_FACTOR, actor=actor, now=now, about=about, details={"user": user.pk, "change": "reset"})


@transaction.atomic
def end_access(*, user_id: int, about: About, actor: User | None, now: datetime) -> int:
    """End all sessions, tokens and calendars of an account, as when someone left: how many tokens were in force."""
    user = locked_row(user_id)
    user.sessions_ended += 1
    user.save(update_fields=["sessions_ended"])
    ids = list(user.tokens.filter(revoked_at=None).values_list("pk", flat=True))
    revoked = revoke_tokens(ids=ids, actor=actor, now=now)
    end_feeds(user=user, actor=actor, now=now)
    record(action=Action.ACCESS_ENDED, actor=actor, now=now, about=about, details={"user": user.pk, "tokens": revoked})
    return revoked
