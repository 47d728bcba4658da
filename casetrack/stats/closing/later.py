"""Of many closed months at once, how much was entered since about their days: which of them to look into.

What of it moves which figure the restatement of a month tells. Here only entries are counted, a query for those of
cases, one for moves of offices and one for values of bodies, whatever there is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from casetrack.cases.models import CaseEvent
from casetrack.kinds import KINDS
from casetrack.kinds.base import ORGANIZATION
from casetrack.organizations.divisions import is_under
from casetrack.organizations.models import FormerRegion, Organization, ReportedVersion
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import days_of, is_cleared

Row = tuple[int, int, int, datetime | None]
"""An edition, how many cases (or figures), of how many entries, and when the last was entered."""


@dataclass(frozen=True, slots=True)
class Since:
    """A closed month, by its latest edition, and what was entered after that one about its days."""

    edition: Edition
    cases: int = 0
    events: int = 0
    moves: int = 0
    values: int = 0
    last_at: datetime | None = None

    def with_more(
        self, at: datetime | None, *, cases: int = 0, events: int = 0, moves: int = 0, values: int = 0
    ) -> Self:
        return replace(
            self,
            cases=self.cases + cases,
            events=self.events + events,
            moves=self.moves + moves,
            values=self.values + values,
            last_at=max((each for each in (self.last_at, at) if each), default=None),
        )


def entered_since(editions: Sequence[Edition], *, scope: Scope = EVERYTHING, subject: str = "") -> list[Since]:
    """In the order of the editions; cases that the reader is not cleared for are not counted."""
    found = {edition.pk: Since(edition) for edition in editions}
    for pk, cases, events, last in events_since(editions, scope, subject):
        found[pk] = found[pk].with_more(last, cases=cases, events=events)
    for edition, row in moves_since(editions):
        found[edition.pk] = found[edition.pk].with_more(row.entered_at, moves=1)
    for pk, _, values, last in values_since(editions, scope, subject):
        found[pk] = found[pk].with_more(last, values=values)
    return list(found.values())


def events_since(editions: Iterable[Edition], scope: Scope, subject: str) -> list[Row]:
    """Those of cases that are there, and those that took a case away from an office there."""
    parts = []
    for edition in editions:
        there = within("case__region_code", edition.region_id)
        kinds = kinds_open(edition, scope, subject)
        last = max((days_of(edition, kind).last for kind in kinds), default=edition.month)
        later = CaseEvent.objects.entered_about(last, after=edition.mark).filter(open_to(edition, scope, kinds))
        parts.append(counted(edition, later.filter(there), of="case"))
        office = Cast(KeyTextTransform(ORGANIZATION, "replaces__facts"), BigIntegerField())
        offices = Organization.objects.filter(within("region", edition.region_id)).values("pk")
        corrected = later.filter(replaces__isnull=False, replaces__facts__has_key=ORGANIZATION)
        left = corrected.alias(office=office).filter(office__in=offices).exclude(there)
        parts.append(counted(edition, left, of="case"))
    return together(parts)


def open_to(edition: Edition, scope: Scope, kinds: Iterable[str]) -> Q:
    """About the days of the month, and of cases whose figures the reader sees whole."""
    found = Q(pk__in=[])
    for kind in kinds:
        last = days_of(edition, kind).last
        shown = Q() if is_cleared(edition, kind, scope) else Q(case__restricted=False)
        about = Q(occurred_on__lte=last) | Q(replaces__occurred_on__lte=last)
        found |= Q(case__kind=kind) & about & shown
    return found


def kinds_open(edition: Edition, scope: Scope, subject: str) -> list[str]:
    return [
        kind
        for kind in KINDS
        if kind in edition.days
        and subject in ("", kind)
        and scope.allows(region_code=edition.region_id, organization_id=None, kind=kind)
    ]


def values_since(editions: Iterable[Edition], scope: Scope, subject: str) -> list[Row]:
    parts = []
    for edition in editions:
        new = Q(entered_at__gt=edition.published_at) if edition.value_mark is None else Q(pk__gt=edition.value_mark)
        about = Q(pk__in=[])
        for code in (each for each in edition.days if subject in ("", each)):
            days = days_of(edition, code)
            about |= Q(figure__subject=code, figure__first__gte=days.first, figure__last__lte=days.last)
        rows = ReportedVersion.objects.in_scope(scope).under(edition.region_id).filter(new, about)
        parts.append(counted(edition, rows, of="figure", at="entered_at"))
    return together(parts)


def counted(edition: Edition, rows: QuerySet[Any], *, of: str, at: str = "recorded_at") -> QuerySet[Any]:
    """One row, or none where there is nothing."""
    by_edition = rows.order_by().annotate(edition=Value(edition.pk, BigIntegerField())).values("edition")
    sums = by_edition.annotate(of=Count(of, distinct=True), n=Count("pk"), last=Max(F(at)))
    found: QuerySet[Any] = sums.values_list("edition", "of", "n", "last")
    return found


def together(parts: Sequence[QuerySet[Any]]) -> list[Row]:
    return list(parts[0].union(*parts[1:], all=True)) if parts else []


def moves_since(editions: Sequence[Edition]) -> list[tuple[Edition, FormerRegion]]:
    """The moves of offices, into a region, within it or out of it, that were entered later: few, and nearly none."""
    if not editions:
        return []
    first = min(edition.mark for edition in editions)
    moves = list(FormerRegion.objects.filter(mark__gt=first).select_related("organization"))
    return [(edition, row) for edition in editions for row in moves if touches(row, edition)]


def touches(row: FormerRegion, edition: Edition) -> bool:
    """Cases that came in from the day of the move on count elsewhere by it."""
    last = max(days_of(edition, kind).last for kind in KINDS if kind in edition.days)
    there = (row.region_id, row.organization.region_id)
    return row.mark > edition.mark and row.until <= last and any(is_under(code, edition.region_id) for code in there)
