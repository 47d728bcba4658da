"""Where figures lead: to what lies behind them, to one figure unfolded, to what an indicator means."""

from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from casetrack.stats.figures import Figure
from casetrack.stats.tracing import Part
from reports.linking import Lists, asked_of
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


def lists_of(root: str) -> list[str]:
    """Where programs find the lists that one page of ours shows all of."""
    found = Lists(root)
    return [found.cases, found.entries, found.registers]


def page_of_list(address: str) -> str:
    """The page that shows what an address of a list for programs does; empty for any other."""
    path, _, query = urlsplit(address).geturl().partition("?")
    known = [urlsplit(each).path for each in lists_of("/")]
    return f"{reverse('statistics-behind')}?{query}" if urlsplit(path).path in known else ""


def with_pages(text: str, root: str) -> str:
    """Markup that leads to lists for programs, leading to our pages instead."""
    for each in lists_of(root):
        text = text.replace(f'href="{each}?', f'href="{reverse("statistics-behind")}?')
    return text
