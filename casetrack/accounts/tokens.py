"""Issuing and revoking tokens, each with its line in the audit log."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from casetrack.accounts.auditing import record
from casetrack.accounts.models import UNLIMITED, Action, Token, TokenLimits, User


@transaction.atomic
def issue_token(
    *,
    user: User,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    actor: User | None,
    now: datetime,
    limits: TokenLimits = UNLIMITED,
) -> tuple[Token, str]:
    """A token that acts for `user`, and its secret; `actor` is whoever asked for it, nobody at the command line."""
    token, secret = Token.issue(user=user, name=name, now=now, expires_at=expires_at, scopes=scopes, limits=limits)
    details = {"token": token.pk, "user": user.pk, "scopes": token.scopes, "expires_at": expires_at.isoformat()}
    if limits != UNLIMITED:
        details |= {"region": token.region_code, "organization": token.organization_id, "kinds": token.kinds}
    record(action=Action.TOKEN_ISSUED, actor=actor, now=now, details=details)
    return token, secret


@transaction.atomic
def revoke_tokens(*, ids: Collection[int], actor: User | None, now: datetime) -> int:
    """End tokens at once. How many were still in force."""
    live = Token.objects.filter(pk__in=ids, revoked_at=None).select_for_update()
    revoked = [(token.pk, token.user_id) for token in live]
    Token.objects.filter(pk__in=[pk for pk, _ in revoked]).revoke(now)
    for token, user in revoked:
        record(action=Action.TOKEN_REVOKED, actor=actor, now=now, details={"token": token, "user": user})
    return len(revoked)
