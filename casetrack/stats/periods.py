"""Reporting periods: which days a month and a year mean, by place and subject. Named by the month in which they end.

Most report by the calendar; some close their books on the 25th, and the reconsideration year runs from 11 December to
10 December. Pure: what is declared in the settings becomes `ReportingPeriods`, and everyone asks that.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casetrack.lib.months import Period, add_months, last_day, month_of
from casetrack.organizations.divisions import DIGITS, ENDS
from casetrack.stats.indicators import SUBJECTS

EVERYWHERE = ""
ANY_SUBJECT = ""
LATEST_CLOSE = 28  # every month has this day
CALENDAR = 0


class PeriodsRefused(ValueError):
    """A declaration of reporting periods that can't be meant."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The day on which months of a place and subject close (0: the calendar's last), and the month that ends the year.

    `prefix` are the first digits of division codes; the longest that fits decides, and a named subject over any.
    """

    closes_on: int = CALENDAR
    year_ends_in: int = 12
    prefix: str = EVERYWHERE
    subject: str = ANY_SUBJECT

    def __post_init__(self) -> None:
        if not 0 <= self.closes_on <= LATEST_CLOSE:
            raise PeriodsRefused(f"closes_on 应是1至{LATEST_CLOSE}，或0（按自然月），而写的是{self.closes_on}")
        if not 1 <= self.year_ends_in <= 12:
            raise PeriodsRefused(f"year_ends_in 应是1至12的月份，而写的是{self.year_ends_in}")
        if self.prefix and not (self.prefix.isdecimal() and len(self.prefix) <= DIGITS):
            raise PeriodsRefused(f"region 应是区划代码开头的几位数字，而写的是“{self.prefix}”")
        if self.subject != ANY_SUBJECT and self.subject not in SUBJECTS:
            raise PeriodsRefused(f"没有“{self.subject}”这一主题（subject），可用的有：{'、'.join(SUBJECTS)}")

    def fits(self, region: str, subject: str) -> bool:
        return region.startswith(self.prefix) and self.subject in (ANY_SUBJECT, subject)

    def month(self, month: date) -> Period:
        """The days of the month of this name."""
        return Period(self.end(add_months(month, -1)) + timedelta(days=1), self.end(month))

    def end(self, month: date) -> date:
        return last_day(month) if self.closes_on == CALENDAR else month.replace(day=self.closes_on)

    def year(self, year: int) -> Period:
        """The days of the year of this name: twelve of its months."""
        ends = date(year, self.year_ends_in, 1)
        return Period(self.month(add_months(ends, -11)).start, self.end(ends))

    def month_with(self, day: date) -> date:
        """The name of the month in which a day lies."""
        return month_of(day) if day <= self.end(month_of(day)) else add_months(month_of(day), 1)


def rule_of(row: Mapping[str, object]) -> Rule:
    unknown = sorted(set(row) - {"region", "subject", "closes_on", "year_ends_in"})
    if unknown:
        raise PeriodsRefused(
            f"报告期没有{'、'.join(unknown)}这样的项目，可用的有：region、subject、closes_on、year_ends_in"
        )
    region, subject = row.get("region", EVERYWHERE), row.get("subject", ANY_SUBJECT)
    closes_on, year_ends_in = row.get("closes_on", CALENDAR), row.get("year_ends_in", 12)
    if not (isinstance(closes_on, int) and isinstance(year_ends_in, int)):
        raise PeriodsRefused(f"closes_on 和 year_ends_in 应是整数，而写的是{closes_on!r}和{year_ends_in!r}")
    return Rule(closes_on, year_ends_in, first_digits(str(region)), str(subject))


def first_digits(region: str) -> str:
    """Of a code that is written whole: 620500000000 and 620500 mean everything that begins with 6205."""
    if len(region) not in ENDS:
        return region
    return next(region[:end] for end in (0, *ENDS) if not region[end:].strip("0"))


@dataclass(frozen=True, slots=True)
class ReportingPeriods:
    """Every rule there is; without any, the calendar."""

    rules: tuple[Rule, ...] = ()

    @classmethod
    def declared(cls, rows: Iterable[Mapping[str, object]]) -> "ReportingPeriods":
        """From plain rows: [{"subject": "reconsideration", "closes_on": 10}, {"region": "6205", "closes_on": 25}]."""
        return cls(tuple(rule_of(row) for row in rows))

    @classmethod
    def written(cls, text: str) -> "ReportingPeriods":
        """From such rows in JSON, as the environment holds them."""
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise PeriodsRefused(f"报告期应是JSON（{error}）") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise PeriodsRefused('报告期应是一个列表，例如 [{"region": "6205", "closes_on": 25}]')
        return cls.declared(rows)

    def rule(self, region: str, subject: str = ANY_SUBJECT) -> Rule:
        fitting = [rule for rule in self.rules if rule.fits(region, subject)]
        return max(fitting, key=lambda rule: (len(rule.prefix), bool(rule.subject)), default=Rule())

    def month(self, month: date, *, region: str, subject: str = ANY_SUBJECT) -> Period:
        return self.rule(region, subject).month(month)

    def year(self, year: int, *, region: str, subject: str = ANY_SUBJECT) -> Period:
        return self.rule(region, subject).year(year)


CALENDAR_MONTHS = ReportingPeriods()
