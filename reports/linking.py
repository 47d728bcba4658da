"""From a figure to what lies behind it: where its cases are listed, its register, or the entries that state it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from casetrack.stats.figures import Figure
from casetrack.stats.indicators import Form
from casetrack.stats.tracing import Part


class Lists:
    """The addresses of a service that is reached at `root`, as https://casetrack.example/."""

    def __init__(self, root: str) -> None:
        self.cases, self.entries, self.registers = (
            root.rstrip("/") + reverse(name)
            for name in ("statistics-cases", "statistics-reported", "statistics-registers")
        )

    def behind(self, figure: Figure, part: Part = "value") -> str:
        """Of a rate, what its numerator counts, unless the other part is asked for."""
        in_register = figure.indicator.form is Form.REGISTER
        address = self.registers if in_register else self.entries if figure.indicator.is_reported else self.cases
        return f"{address}?{urlencode(asked_of(figure, part))}"


def asked_of(figure: Figure, part: Part = "value") -> dict[str, Any]:
    """The parameters of an address that name a figure, or a part of one, with its dimensions beside them."""
    query = {name: value for name, value in figure.cases.items() if name != "dimensions" and value is not None}
    if "organization" in query:
        del query["region"]
    listed = listed_part(figure, part)
    told = {} if listed == "value" else {"part": listed}
    return {**query, **figure.dimensions, **told}


def listed_part(figure: Figure, part: Part) -> Part:
    """A share that was stated as such has no parts, and what is read from a spread no numerator."""
    if not figure.indicator.is_rate or (figure.indicator.is_reported and figure.numerator is None):
        return "value"
    return "denominator" if part == "denominator" or figure.indicator.is_ranked else "numerator"
