"""How long the files of a case are kept, by kind, counted from its closing: as declared here, or as a place decided.

No national text gives years for these kinds of files: the mediation act (art. 27) only has them filed. What binds is
the table that each organ writes and has approved by the archives authority of its level, in the classes of the
regulation of 2006. The classes below are what we suggest until such a table is entered (CASETRACK_RETENTION), none of
them verified; a place's own is as good as the source that it names.
"""

import calendar
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

PERMANENT = None
CLASSES = "机关文件材料归档范围和文书档案保管期限规定（国家档案局令第8号）第六条：永久、定期（一般分为30年、10年）"
APPROVED = "第十二条：各机关编制保管期限表，经同级档案行政管理部门审查同意后执行"
LONGEST = 200
CODE_DIGITS = 12
FEBRUARY_29 = (2, 29)


class RetentionRefused(ValueError):
    """A declaration of periods that can't be meant."""


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many whole years after the closing; None: for ever."""

    years: int | None
    source: str
    verified: bool = False

    @property
    def label(self) -> str:
        return "永久" if self.years is PERMANENT else f"{self.years}年"

    def ended_on(self, closed_on: date) -> date | None:
        """The first day on which it is over; None for what is kept for ever."""
        if self.years is PERMANENT:
            return None
        year = closed_on.year + self.years
        if (closed_on.month, closed_on.day) == FEBRUARY_29 and not calendar.isleap(year):
            return date(year, 3, 1)
        return closed_on.replace(year=year)

    def closed_until(self, today: date) -> date | None:
        """The last day of a closing after which the period is over today; None where there is no such day."""
        if self.years is PERMANENT or today.year - self.years < date.min.year:
            return None
        if (today.month, today.day) == FEBRUARY_29:
            return date(today.year - self.years, 2, 28) + timedelta(days=calendar.isleap(today.year - self.years))
        return today.replace(year=today.year - self.years)


def suggested(years: int | None) -> Retention:
    return Retention(years, f"{CLASSES}；{APPROVED}。本系统建议的档次，须以本机关的保管期限表为准")


RETENTION: Mapping[str, Retention] = {
    "mediation": suggested(30),
    "petition": suggested(30),
    "petition_review": suggested(30),
    "reconsideration": suggested(PERMANENT),
    "litigation": suggested(PERMANENT),
    "legal_aid": suggested(30),
}


@dataclass(frozen=True, slots=True)
class LocalRetention:
    """What a place decided for a kind: the first digits of its code, the kind, the years and where it says so."""

    region: str
    kind: str
    retention: Retention


@dataclass(frozen=True, slots=True)
class Retentions:
    """The periods in force here: of each kind, the one of the nearest place, or else the declared one."""

    local: tuple[LocalRetention, ...] = ()

    @classmethod
    def written(cls, text: str) -> "Retentions":
        """From JSON. Raises RetentionRefused for what can't be meant."""
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise RetentionRefused(f"CASETRACK_RETENTION 应是JSON（{error}）") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RetentionRefused("CASETRACK_RETENTION 应是一个列表，每项有 region、kind、years、source")
        return cls(tuple(map(local_of, rows)))

    def of(self, kind: str, region: str) -> Retention:
        there = [each for each in self.local if each.kind == kind and region.startswith(each.region)]
        return max(there, key=lambda each: len(each.region)).retention if there else RETENTION[kind]

    def places(self, kind: str) -> Iterable[str]:
        """The places with a period of their own for a kind, the nearest first."""
        return sorted({each.region for each in self.local if each.kind == kind}, key=len, reverse=True)


def local_of(row: Mapping[str, Any]) -> LocalRetention:
    if set(row) != {"region", "kind", "years", "source"}:
        raise RetentionRefused(f"{dict(row)} 应有 region、kind、years（null为永久）和 source")
    region, kind, years, source = (row[name] for name in ("region", "kind", "years", "source"))
    if kind not in RETENTION:
        raise RetentionRefused(f"没有“{kind}”这一案件种类（kind），可用的有：{'、'.join(RETENTION)}")
    if not (isinstance(region, str) and (region == "" or region.isdecimal()) and len(region) <= CODE_DIGITS):
        raise RetentionRefused(f"region 应是区划代码开头的几位数字，而写的是{region!r}")
    if years is not None and (isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= LONGEST):
        raise RetentionRefused(f"years 应是1至{LONGEST}，或null（永久），而写的是{years!r}")
    if not isinstance(source, str) or not source.strip():
        raise RetentionRefused(f"{kind}：请在 source 中写明规定这一期限的保管期限表")
    return LocalRetention(region, kind, Retention(years, source.strip()))
