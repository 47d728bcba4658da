"""Which days each year's official notice makes rest days or working days, read once from the holidays package.

A year is official when its notice is listed here; the arrival of next year's is one line, after raising the
package to a version that holds it. Any other year is provisional: weekends and statutory feasts only.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays

WEEKENDS = "国务院关于职工工作时间的规定第七条"
FEASTS = "全国年节及纪念日放假办法"

FIRST_NOTICE, LAST_NOTICE = 2001, 2026

# Titles that differ from the usual one, 国务院办公厅关于…年部分节假日安排的通知.
TITLES = {
    2001: "国务院办公厅关于2001年春节、“五一”、“十一”放假安排的通知",
    2002: "国务院办公厅关于2002年部分节假日休息安排的通知",
    2003: "国务院办公厅关于2003年部分节假日休息安排的通知",
}

# Later notices that changed some days of a year: first and last day concerned.
AMENDMENTS = (
    (date(2015, 9, 3), date(2015, 9, 6), "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知"),
    (date(2019, 4, 28), date(2019, 5, 5), "国务院办公厅关于调整2019年劳动节假期安排的通知"),
    (date(2020, 1, 30), date(2020, 2, 2), "国务院办公厅关于延长2020年春节假期的通知"),
)


@dataclass(frozen=True, slots=True)
class YearTable:
    """One year: why a day is a rest day by notice or feast, and why a weekend day is worked."""

    year: int
    official: bool
    rest: dict[date, str]
    worked: dict[date, str]


def has_notice(year: int) -> bool:
    return FIRST_NOTICE <= year <= LAST_NOTICE


def title_for(day: date) -> str:
    """The notice that decides about `day`; empty when its year has none."""
    for first, last, title in AMENDMENTS:
        if first <= day <= last:
            return title
    # the days around New Year are arranged by the notice of the year that begins
    year = day.year + 1 if (day.month, day.day) >= (12, 25) else day.year
    if not has_notice(year):
        return ""
    return TITLES.get(year, f"国务院办公厅关于{year}年部分节假日安排的通知")


def titles_of(year: int) -> list[str]:
    """The notices that arrange the days of a year, the later ones that changed some of them last."""
    if not has_notice(year):
        return []
    return [
        TITLES.get(year, f"国务院办公厅关于{year}年部分节假日安排的通知"),
        *(title for first, _, title in AMENDMENTS if first.year == year),
    ]


@cache
def year_table(year: int) -> YearTable:
    """The table of one year; without a notice, feasts alone, not the package's guess at days in lieu."""
    official = has_notice(year)
    years = [year, year + 1]
    china = holidays.country_holidays("CN", years=years, observed=official, language="zh_CN")
    named = {day: name.replace("; ", "、") for day, name in china.items()}
    feasts = {day: name for day, name in named.items() if "调休" not in name}
    rest = {
        day: name if day in feasts else f"{_nearest(day, feasts)}（放假调休）"
        for day, name in named.items()
        if day.year == year
    }
    worked = {
        day: f"{_nearest(day, feasts)}调休上班" for day in china.weekend_workdays if official and day.year == year
    }
    return YearTable(year=year, official=official, rest=dict(sorted(rest.items())), worked=dict(sorted(worked.items())))


def _nearest(day: date, feasts: dict[date, str]) -> str:
    """The feast for whose sake a day was moved."""
    nearest = min(feasts, key=lambda feast: (abs((feast - day).days), feast))
    return feasts[nearest].removesuffix("（补假）")
