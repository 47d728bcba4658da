"""What the closed months of a year published, together: only where they say it without a doubt.

A year is published month by month. What happened in it adds up over twelve editions; what was carried over stands in
the first of them and what is pending in the last. Shares follow from their parts where both happened in the months.
Anything else, and a year not closed throughout, has no published figure: claims are held against the current one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from casetrack.kinds import KINDS
from casetrack.organizations.scope import Scope
from casetrack.stats.closing.gathering import published_breakdowns
from casetrack.stats.closing.models import Edition, PublishedFigures
from casetrack.stats.closing.published import is_cleared
from casetrack.stats.closing.publishing import for_reader
from casetrack.stats.dimensions import in_order, name_of
from casetrack.stats.indicators import Form, Indicator, Window
from reports.checking.claims import Claim
from reports.checking.record.held import TIMES, groups_of

MONTHS = 12
NOTHING: Mapping[str, Any] = {"v": "0", "n": 0, "b": 0}
FIRST_ONLY, LAST_ONLY = {Window.CARRIED_OVER}, {Window.PENDING}


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of a year as its months were published."""

    value: Fraction
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True, slots=True)
class ClosedYear:
    """The standing editions of all months of a year, the first first, with the figures of the region itself."""

    editions: tuple[Edition, ...]
    rows: Mapping[tuple[int, str, str], PublishedFigures]
    scope: Scope

    def find(self, claim: Claim, indicator: Indicator, first: date, last: date) -> Published | None:
        editions, by = self.counting(indicator), in_order(claim.subject, claim.dimensions)
        if not editions or by not in published_breakdowns(claim.subject) or not self.covers(claim.subject, first, last):
            return None
        entries = [self.entry(edition, claim, group) for edition in editions for group in groups_of(claim)]
        if indicator.form in TIMES:
            numerator, denominator = (sum(int(each[part] or 0) for each in entries) for part in ("n", "b"))
            if not denominator:
                return None
            return Published(Fraction(TIMES[indicator.form] * numerator, denominator), numerator, denominator)
        return Published(sum((Fraction(each["v"] or "0") for each in entries), Fraction(0)), None, None)

    def counting(self, indicator: Indicator) -> Sequence[Edition]:
        """The editions whose figures add up to that of the year; none where they do not."""
        if indicator.subject not in KINDS or indicator.form not in (Form.COUNT, Form.AMOUNT, Form.RATE, Form.MEAN):
            return ()
        windows = {term.window for term in (*indicator.terms, *indicator.base)}
        if windows == {Window.FLOW}:
            return self.editions
        if indicator.form is Form.COUNT and windows == FIRST_ONLY:
            return self.editions[:1]
        return self.editions[-1:] if indicator.form is Form.COUNT and windows == LAST_ONLY else ()

    def covers(self, subject: str, first: date, last: date) -> bool:
        """Whether the months follow upon one another from the first day asked for to the last."""
        days = [each.days.get(subject) for each in self.editions]
        if len(days) != MONTHS or not all(days):
            return False
        spans = [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in filter(None, days)]
        follow = all(one[1] + timedelta(days=1) == next_[0] for one, next_ in zip(spans, spans[1:], strict=False))
        return follow and (spans[0][0], spans[-1][1]) == (first, last)

    def entry(self, edition: Edition, claim: Claim, group: Mapping[str, str]) -> Mapping[str, Any]:
        """What an edition lists for a group; what is not listed was nothing."""
        by = in_order(claim.subject, group)
        row = self.rows.get((edition.pk, claim.subject, name_of(by)))
        wanted = (claim.measure, [group[name] for name in by])
        found = next((each for each in (row.figures if row else []) if (each["m"], each["d"]) == wanted), None)
        return for_reader(found, cleared=is_cleared(edition, claim.subject, self.scope)) if found else NOTHING


def closed_year(region: str, year: int, subjects: Sequence[str], scope: Scope) -> ClosedYear | None:
    """The editions of a year where all its months are closed, read in two questions."""
    within = Edition.objects.filter(region=region, month__year=year).latest_of_months()
    editions = tuple(within.order_by("month"))
    if len(editions) < MONTHS:
        return None
    rows = PublishedFigures.objects.filter(
        edition__in=editions, region_code=region, organization=None, subject__in=list(subjects)
    )
    return ClosedYear(editions, {(row.edition_id, row.subject, row.breakdown): row for row in rows}, scope)
