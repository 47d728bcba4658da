"""From what bodies reported to figures: sums of counts, and shares that were stated or follow from two counts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from casetrack.lib.months import Period
from casetrack.organizations.reported.choices import Qualifier, together
from casetrack.stats.figures import Coverage, Figure, per_cent
from casetrack.stats.indicators import Indicator
from casetrack.stats.reported import Name, Reported, Told


def figure_of(
    indicator: Indicator, dimensions: Mapping[str, str], told: Reported, period: Period, behind: Mapping[str, Any]
) -> Figure | None:
    """The figure, or None where there is nothing that says it."""
    name = (indicator.subject, indicator.measure)
    if indicator.is_rate:
        return share_of(indicator, name, told, period, behind)
    found = told.of(name, dimensions)
    if not found:
        return None
    qualifier, coverage = together(each.qualifier for each in found), coverage_of(found, period)
    return Figure(indicator, dimensions, whole(found), behind, qualifier=qualifier, coverage=coverage)


def share_of(
    indicator: Indicator, name: Name, told: Reported, period: Period, behind: Mapping[str, Any]
) -> Figure | None:
    """From the counts where they were reported; otherwise as stated for exactly this place and these days."""
    if name in told.computed:
        parts, base = (told.of((name[0], term.name), {}) for term in (indicator.terms[0], indicator.base[0]))
        exact = all(each.qualifier is Qualifier.EXACT for each in (*parts, *base))
        return Figure(
            indicator,
            {},
            per_cent(whole(parts), whole(base)),
            behind,
            whole(parts),
            whole(base),
            qualifier=Qualifier.EXACT if exact else Qualifier.APPROXIMATE,
            coverage=coverage_of(base, period),
        )
    statement = told.stated.get(name)
    if statement is None:
        return None
    qualifier = Qualifier(statement.qualifier)
    return Figure(indicator, {}, statement.value, behind, qualifier=qualifier, coverage=Coverage(complete=True))


def whole(found: Sequence[Told]) -> int:
    return int(sum((each.value for each in found), Decimal(0)))


def coverage_of(found: Sequence[Told], period: Period) -> Coverage:
    entries = [entry for each in found for entry in each.periods]
    bodies = sum(each.bodies for each in found)
    complete = sum(each.days * count for each, count in entries) == bodies * period.days
    if not all(each.is_whole_months for each in (period, *(each for each, _ in entries))):
        return Coverage(complete)
    months = sum(len(each.months) * count for each, count in entries)
    return Coverage(complete, months, bodies * len(period.months))
