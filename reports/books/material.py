"""The figures that a book shows, all read at one moment, and who makes it of which period."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from casetrack.cases.knowing import Known
from casetrack.kinds import KINDS
from casetrack.kinds.facts import EARLIEST_YEAR
from casetrack.lib.months import Period
from casetrack.organizations.models import Level, Organization, OrganizationKind, Region
from casetrack.stats.answering import OfficeFigures, by_organization, months, statistics
from casetrack.stats.closing.published import known_by
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import SUBJECTS, Subject
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.snapshot import one_view
from reports.books.editions import edition_of, edition_of_book, own_figures, refuse_unlike


@dataclass(frozen=True, slots=True)
class Material:
    """What a book is written from. `so_far` is the year up to a month's end, in a month's book."""

    region: Region
    bureau: str
    period: Period
    as_of: date
    whole: Answer
    months: tuple[Answer, ...]
    offices: Mapping[str, tuple[OfficeFigures, ...]]
    so_far: Answer | None = None
    edition: str = ""

    @property
    def year_to_date(self) -> Answer:
        """The answer that the months add up to."""
        return self.so_far or self.whole


def gather(
    *,
    region: str,
    period: Period,
    as_of: date | None = None,
    today: date | None = None,
    edition: int | None = None,
) -> Material:
    """Read a period's figures: as they are now, or as an `edition` of the month published them.

    A period that is not over on `today` is cut off there. Raises StatisticsRefused for a region that is not there and
    for a period that has not begun, and BalanceBroken where an edition can't be recounted as it was published.
    """
    cutoff = cutoff_of(period, as_of, today)
    whole_year = Period.of_year(period.start.year)
    with one_view():
        own = None if edition is None else edition_of_book(region, period, edition, as_of=as_of)
        known = known_by(own) if own else None
        ask = partial(statistics, region=region, last=period.end, as_of=cutoff, known_on=known)
        whole = ask(first=period.start, by=single_breakdowns())
        if own:
            refuse_unlike(own, whole.figures)
        place = Region.objects.get(pk=region)
        return Material(
            region=place,
            bureau=bureau_of(place),
            period=period,
            as_of=cutoff,
            whole=whole,
            months=tuple(months(region=region, year=period.start.year, as_of=min(cutoff, period.end), known=known)),
            offices={code: tuple(offices_of(whole, code, known)) for code in KINDS},
            so_far=None if period == whole_year else ask(first=whole_year.start),
            edition=own_figures(own) if own else edition_of(region, period),
        )


def single_breakdowns() -> list[tuple[str, ...]]:
    """Those that the kinds declare and keep as cells, and those of the registers and of what is reported."""
    registers = [subject for subject in SUBJECTS.values() if subject.code not in KINDS]
    declared = [names for kind in KINDS.values() for names in kind.breakdowns if len(names) == 1]
    return [*declared, *((field.name,) for subject in registers for field in subject.dimensions)]


def cutoff_of(period: Period, as_of: date | None, today: date | None) -> date:
    """A period that is not over on `today` is cut off there."""
    if period.start.year < EARLIEST_YEAR:
        raise StatisticsRefused(f"{period.start.year}年早于{EARLIEST_YEAR}年，没有案件记录，请核对年份")
    if today and period.start > today:
        raise StatisticsRefused(f"统计期间（{period}）尚未开始，今天是{today}，请选择已经开始的期间")
    if today and as_of and as_of > today:
        raise StatisticsRefused(f"截止日{as_of}晚于今天（{today}），请改用今天或更早的日期")
    return as_of or (min(period.end, today) if today else period.end)


def offices_of(answer: Answer, subject: str, known: Known | None) -> list[OfficeFigures]:
    return by_organization(
        region=answer.region,
        first=answer.first,
        last=answer.last,
        as_of=answer.as_of,
        subject=subject,
        known=known,
    )


def bureau_of(region: Region) -> str:
    """Who makes the region's tables: the bureau that a register names, or the one the law gives its level."""
    named = Organization.objects.filter(region=region, kind=OrganizationKind.JUSTICE_BUREAU).order_by("pk").first()
    if named:
        return named.name
    if region.level == Level.NATION:
        return "司法部"
    if region.level == Level.PROVINCE and region.name.endswith(("省", "自治区")):
        return f"{region.name}司法厅"
    if region.level == Level.TOWNSHIP:
        return f"{region.name}司法所"
    return region.name if region.level == Level.VILLAGE else f"{region.name}司法局"


def subjects_of(material: Material) -> tuple[tuple[Subject, ...], tuple[Subject, ...]]:
    """The kinds of cases, and what is read from the registers."""
    present = [subject for subject in material.whole.subjects if subject.counted]
    return (
        tuple(subject for subject in present if subject.code in KINDS),
        tuple(subject for subject in present if subject.code not in KINDS),
    )


def digest(figures: Iterable[Mapping[str, Any]]) -> str:
    """sha256 of the figures in canonical JSON: keys sorted, no spaces, UTF-8.

    What they were counted from (`basis`) is left out: cells and events give the same figures, and equal figures give
    an equal book. So is what nobody reported, which is no figure.
    """
    told = [{name: value for name, value in each.items() if name not in ("basis", "not_reported")} for each in figures]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
