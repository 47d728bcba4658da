"""Accounts opened, renamed, closed and opened again. Nothing is removed: the audit log speaks of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.accounts.passwords import ONE_TIME, one_time_password
from casetrack.accounts.versions import refuse_unless_at
from casetrack.accounts.ways_in import end_access, locked_row
from casetrack.kinds.refusals import Refused
from casetrack.organizations.granting import Held, one_at_a_time, refuse_last, refuse_own, refuse_unless_in_charge
from casetrack.organizations.keeping_memberships import about, enter, said

SAID = ("is_active",)  # what the log may repeat of an account; a name is for the row to say


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """An account to open, with its first membership: without one nobody would look after it."""

    username: str
    display_name: str
    first: Held
    is_service: bool = False


class UsernameTaken(Refused):
    """Somebody has the name already, here or elsewhere."""

    code = "username_taken"


def about_account(user: User) -> About:
    """Where an account works first, so that those who check that place see what became of it."""
    first = user.memberships.select_related("organization").order_by("pk").first()
    return About() if first is None else about(first)


@transaction.atomic
def open_account(*, draft: AccountDraft, actor: User | None, now: datetime) -> tuple[User, str]:
    """A new account and its one-time password, which nobody will see again; a service account has none."""
    one_at_a_time()
    if User.objects.filter(username__iexact=draft.username).exists():
        raise UsernameTaken(f"用户名“{draft.username}”已被使用（不分大小写），请换一个")
    user = User(username=draft.username, display_name=draft.display_name, is_service=draft.is_service)
    password = "" if draft.is_service else one_time_password()
    if password:
        user.set_password(password)
        user.password_until = now + ONE_TIME
    else:
        user.set_unusable_password()
    user.save(force_insert=True)
    membership = enter(user, draft.first, actor=actor, now=now)
    details = {"user": user.pk, "service": user.is_service, "membership": membership.pk, "after": said(draft.first)}
    record(action=Action.CREATE, actor=actor, now=now, about=about(membership), details=details)
    return user, password


@transaction.atomic
def change_account(
    *, user_id: int, changes: Mapping[str, Any], actor: User | None, now: datetime, version: str | None = None
) -> User:
    """Call an account's holder by another name, or close the account: sessions and tokens end at once, for good.

    One that is opened again begins with a new one-time password or a new token.
    """
    one_at_a_time()
    user = locked_row(user_id)
    refuse_own(actor, user)
    refuse_unless_at(user, version)
    news = {name: value for name, value in changes.items() if getattr(user, name) != value}
    if news.get("is_active") is False:
        refuse_last(user, list(user.memberships.select_related("organization", "region")))
        end_access(user_id=user.pk, about=about_account(user), actor=actor, now=now)
    elif news.get("is_active"):
        refuse_unless_in_charge(actor, user)
    if news:
        user.refresh_from_db()
        before = {name: getattr(user, name) for name in news if name in SAID}
        for name, value in news.items():
            setattr(user, name, value)
        user.save(update_fields=list(news))
        details = {"user": user.pk, "fields": sorted(news), "before": before, "after": {n: news[n] for n in before}}
        record(action=Action.CHANGE, actor=actor, now=now, about=about_account(user), details=details)
    return user


class WayIn(Protocol):
    """One of `casetrack.accounts.ways_in`."""

    def __call__(self, *, user_id: int, about: About, actor: User | None, now: datetime) -> Any: ...


@transaction.atomic
def look_after(way: WayIn, *, user_id: int, actor: User | None, now: datetime) -> Any:
    """Give or take a way into an account that the actor is in charge of."""
    user = User.objects.get(pk=user_id)
    refuse_unless_in_charge(actor, user)
    return way(user_id=user.pk, about=about_account(user), actor=actor, now=now)
