"""Periods as people name them in an address: a year, a half, a quarter, a month, or any days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casetrack.lib.months import EARLIEST, Period, last_day

MONTHS_OF = {"year": 12, "h": 6, "q": 3, "m": 1}
WORDS = {"year": "全年", "h1": "上半年", "h2": "下半年", **{f"q{n}": f"第{n}季度" for n in (1, 2, 3, 4)}}
SPANS: Mapping[str, str] = {**WORDS, **{f"m{n}": f"{n}月" for n in range(1, 13)}}


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a year: `year`, `h1`, `q3`, `m11`."""

    year: int
    name: str

    @property
    def length(self) -> int:
        return MONTHS_OF["year" if self.name == "year" else self.name[0]]

    @property
    def number(self) -> int:
        """Which one of its year, from 0."""
        return 0 if self.name == "year" else int(self.name[1:]) - 1

    @property
    def period(self) -> Period:
        first = self.number * self.length + 1
        return Period(date(self.year, first, 1), last_day(date(self.year, first + self.length - 1, 1)))

    @property
    def label(self) -> str:
        return f"{self.year}年{'' if self.name == 'year' else SPANS[self.name]}"

    def beside(self, count: int) -> "Span":
        """The one so many of its kind later, or earlier."""
        in_year = 12 // self.length
        year, number = divmod(self.year * in_year + self.number + count, in_year)
        return Span(year, "year" if self.name == "year" else f"{self.name[0]}{number + 1}")


def span_in(year: str, name: str, today: date) -> Span:
    """What an address names; of what it does not name, or cannot mean, the present."""
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else today.year
    return Span(min(max(number, EARLIEST.year), today.year), name if name in SPANS else "year")


def label_of(period: Period) -> str:
    return f"{period.start.isoformat()}至{period.end.isoformat()}"
