"""What an organization's month holds: the numbers it confirms, and a digest by which any later change is noticed."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from casetrack.cases.models import Milestone
from casetrack.kinds import KINDS
from casetrack.lib.months import Period
from casetrack.organizations.models import Organization

WHOLE, OPEN = "whole", "open"
"""Of all cases, and of those that readers see who are not cleared for accusations."""
STOCK = ("received", "closed")

Numbers = dict[str, dict[str, int]]


@dataclass(slots=True)
class Contents:
    """By kind of case what was received, closed and left pending; only kinds of which there is any."""

    counts: dict[str, Numbers] = field(default_factory=lambda: {WHOLE: {}, OPEN: {}})
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def is_zero(self) -> bool:
        """Whether nothing came in and nothing was closed; what is pending from before is no report."""
        return not any(kind["received"] or kind["closed"] for kind in self.counts[WHOLE].values())

    def add(self, variant: str, kind: str, name: str, number: int) -> None:
        self.counts[variant].setdefault(kind, {"received": 0, "closed": 0, "pending": 0})[name] += number


def days_of_month(month: date, region: str, subject: str = "") -> Period:
    """Which days a month means there."""
    return settings.REPORTING_PERIODS.month(month, region=region, subject=subject)


def contents(offices: Sequence[Organization], month: date) -> dict[int, Contents]:
    """The month of each of some organizations, in two queries however many they are."""
    found = {office.pk: Contents() for office in offices}
    if not found:
        return found
    groups = list(groups_of(offices, month))
    rows = rows_in(groups)
    for row in rows:
        for variant in variants(row["restricted"]):
            if row["name"] in STOCK:
                found[row["organization"]].add(variant, row["kind"], row["name"], 1)
    for row in pendings(groups):
        for variant in variants(row["restricted"]):
            found[row["organization"]].add(variant, row["kind"], "pending", row["entered"] - row["left"])
    for pk, digests in digests_of(rows).items():
        found[pk].digests = digests
    for held in found.values():
        held.counts = {of: {kind: n for kind, n in by.items() if any(n.values())} for of, by in held.counts.items()}
        held.digests = {of: digest_with(held.digests.get(of, ""), by) for of, by in held.counts.items()}
    return found


def variants(restricted: bool) -> tuple[str, ...]:
    return (WHOLE,) if restricted else (WHOLE, OPEN)


@dataclass(frozen=True, slots=True)
class Group:
    """Organizations and kinds for which the month means the same days."""

    period: Period
    kinds: tuple[str, ...]
    offices: tuple[int, ...]

    @property
    def those(self) -> Q:
        return Q(organization__in=self.offices, kind__in=self.kinds)


def groups_of(offices: Sequence[Organization], month: date) -> Iterator[Group]:
    by_periods: dict[tuple[Period, ...], list[int]] = {}
    for office in offices:
        periods = tuple(days_of_month(month, office.region_id, kind) for kind in KINDS)
        by_periods.setdefault(periods, []).append(office.pk)
    for periods, members in by_periods.items():
        for period in dict.fromkeys(periods):
            kinds = tuple(kind for kind, own in zip(KINDS, periods, strict=True) if own == period)
            yield Group(period, kinds, tuple(members))


def any_of(conditions: Iterable[Q]) -> Q:
    together = Q(pk__in=[])
    for condition in conditions:
        together |= condition
    return together


def rows_in(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """All that figures count of these months."""
    chosen = any_of(each.those & Q(happened_on__range=(each.period.start, each.period.end)) for each in groups)
    order = ("organization", "case", "name", "happened_on", "pk")
    return list(Milestone.objects.filter(chosen).order_by(*order).values(*SAID, "organization", "restricted"))


SAID = ("kind", "case", "name", "happened_on", "received_on", "dimensions", "persons", "cents", "in_time")


def pendings(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """What had come in and what of it had gone out by the end of the month."""
    chosen = any_of(each.those & Q(name__in=STOCK, happened_on__lte=each.period.end) for each in groups)
    rows = Milestone.objects.filter(chosen).values("organization", "kind", "restricted")
    entered, left = Q(name="received"), Q(name="closed")
    sums = rows.annotate(entered=Count("pk", filter=entered), left=Count("case", distinct=True, filter=left))
    return [dict(row) for row in sums.order_by()]


def digests_of(rows: Iterable[dict[str, Any]]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        said = [sorted(value.items()) if isinstance(value, dict) else value for value in (row[name] for name in SAID)]
        for variant in variants(row["restricted"]):
            digest = found.setdefault(row["organization"], {}).setdefault(variant, hashlib.sha256())
            digest.update(f"{said}\n".encode())
    return {pk: {variant: digest.hexdigest() for variant, digest in own.items()} for pk, own in found.items()}


def digest_with(digest: str, counts: Numbers) -> str:
    """With what is pending, which rows of earlier months make."""
    pending = Counter({kind: numbers["pending"] for kind, numbers in counts.items()})
    return hashlib.sha256(f"{digest}{sorted(pending.items())}".encode()).hexdigest()
