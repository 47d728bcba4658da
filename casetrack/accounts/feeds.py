"""Giving out and ending the address at which a calendar reads someone's deadlines, noted in the audit log."""

import secrets
from datetime import datetime

from django.db import transaction

from casetrack.accounts.auditing import record
from casetrack.accounts.models import TOKEN_BYTES, Action, CalendarFeed, User, digest_of

FEED = "calendar_feed"


@transaction.atomic
def issue_feed(*, user: User, now: datetime) -> str:
    """A new secret, shown once; the one before ends."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    end_feeds(user=user, actor=user, now=now)
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    feed = CalendarFeed.objects.create(user=user, digest=digest_of(secret), created_at=now)
    record(action=Action.TOKEN_ISSUED, actor=user, now=now, details={FEED: feed.pk, "user": user.pk})
    return secret


@transaction.atomic
def end_feeds(*, user: User, actor: User | None, now: datetime) -> int:
    """End the address at once, where there is one."""
    standing = list(CalendarFeed.objects.filter(user=user, revoked_at=None).select_for_update())
    for feed in standing:
        record(action=Action.TOKEN_REVOKED, actor=actor, now=now, details={FEED: feed.pk, "user": user.pk})
    return CalendarFeed.objects.filter(pk__in=[feed.pk for feed in standing]).update(revoked_at=now)
