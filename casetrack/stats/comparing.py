"""A figure beside the same one of a year or a month before: its base, and by how much it changed."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from casetrack.lib.months import add_months, last_day
from casetrack.stats.questions import Days
from casetrack.stats.refusals import StatisticsRefused

Number = int | Decimal
PER_CENT, POINTS = "%", "百分点"
FOUR_PLACES = Decimal("0.0001")


class Compare(StrEnum):
    """With which period figures are compared."""

    YEAR = "year"
    MONTH = "month"

    @property
    def label(self) -> str:
        return "同比" if self is Compare.YEAR else "环比"


def before(days: Days, compare: Compare) -> Days:
    """The days to compare with; the end of a month stays one, and a cut-off stays as far behind the period."""
    back = 12 if compare is Compare.YEAR else 1
    if compare is Compare.MONTH and (days.first.year, days.first.month) != (days.last.year, days.last.month):
        raise StatisticsRefused("环比只比较一个月以内的统计期；更长的统计期请用同比（year）")
    last = earlier(days.last, back, to_month_end=True)
    as_of = last if days.as_of == days.last else earlier(days.as_of, back, to_month_end=True)
    return Days(earlier(days.first, back), last, as_of)


def earlier(day: date, months: int, *, to_month_end: bool = False) -> date:
    end = last_day(add_months(day, -months))
    if to_month_end and day == last_day(day):
        return end
    return end.replace(day=min(day.day, end.day))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A base and the change from it. Of a base of 0, or where either is no figure, there is no comparison.

    A share changes by percentage points; everything else by its own unit and, over its base, by `per_cent`.
    """

    base: Number | None
    change: Number | None
    unit: str
    per_cent: Decimal | None
    comparable: bool

    def as_dict(self) -> dict[str, Any]:
        return {
            "base": plain(self.base),
            "change": plain(self.change),
            "change_unit": self.unit,
            "change_percent": plain(self.per_cent),
            "comparable": self.comparable,
        }


def compared(value: Number | None, base: Number | None, unit: str) -> Comparison:
    if value is None or base is None:
        return Comparison(base, None, POINTS if unit == PER_CENT else unit, None, comparable=False)
    change = value - base
    if unit == PER_CENT:
        return Comparison(base, change, POINTS, None, comparable=True)
    if not base:
        return Comparison(base, change, unit, None, comparable=False)
    per_cent = (100 * Decimal(change) / Decimal(base)).quantize(FOUR_PLACES, ROUND_HALF_UP)
    return Comparison(base, change, unit, per_cent, comparable=True)


def plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
