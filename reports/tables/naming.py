"""The names that tables are asked by, and which days a month or a year means for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casetrack.lib.months import Period, add_months, month_range
from casetrack.stats.closing.models import Edition
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.periods import ReportingPeriods
from casetrack.stats.refusals import StatisticsRefused
from reports.tables.declaring import OfficialTable
from reports.tables.official import TABLES, in_use, monthly_summary

VERSION = ":"  # reconsiderations:of_2015


@dataclass(frozen=True, slots=True)
class Asked:
    """Days that were asked for; of a month also every month of its year up to it."""

    period: Period
    months: tuple[Period, ...] = ()


def titles() -> dict[str, str]:
    """Every name with its title, versions beside the name that follows the period."""
    found = {monthly_summary.NAME: monthly_summary.TITLE}
    for name, versions in TABLES.items():
        found[name] = versions[0].title
        if len(versions) > 1:
            found |= {f"{name}{VERSION}{each.version}": f"{each.title}（{each.form}）" for each in versions}
    return found


def refuse_unknown(names: Sequence[str]) -> None:
    known = titles()
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        there_are = "、".join(f"{name}（{title}）" for name, title in known.items() if VERSION not in name)
        raise StatisticsRefused(f"没有“{'、'.join(unknown)}”这一统计表，可用的有：{there_are}")


def tables_named(names: Sequence[str], day: date) -> list[OfficialTable]:
    """Those with a sheet of their own: in the version that was named, or else the one in use on the day."""
    refuse_unknown(names)
    return [table_named(name, day) for name in dict.fromkeys(names) if name != monthly_summary.NAME]


def table_named(name: str, day: date) -> OfficialTable:
    name, _, version = name.partition(VERSION)
    return next(each for each in TABLES[name] if each.version == version) if version else in_use(name, day)


def subject_of(name: str) -> str:
    """What decides which days a month means for a table; of the summary it is the place alone."""
    return "" if name == monthly_summary.NAME else TABLES[name.partition(VERSION)[0]][0].subject


def asked_of(
    periods: ReportingPeriods,
    names: Sequence[str],
    region: str,
    *,
    month: date | None = None,
    year: int | None = None,
    days: Period | None = None,
) -> Asked:
    """Any days, or those that a month or a year means for these tables in a place; exactly one is given."""
    if days:
        return Asked(days)
    if month:
        return month_asked(periods, names, month, region)
    if year is None:
        raise StatisticsRefused("请指明月份、年度或者起止日")
    return year_asked(periods, names, year, region)


def month_asked(periods: ReportingPeriods, names: Sequence[str], month: date, region: str) -> Asked:
    refuse_unknown(names)
    found = {periods.month(month, region=region, subject=subject_of(name)) for name in names}
    return Asked(the_one(found), months_so_far(periods, month, region))


def year_asked(periods: ReportingPeriods, names: Sequence[str], year: int, region: str) -> Asked:
    refuse_unknown(names)
    return Asked(the_one({periods.year(year, region=region, subject=subject_of(name)) for name in names}))


def the_one(found: set[Period]) -> Period:
    if len(found) > 1:
        told = "、".join(sorted(str(period) for period in found))
        raise StatisticsRefused(f"所选各表的报告期不同（{told}），请分别生成")
    return found.pop()


def months_so_far(periods: ReportingPeriods, month: date, region: str) -> tuple[Period, ...]:
    rule = periods.rule(region)
    ends = date(month.year + (month.month > rule.year_ends_in), rule.year_ends_in, 1)
    return tuple(rule.month(each) for each in month_range(add_months(ends, -11), month))


def subjects_read(name: str) -> set[str]:
    """Everything that the figures of a table are about."""
    summary = (monthly_summary.COURSE, monthly_summary.MONTHS, monthly_summary.OTHERS)
    tables = summary if name == monthly_summary.NAME else TABLES[name.partition(VERSION)[0]]
    return {part.indicator.subject for table in tables for part in table.parts()}


def is_kept(name: str) -> bool:
    """Whether a table can tell what an edition published: not what it reads from registers, nor other months."""
    return name != monthly_summary.NAME and all(SUBJECTS[code].keeps_history for code in subjects_read(name))


def period_of(edition: Edition, name: str) -> Period:
    """The days that the month of an edition meant for a table."""
    return Period(*map(date.fromisoformat, edition.days[subject_of(name)]))
