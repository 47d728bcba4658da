"""Figures read from the registers: committees and mediators on a day, trainings held in a period."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from casetrack.organizations.choices import Sex
from casetrack.organizations.models import Mediator, Organization, Training
from casetrack.organizations.moving import lay_under
from casetrack.stats.dimensions import UNSPECIFIED
from casetrack.stats.indicators import Indicator
from casetrack.stats.questions import Days, Key, Place, in_place

COLLEGE = Q(education__regex="大专|专科|本科|大学|研究生|硕士|博士|学士")
HIGH_SCHOOL = Q(education__regex="高中|中专|技校|中技|职高")
MEDIATORS: Mapping[str, Q] = {
    "mediators": Q(),
    "mediators_full_time": Q(full_time=True),
    "mediators_part_time": Q(full_time=False),
    "mediators_male": Q(sex=Sex.MALE),
    "mediators_female": Q(sex=Sex.FEMALE),
    "mediators_of_college": COLLEGE,
    "mediators_of_high_school": HIGH_SCHOOL & ~COLLEGE,
}
"""Which mediators a figure counts. Registers write the education in words of their own."""
COMMITTEE_KIND = {
    "mediation_committees": "committee_kind",
    **dict.fromkeys(MEDIATORS, "organization__committee_kind"),
}


def rows_behind(
    indicator: Indicator, place: Place, days: Days, dimensions: Mapping[str, str] | None = None
) -> QuerySet[Any]:
    """The committees, mediators or trainings that a figure counts."""
    rows = chosen(indicator, place, days)
    for name, value in (dimensions or {}).items():
        if name == "committee_kind":
            rows = rows.filter(**{COMMITTEE_KIND[indicator.measure]: "" if value == UNSPECIFIED else value})
    return rows


def chosen(indicator: Indicator, place: Place, days: Days) -> QuerySet[Any]:
    day = days.period.end
    if indicator.measure == "mediation_committees":
        return Organization.objects.committees_on(day).filter(lay_there(place, day))
    if indicator.measure in MEDIATORS:
        serving = Mediator.objects.serving_on(day).filter(lay_there(place, day, organization="organization"))
        return serving.filter(MEDIATORS[indicator.measure])
    return Training.objects.held_between(days.period.start, day).filter(in_place(place, region="region"))


def lay_there(place: Place, day: date, *, organization: str = "") -> Q:
    """That an organization lay in the place on the day; or lies there, where they are counted as they are now."""
    if place.organization or place.now:
        region = f"{organization}__region" if organization else "region"
        return in_place(place, region=region, organization=organization or "pk")
    return lay_under(place.region, day, organization=organization)


def count(indicator: Indicator, place: Place, days: Days, by: tuple[str, ...]) -> dict[Key, int]:
    rows = chosen(indicator, place, days)
    summed = Sum("attendance") if indicator.measure == "attendance" else Count("pk")
    if not by:
        return {(): rows.aggregate(n=summed)["n"] or 0}
    field = COMMITTEE_KIND[indicator.measure]
    return {(row[field] or UNSPECIFIED,): row["n"] for row in rows.values(field).annotate(n=summed).order_by()}
