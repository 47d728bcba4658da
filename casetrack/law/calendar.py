"""Which days are working days: one table over all years, so that the n-th working day is a look-up."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from casetrack.law.local import AREAS, LocalDay, LocalNotice, area_of, local_notices
from casetrack.law.notices import FEASTS, WEEKENDS, has_notice, title_for, year_table

# Two-day weekends were general from 1996 on; beyond 2070 no term in the statutes reaches.
FIRST_YEAR, LAST_YEAR = 1996, 2070
WEEKDAYS = "一二三四五六日"


class DayNotInCalendar(LookupError):
    """The calendar holds no such day, so whether it is worked cannot be said."""


def weekday_name(day: date) -> str:
    return f"星期{WEEKDAYS[day.weekday()]}"


class WorkCalendar:
    """The working days of one place.

    `_working_days` lists them in order (as ordinals); `_worked_before[i]` counts those before day i. Adding n
    working days is then one look-up in each, however large n is.
    """

    def __init__(self, local: Iterable[LocalNotice] = (), area: str = "") -> None:
        self.first = date(FIRST_YEAR, 1, 1)
        self.last = date(LAST_YEAR, 12, 31)
        self._offset = self.first.toordinal()
        self._rest: dict[date, str] = {}
        self._worked: dict[date, str] = {}
        self._local: dict[date, LocalDay] = {}
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            table = year_table(year)
            self._rest.update(table.rest)
            self._worked.update(table.worked)
        self._area = area
        self._local_years: set[int] = set()
        for notice in local:
            self._local_years.add(notice.year)
            self._local.update({entry.day: entry for entry in notice.days()})
        self._working_days: list[int] = []
        self._worked_before: list[int] = []
        for ordinal in range(self._offset, self.last.toordinal() + 1):
            self._worked_before.append(len(self._working_days))
            if self._decide(date.fromordinal(ordinal)):
                self._working_days.append(ordinal)
        self._worked_before.append(len(self._working_days))

    def _decide(self, day: date) -> bool:
        if day in self._local:
            return self._local[day].works
        if day.weekday() >= 5:
            return day in self._worked
        return day not in self._rest

    def _index(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise DayNotInCalendar(f"工作日历只包含{FIRST_YEAR}年至{LAST_YEAR}年，不能回答{day}是否为工作日")
        return day.toordinal() - self._offset

    def covers(self, year: int) -> bool:
        """Whether the notice of `year` is loaded, the area's own included; if not, its dates are provisional."""
        local = not self._area or year < AREAS[self._area] or year in self._local_years
        return local and has_notice(year)

    def covers_range(self, first: date, last: date) -> bool:
        return all(self.covers(year) for year in range(first.year, last.year + 1))

    def is_working(self, day: date) -> bool:
        index = self._index(day)
        return self._worked_before[index + 1] > self._worked_before[index]

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it, for negative n); `day` itself is not counted."""
        if n == 0:
            return day
        index = self._index(day)
        position = self._worked_before[index + 1] + n - 1 if n > 0 else self._worked_before[index] + n
        if not 0 <= position < len(self._working_days):
            raise DayNotInCalendar(f"{day}起第{n}个工作日超出工作日历（{FIRST_YEAR}年至{LAST_YEAR}年）")
        return date.fromordinal(self._working_days[position])

    def on_or_after(self, day: date) -> date:
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def on_or_before(self, day: date) -> date:
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie in [start, end)."""
        return max(0, self._worked_before[self._index(end)] - self._worked_before[self._index(start)])

    def is_made_up(self, day: date) -> bool:
        """A weekend day on which people work."""
        return day.weekday() >= 5 and self.is_working(day)

    def reason_of(self, day: date) -> str:
        """Why a day is a rest day or a made-up working day; an ordinary working day is its weekday."""
        if day in self._local:
            return self._local[day].reason
        if day.weekday() >= 5 and day in self._worked:
            return self._worked[day]
        return self._rest.get(day) or weekday_name(day)

    def notice_of(self, day: date) -> str:
        """The document that makes `day` a rest day or a made-up working day; empty for an ordinary working day."""
        if day in self._local:
            return self._local[day].notice
        if day in self._rest or day in self._worked:
            return title_for(day) or FEASTS
        return WEEKENDS if day.weekday() >= 5 else ""


@cache
def _calendar(local: tuple[LocalNotice, ...], area: str) -> WorkCalendar:
    return WorkCalendar(local, area)


def calendar_for(region_code: str = "") -> WorkCalendar:
    """The calendar of a place; places where nothing differs share the national one."""
    return _calendar(local_notices(region_code), area_of(region_code))
