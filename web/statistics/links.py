"""Where figures lead: to what lies behind them, to one figure unfolded, to what an indicator means."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from casetrack.stats.figures import Figure
from casetrack.stats.tracing import Part
from reports.linking import asked_of
from web.statistics.asking import NAMES


def behind(figure: Figure, part: Part = "value") -> str:
    """The page that lists what a figure counts."""
    return f"{reverse('statistics-behind')}?{urlencode(asked_of(figure, part))}"


def carried(data: QueryDict, **changed: str | int | None) -> str:
    """The place and the days of an address, but for what changes."""
    asked: dict[str, str | int | None] = {name: data.get(name, "").strip() for name in NAMES}
    asked |= changed
    return urlencode({name: value for name, value in asked.items() if value not in (None, "")})


def to_figure(figure_of: tuple[str, str], data: QueryDict, **changed: str | int | None) -> str:
    """One indicator unfolded, in the same place and days."""
    return f"{reverse('statistics-figure', args=figure_of)}?{carried(data, **changed)}"
