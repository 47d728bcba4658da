"""Months, as statistics mean them: named by their first day."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WRITTEN = re.compile(r"(\d{4})-(\d{2})")
YEAR = re.compile("[0-9]{4}")
EARLIEST = date(1949, 10, 1)
"""The first day of the People's Republic: an earlier one is a slip of the pen, wherever it is written."""


def month_of(day: date) -> date:
    """The month a day belongs to."""
    return date(day.year, day.month, 1)


def last_day(month: date) -> date:
    """The last day of the month that this day belongs to."""
    return date(month.year, month.month, monthrange(month.year, month.month)[1])


def last_whole_month(day: date) -> date:
    """The last day of the latest month that is over by the end of a day."""
    return day if day == last_day(day) else month_of(day) - timedelta(days=1)


def add_months(month: date, count: int) -> date:
    """The month so many later, or earlier; always its first day."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, index + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """How many months later the one is: 0 within a month, negative backwards."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_range(first: date, last: date) -> list[date]:
    """Every month from the one of `first` to the one of `last`, both included."""
    return [add_months(first, count) for count in range(months_between(first, last) + 1)]


def parse_month(text: str) -> date:
    """2024-05 as a month."""
    found = WRITTEN.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or not int(found[1]):
        raise ValueError(f"{text!r} 不是月份，应写作 2024-05")
    return date(int(found[1]), int(found[2]), 1)


def parse_year(text: str) -> int:
    """2024 as a year."""
    if not YEAR.fullmatch(text) or not int(text):
        raise ValueError(f"“{text}”不是年份，应写作2024")
    return int(text)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"期间的结束日 {self.end} 早于开始日 {self.start}")

    @classmethod
    def of_month(cls, month: date) -> "Period":
        return cls(month_of(month), last_day(month))

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start} – {self.end}"

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def months(self) -> list[date]:
        """Every month it touches."""
        return month_range(self.start, self.end)

    @property
    def is_whole_months(self) -> bool:
        return self.start == month_of(self.start) and self.end == last_day(self.end)

    def each_day(self) -> Iterator[date]:
        return (self.start + timedelta(days=count) for count in range(self.days))

    def until(self, day: date) -> "Period | None":
        """The part up to and with `day`; None where it has not begun."""
        return None if day < self.start else Period(self.start, min(self.end, day))
