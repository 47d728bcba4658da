"""Editions of the month of a book: which there are, in words, and whether a book says what one published."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.timezone import localtime

from casetrack.kinds import KINDS
from casetrack.lib.months import Period, month_of
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.closing.definitions import written
from casetrack.stats.closing.gathering import published_breakdowns
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import is_cleared
from casetrack.stats.closing.publishing import Entry, for_reader
from casetrack.stats.dimensions import name_of
from casetrack.stats.figures import Figure
from casetrack.stats.indicators import ORGANIZATION
from casetrack.stats.refusals import BalanceBroken, StatisticsRefused

NOT_PUBLISHED = "未结账"
LATEST = 0
"""The edition that stands, whatever its number."""


def edition_named(text: str) -> int:
    """`latest`, or a number as people write it."""
    if text == "latest":
        return LATEST
    if not (text.isascii() and text.isdigit() and 1 <= int(text) < 10_000):
        raise StatisticsRefused(f"“{text}”不是版次，应写作1、2，或 latest")
    return int(text)


def published(region: str, month: date, number: int) -> Edition:
    """An edition of a month, or the one that stands. Raises StatisticsRefused where there is none."""
    found = Edition.objects.of(region, month).select_related("region")
    edition = (found.filter(number=number) if number else found).first()
    if edition is None:
        which = f"第{number}版" if number else "任何一版"
        raise StatisticsRefused(f"{region}的{month:%Y-%m}没有{which}，请先结账（manage.py close_month）")
    return edition


def edition_of_book(
    region: str, period: Period, number: int, *, as_of: date | None, subjects: Iterable[str] = KINDS
) -> Edition:
    """The one whose own figures a book is to show. Raises StatisticsRefused where it published none of these days."""
    if as_of:
        raise StatisticsRefused("已公布的一版（edition）有自己的截止日，不能再指定 as_of")
    edition = published(region, month_of(period.end), number)
    days = [period.start.isoformat(), period.end.isoformat()]
    for subject in subjects:
        if edition.days[subject] != days:
            meant = "至".join(edition.days[subject])
            raise StatisticsRefused(f"{in_words(edition)}公布的是{meant}的数字，不是{period}的，请按结账的月份取表")
    return edition


def in_words(edition: Edition) -> str:
    at = localtime(edition.published_at)
    anchor = f"，锚定{edition.anchored_on} {edition.anchor[:16]}" if edition.anchored_on else ""
    return f"第{edition.number}版（{at:%Y-%m-%d}结账，摘要{edition.digest[:12]}{anchor}）"


def edition_of(region: str, period: Period, subject: str = "") -> str:
    """The latest one; empty where no month was closed that means these days for the subject."""
    month = month_of(period.end)
    latest = Edition.objects.of(region, month).first()
    days = [period.start.isoformat(), period.end.isoformat()]
    if latest is None or latest.days[subject or ORGANIZATION.code] != days:
        return ""
    return f"{told_of(latest)}，本表为现在的数字，结账后的变动见 manage.py restatements"


def told_of(edition: Edition) -> str:
    return f"{edition.month.year}年{edition.month.month}月{in_words(edition)}"


def own_figures(edition: Edition) -> str:
    return f"{told_of(edition)}，本表为该版公布的数字，不含结账后录入的事项；取自名册的主题不保存历史，不列"


def refuse_unlike(edition: Edition, figures: Iterable[Figure], scope: Scope = EVERYTHING) -> None:
    """Raise BalanceBroken where what is recounted as known then is not what was published: definitions may be new."""
    found = [f"{each.label}现算{written(each.value) or '无'}" for each in unlike(edition, figures, scope)]
    if found:
        raise BalanceBroken(
            f"{in_words(edition)}的数字按当时的记录重算与公布的不同：{'、'.join(found[:20])}；未生成，"
            "公布的数字请用 manage.py export_edition 取出"
        )


def unlike(edition: Edition, figures: Iterable[Figure], scope: Scope) -> Iterator[Figure]:
    """Of the region's own figures of cases those that were published otherwise; what is not listed was nothing."""
    listed: dict[tuple[str, str, tuple[str, ...], str], Entry] = {
        (row.subject, row.breakdown, tuple(entry["d"]), entry["m"]): entry
        for row in edition.rows.filter(region_code=edition.region_id, organization=None)
        for entry in row.figures
    }
    for figure in figures:
        by = tuple(figure.dimensions)
        if figure.subject not in KINDS or by not in published_breakdowns(figure.subject):
            continue
        name = (figure.subject, name_of(by), tuple(figure.dimensions.values()), figure.measure)
        entry = listed.get(name)
        said = for_reader(entry, cleared=is_cleared(edition, figure.subject, scope))["v"] if entry else None
        if (written(figure.value) or "0") != (said or "0"):
            yield figure
