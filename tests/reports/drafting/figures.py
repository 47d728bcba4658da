"""Figures made up for tests of wording: no record behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from reports.drafting.references import Reference, reference_of
from reports.drafting.sources import Cited

Number = int | Decimal


@dataclass
class MadeUp:
    """What is not named is nothing; rates are given with their parts."""

    values: Mapping[str, int | tuple[int, int]] = field(default_factory=dict)
    year_before: Mapping[str, Number] = field(default_factory=dict)

    def find(self, reference: Reference) -> Cited:
        given = self.values.get(reference.name)
        link = (f"https://casetrack.example/{reference.measure}",)
        before = self.year_before.get(reference.name)
        if isinstance(given, tuple):
            rate = Decimal(100 * given[0]) / given[1] if given[1] else None
            return Cited(reference, rate, *given, year_before=before, links=link)
        nothing = None if reference.indicator.is_rate or reference.indicator.is_reported else 0
        return Cited(reference, nothing if given is None else given, year_before=before, links=link)


def named(words: str) -> Reference:
    return reference_of(words.split())
