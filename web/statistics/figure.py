"""/statistics/{subject}/{measure}/: one figure over the months, the places below and all that it divides by."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from casetrack.stats.figures import Figure
from casetrack.stats.indicators import Indicator, Subject
from casetrack.stats.questions import Place
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.unfolding import Asked as Wanted
from casetrack.stats.unfolding import Part, Unfolded, dimensions_of, unfold
from web.guards import Guarded
from web.statistics.asking import Asked, asked_in
from web.statistics.links import behind, carried, to_figure
from web.statistics.tables import around, line

MOST_BARS = 20


class Share(NamedTuple):
    """A row of a division: its name, its figure, where these lead, and what part of the whole it is."""

    label: str
    figure: Figure | None
    behind: str
    address: str = ""
    part: str = ""


class FigureView(Guarded, View):
    """An indicator unfolded, and how it came about."""

    def get(self, request: HttpRequest, subject: str, measure: str) -> HttpResponse:
        asked = asked_in(request)
        of, indicator = indicator_of(asked, subject, measure)
        found: dict[str, Any] = {}
        if not asked.refused:
            try:
                found = unfolded(asked, of, indicator)
            except StatisticsRefused as refused:
                asked.refused.append(str(refused))
        context = {**around(asked, of.code), "carried": carried(asked.data), "of": of, "indicator": indicator, **found}
        return render(request, "web/statistics/figure.html", context)


def indicator_of(asked: Asked, subject: str, measure: str) -> tuple[Subject, Indicator]:
    of = asked.subject(subject)
    if measure not in of.measures:
        raise Http404(measure)
    return of, of.measures[measure]


def unfolded(asked: Asked, of: Subject, indicator: Indicator) -> dict[str, Any]:
    found = unfold(wanted(asked, indicator))
    year = asked.period.end.year
    regions = [share_of(part, found, asked) for part in found.regions]
    return {
        "line": line(found.answer, None, found.figure, asked) if found.figure else None,
        "answer": found.answer,
        "years": (year, year - 1),
        "trend": list(trend(found)),
        "regions": regions,
        "offices": [share_of(part, found, asked) for part in found.offices],
        "divisions": divisions(of, indicator, found),
        "chart": {
            "unit": indicator.unit,
            "whole": not indicator.decimals,
            "labels": [f"{number}月" for number in range(1, 13)],
            "series": [
                {"name": f"{year}年", "values": numbers(found.months)},
                {"name": f"{year - 1}年", "values": numbers(found.months_before)},
            ],
            "parts": bars(found.regions or found.offices),
        },
    }


def wanted(asked: Asked, indicator: Indicator) -> Wanted:
    place = Place(asked.region, asked.name, asked.organization, asked.name if asked.organization else "")
    days = (asked.period.start, asked.period.end, asked.cutoff)
    return Wanted(indicator, place, *days, known_on=asked.known_on, scope=asked.scope)


def trend(found: Unfolded) -> Sequence[tuple[str, Figure | None, str, Figure | None, str]]:
    """A row a month: this year's figure and that of the year before, each with its list."""
    rows = []
    for number in range(12):
        now = found.months[number] if number < len(found.months) else None
        ago = found.months_before[number] if number < len(found.months_before) else None
        rows.append((f"{number + 1}月", now, list_of(now), ago, list_of(ago)))
    return rows


def divisions(of: Subject, indicator: Indicator, found: Unfolded) -> list[tuple[str, list[Share]]]:
    """For each dimension its groups, those with nothing left out."""
    shown = []
    for name in dimensions_of(indicator):
        field = of.dimension(name)
        rows = [
            Share(next(iter(each.dimension_labels.values())), each, list_of(each), part=part_of(each, found.figure))
            for each in found.groups(name)
            if each.value
        ]
        if field and rows:
            shown.append((field.label, rows))
    return shown


def share_of(part: Part, found: Unfolded, asked: Asked) -> Share:
    """A place below: its name leads to its own figure, its number to the list behind it."""
    names = (found.figure.subject, found.figure.measure) if found.figure else ("", "")
    inside = (
        {"organization": part.organization, "under": None}
        if part.organization
        else {"under": part.region, "organization": None}
    )
    address = to_figure(names, asked.data, **inside) if found.figure else ""
    return Share(part.name, part.figure, list_of(part.figure), address, part_of(part.figure, found.figure))


def part_of(figure: Figure | None, whole: Figure | None) -> str:
    """What share of the whole, where parts add up to it."""
    if figure is None or whole is None or figure.indicator.is_rate or not whole.value or figure.value is None:
        return ""
    return f"{100 * Decimal(figure.value) / Decimal(whole.value):.1f}%"


def list_of(figure: Figure | None) -> str:
    """What adds up to it; of a rate, what its numerator counts."""
    return behind(figure) if figure and (figure.value or figure.denominator) else ""


def numbers(figures: Sequence[Figure | None]) -> list[float | None]:
    return [None if each is None or each.value is None else float(each.value) for each in figures]


def bars(parts: Sequence[Part]) -> list[tuple[str, float]]:
    """The places below with the most, in order."""
    found = [(part.name, float(part.figure.value)) for part in parts if part.figure and part.figure.value is not None]
    return sorted(found, key=lambda bar: -bar[1])[:MOST_BARS]
