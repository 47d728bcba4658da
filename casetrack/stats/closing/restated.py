"""A figure as it was published and as it is now, with the cases and the reported values that make the difference."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from casetrack.cases.models import Case, CaseEvent
from casetrack.organizations.models import ReportedFigure, ReportedVersion
from casetrack.stats.closing.gathering import Name
from casetrack.stats.indicators import SUBJECTS, Indicator

Parts = tuple[int, int]
"""What is counted for a figure: its terms, and of a rate the base."""
MOST_NAMED = 100
"""So many cases are written out with a figure, and the number of the others."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure: its value and what was counted for it."""

    value: int | Decimal | None
    parts: Parts


def nothing(name: Name) -> Stated:
    """What a figure is that is not listed: a rate of no cases and what nobody reported are none, anything else is 0."""
    indicator = SUBJECTS[name[0]].measures[name[3]]
    return Stated(None if indicator.is_rate or indicator.is_reported else 0, (0, 0))


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that counts otherwise than it did, and what was entered since. Hidden from whom it may not be shown."""

    case: Case
    before: Parts
    after: Parts
    events: Sequence[CaseEvent]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """What a body reported: the value that was published, the value that counts now, and all that was said since."""

    figure: ReportedFigure
    before: ReportedVersion | None
    after: ReportedVersion | None
    later: Sequence[ReportedVersion]


@dataclass(slots=True)
class Restated:
    """A figure as published and as it is now. The differences of cases and reported values, and `otherwise` (the
    registers, a definition), add up to its own.
    """

    name: Name
    published: Stated
    now: Stated
    moved: list[Moved] = field(default_factory=list)
    entries: list[Entered] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return SUBJECTS[self.name[0]].measures[self.name[3]]

    @property
    def differs(self) -> bool:
        """A rate of nothing was no figure, and is none."""
        return self.published != self.now and (self.published.value, self.now.value) != (None, None)

    @property
    def difference(self) -> Parts:
        (number, base), (number_now, base_now) = self.published.parts, self.now.parts
        return number_now - number, base_now - base

    @property
    def otherwise(self) -> Parts:
        if self.indicator.is_rate and self.entries:
            return 0, 0  # shares are not added up
        made = [sum(each.after[part] - each.before[part] for each in self.moved) for part in (0, 1)]
        before, after = (total([each.before for each in self.entries]), total([each.after for each in self.entries]))
        return self.difference[0] - made[0] - (after - before), self.difference[1] - made[1]

    def as_dict(self, *, most: int | None = None) -> dict[str, Any]:
        """Plain values for programs, with no more than `most` of the cases."""
        rate, moved = self.indicator.is_rate, self.moved[:most]
        return {
            "subject": self.name[0],
            "measure": self.name[3],
            "label": self.indicator.label,
            "unit": self.indicator.unit,
            "dimensions": dict(zip(self.name[1], self.name[2], strict=True)),
            "published": shown(self.published, rate=rate),
            "now": shown(self.now, rate=rate),
            "difference": counted(self.difference, rate=rate),
            "otherwise": counted(self.otherwise, rate=rate),
            "cases": [moved_as_dict(each, rate=rate) for each in moved],
            "cases_left_out": len(self.moved) - len(moved),
            "entries": [entered_as_dict(each) for each in self.entries],
        }


def total(versions: Sequence[ReportedVersion | None]) -> int:
    return int(sum((each.value for each in versions if each and each.value is not None), Decimal(0)))


def shown(found: Stated, *, rate: bool) -> dict[str, Any]:
    return {"value": None if found.value is None else float(found.value), **counted(found.parts, rate=rate)}


def counted(found: Parts, *, rate: bool) -> dict[str, int | None]:
    """What is counted: cases, times, persons, days, or cents of an amount."""
    return {"counted": found[0], "base": found[1] if rate else None}


def moved_as_dict(moved: Moved, *, rate: bool) -> dict[str, Any]:
    hidden = moved.hidden
    return {
        "case": None if hidden else moved.case.pk,
        "number": None if hidden else moved.case.number,
        "before": counted(moved.before, rate=rate),
        "after": counted(moved.after, rate=rate),
        "events": [] if hidden else [event_as_dict(event) for event in moved.events],
    }


def event_as_dict(event: CaseEvent) -> dict[str, Any]:
    return {
        "event": event.pk,
        "sequence": event.sequence,
        "step": event.step,
        "occurred_on": event.occurred_on.isoformat(),
        "recorded_at": localtime(event.recorded_at).isoformat(),
        "actor": str(event.actor) if event.actor else None,
        "replaces": event.replaces_id,
        "retracts": event.retracts,
        "reason": event.reason,
    }


def entered_as_dict(entered: Entered) -> dict[str, Any]:
    figure = entered.figure
    return {
        "reported": figure.pk,
        "organization": figure.organization_id,
        "organization_name": figure.organization.name,
        "measure": figure.measure,
        "before": value_of(entered.before),
        "after": value_of(entered.after),
        "versions": [version_as_dict(each) for each in entered.later],
    }


def value_of(version: ReportedVersion | None) -> float | None:
    return None if version is None or version.value is None else float(version.value)


def version_as_dict(version: ReportedVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "value": value_of(version),
        "entered_at": localtime(version.entered_at).isoformat(),
        "entered_by": str(version.entered_by) if version.entered_by else None,
        "source": version.source,
        "reason": version.reason,
    }
