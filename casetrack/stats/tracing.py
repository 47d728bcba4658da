"""From a figure back to what lies behind it: the count of that list is the figure, always."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet, Sum

from casetrack.cases.models import Case, Milestone
from casetrack.stats import registers
from casetrack.stats.asking import breakdowns_asked, days_of, place_of
from casetrack.stats.dimensions import UNSPECIFIED, from_opening
from casetrack.stats.from_events import any_of
from casetrack.stats.from_events import behind as behind_term
from casetrack.stats.indicators import SUBJECTS, Counted, Form, Indicator, Term
from casetrack.stats.questions import Days, Place, in_place
from casetrack.stats.refusals import StatisticsRefused

Part = Literal["value", "numerator", "denominator"]


def behind(query: Mapping[str, Any], part: Part = "value") -> QuerySet[Any]:
    """What a figure counts, one row for each: milestones of cases, or entries of the registers.

    `query` is a figure's `cases`. Of a rate, ask for its numerator or its denominator; of a change, these are the
    cases of this period and those of the year before, whose difference it shows.
    """
    indicator = indicator_of(query)
    place = place_of(region=query["region"], organization=query.get("organization"))
    days = days_of(first=day(query["from"]), last=day(query["to"]), as_of=day(query["as_of"]))
    if indicator.form is Form.REGISTER:
        return registers.rows_behind(indicator, place, days, query["dimensions"])
    return milestones(indicator, terms_of(indicator, part), place, days, query["dimensions"])


def cases_behind(query: Mapping[str, Any], part: Part = "value") -> QuerySet[Case]:
    """The cases of a figure, each once, however many hearings of it were counted."""
    if indicator_of(query).form is Form.REGISTER:
        raise StatisticsRefused("该指标取自名册，没有对应的案件")
    return Case.objects.filter(pk__in=behind(query, part).values("case"))


def total_of(query: Mapping[str, Any], part: Part = "value") -> int:
    """What the list adds up to: the figure itself, in cents for an amount."""
    indicator = indicator_of(query)
    rows = behind(query, part)
    if indicator.form is Form.REGISTER:
        column = "attendance" if indicator.measure == "attendance" else ""
    else:
        counted = terms_of(indicator, part)[0].counted
        column = counted.value if counted in (Counted.PERSONS, Counted.CENTS) else ""
    return (rows.aggregate(n=Sum(column))["n"] or 0) if column else rows.count()


def indicator_of(query: Mapping[str, Any]) -> Indicator:
    subject = SUBJECTS.get(query["subject"])
    if subject is None or query["measure"] not in subject.measures:
        raise StatisticsRefused(f"没有“{query['subject']}.{query['measure']}”这一指标")
    return subject.measures[query["measure"]]


def terms_of(indicator: Indicator, part: Part) -> tuple[Term, ...]:
    if indicator.is_rate and part == "value":
        raise StatisticsRefused(f"“{indicator.label}”是比率，请指明要查看分子还是分母的案件")
    return indicator.base if part == "denominator" else indicator.terms


def milestones(
    indicator: Indicator, terms: tuple[Term, ...], place: Place, days: Days, dimensions: Mapping[str, str]
) -> QuerySet[Milestone]:
    breakdowns_asked([list(dimensions)])
    rows = Milestone.objects.filter(in_place(place), any_of(behind_term(term, days) for term in terms))
    rows = rows.filter(kind=indicator.subject)
    for name, value in dimensions.items():
        if value == UNSPECIFIED and name in from_opening(indicator.subject):
            rows = rows.exclude(dimensions__has_key=name)
        else:
            rows = rows.filter(dimensions__contains={name: value})
    return rows


def day(text: str | date) -> date:
    return date.fromisoformat(text) if isinstance(text, str) else text
