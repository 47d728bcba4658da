"""Who uses the service, what their programs carry and asked, and the log of what they did."""

from casetrack.accounts.models.audit import Action, AuditEntry
from casetrack.accounts.models.feeds import CalendarFeed
from casetrack.accounts.models.requests import IdempotencyKey
from casetrack.accounts.models.users import TOKEN_BYTES, TOKEN_PREFIX, UNLIMITED, Token, TokenLimits, User, digest_of

__all__ = [
    "TOKEN_BYTES",
    "TOKEN_PREFIX",
    "UNLIMITED",
    "Action",
    "AuditEntry",
    "CalendarFeed",
    "IdempotencyKey",
    "Token",
    "TokenLimits",
    "User",
    "digest_of",
]
