"""What one check of the doctor finds."""

from datetime import datetime

from django.utils.timezone import now

from workers.doctoring import CHECKS
from workers.doctoring.examining import examine
from workers.doctoring.findings import Visit


def found(name: str, *, at: datetime | None = None, trial: bool = False) -> list[str]:
    """What a check says, with its level before it."""
    at = at or now()
    (one,) = examine([check for check in CHECKS if check.name == name], Visit(at, at.date(), trial))
    assert not one.skipped
    return [f"{finding.level}: {finding.said}" for finding in one.findings]
