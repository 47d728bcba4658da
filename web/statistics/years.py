"""/statistics/{subject}/{measure}/years/: a figure beside the same days of earlier years."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from casetrack.stats.comparing import Comparison, compared
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import Indicator
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.unfolding import over_years
from web.guards import Guarded
from web.statistics.asking import Asked, asked_in
from web.statistics.figure import indicator_of, list_of, numbers, wanted
from web.statistics.links import carried, to_figure
from web.statistics.tables import around

YEARS = 8
Row = tuple[int, Figure | None, str, str, Comparison | None]


class YearsView(Guarded, View):
    """One row a year, the latest first, each with its list and how it changed, from the first year that has any."""

    def get(self, request: HttpRequest, subject: str, measure: str) -> HttpResponse:
        asked = asked_in(request)
        of, indicator = indicator_of(asked, subject, measure)
        found: dict[str, Any] = {}
        if not asked.refused:
            try:
                found = years_read(asked, indicator)
            except StatisticsRefused as refused:
                asked.refused.append(str(refused))
        context = {**around(asked, of.code), "carried": carried(asked.data), "of": of, "indicator": indicator, **found}
        return render(request, "web/statistics/years.html", context)


def years_read(asked: Asked, indicator: Indicator) -> dict[str, Any]:
    answers = over_years(wanted(asked, indicator), YEARS)
    rows = [row(answers, place, indicator, asked) for place in range(len(answers))]
    while rows and not (rows[-1][1] and (rows[-1][1].value or rows[-1][1].denominator)):
        rows.pop()
    chart = {
        "unit": indicator.unit,
        "whole": not indicator.decimals,
        "labels": [f"{each[0]}年" for each in reversed(rows)],
        "series": [{"name": indicator.label, "values": numbers([each[1] for each in reversed(rows)])}],
        "parts": [],
    }
    return {"rows": rows, "chart": chart if len(rows) > 1 else None}


def row(answers: list[Answer], place: int, indicator: Indicator, asked: Asked) -> Row:
    """The figure of a year: where its number and its year lead, and how it stands to the year before it."""
    answer = answers[place]
    figure, earlier = figure_in(answer, indicator), None
    if place + 1 < len(answers):
        earlier = figure_in(answers[place + 1], indicator)
    change = compared(figure.value, earlier.value, indicator.unit) if figure and earlier else None
    names = (indicator.subject, indicator.measure)
    return answer.last.year, figure, list_of(figure), to_figure(names, asked.data, **period_of(asked, answer)), change


def figure_in(answer: Answer, indicator: Indicator) -> Figure | None:
    return answer.find(indicator.subject, indicator.measure)


def period_of(asked: Asked, answer: Answer) -> dict[str, str]:
    """How an address names the same days of that year."""
    if asked.span:
        return {
            "year": str(answer.last.year),
            "span": asked.span.name,
            "as_of": day(answer.as_of) if asked.as_of else "",
        }
    return {"from": day(answer.first), "to": day(answer.last), "as_of": day(answer.as_of) if asked.as_of else ""}


def day(when: date) -> str:
    return when.isoformat()
