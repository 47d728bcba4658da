"""Figures read from the registers: committees and mediators on a day, trainings held in a period."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

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
TEAMS, MEETINGS = frozenset({"mediation_committees"}), frozenset({"sessions", "attendance"})
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
    return entered(indicator.measure, place, days).filter(MEDIATORS.get(indicator.measure, Q()))


def entered(measure: str, place: Place, days: Days) -> QuerySet[Any]:
    """What the register holds that a measure is read from."""
    day = days.period.end
    if measure in TEAMS:
        return Organization.objects.committees_on(day).filter(lay_there(place, day))
    if measure in MEDIATORS:
        return Mediator.objects.serving_on(day).filter(lay_there(place, day, organization="organization"))
    return Training.objects.held_between(days.period.start, day).filter(in_place(place, region="region"))


def lay_there(place: Place, day: date, *, organization: str = "") -> Q:
    """That an organization lay in the place on the day; or lies there, where they are counted as they are now."""
    if place.organization or place.now:
        region = f"{organization}__region" if organization else "region"
        return in_place(place, region=region, organization=organization or "pk")
    return lay_under(place.region, day, organization=organization)


def count(indicators: Sequence[Indicator], place: Place, days: Days, by: tuple[str, ...]) -> dict[str, dict[Key, int]]:
    """By measure; one query for each register, however many figures are read from it."""
    found: dict[str, dict[Key, int]] = {each.measure: {} for each in indicators}
    for together in (TEAMS, frozenset(MEDIATORS), MEETINGS):
        measures = [each.measure for each in indicators if each.measure in together]
        if measures:
            rows = entered(measures[0], place, days)
            summed = {f"n_{measure}": summed_for(measure) for measure in measures}
            field = COMMITTEE_KIND[measures[0]] if by else ""
            groups = rows.values(field).annotate(**summed).order_by() if by else [rows.aggregate(**summed)]
            for group in groups:
                key = (group[field] or UNSPECIFIED,) if by else ()
                for measure in measures:
                    found[measure][key] = group[f"n_{measure}"] or 0
    return found


def summed_for(measure: str) -> Aggregate:
    if measure == "attendance":
        return Sum("attendance")
    return Count("pk", filter=MEDIATORS.get(measure, Q()) or None)
