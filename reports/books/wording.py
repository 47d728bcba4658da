"""Days and periods as Chinese tables write them, and the titles of books and sheets."""

from datetime import date

from casetrack.lib.months import Period
from reports.books.material import Material


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_period(period: Period) -> str:
    return f"{chinese_day(period.start)}至{chinese_day(period.end)}"


def name_of(period: Period) -> str:
    """2019年, or 2019年3月."""
    return f"{period.start.year}年" if is_year(period) else f"{period.start.year}年{period.start.month}月"


def is_year(period: Period) -> bool:
    return period == Period.of_year(period.start.year)


def title_of(material: Material, what: str) -> str:
    return f"{material.region.name}{name_of(material.period)}{what}"
