"""Adding to the audit log: the one way a line gets there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetrack.accounts.models import Action, AuditEntry, User


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about, in the columns that decide who may see it; all empty for what is of no place."""

    region_code: str = ""
    organization_id: int | None = None
    kind: str = ""
    case_id: int | None = None
    restricted: bool = False


NOWHERE = About()


def record(
    *,
    action: Action,
    actor: User | None,
    now: datetime,
    about: About = NOWHERE,
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add a line to the audit log. `details` never hold personal data, secrets or what was read."""
    return AuditEntry.objects.create(
        at=now,
        actor=actor,
        action=action,
        purpose=purpose,
        details=dict(details or {}),
        region_code=about.region_code,
        organization_id=about.organization_id,
        kind=about.kind,
        case_id=about.case_id,
        restricted=about.restricted,
    )
