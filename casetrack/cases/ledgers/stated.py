"""What a row of reported figures says: which days, which number, how much and how exactly. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from casetrack.cases.ledgers.cells import key_of, plain
from casetrack.cases.ledgers.values import RowRefused, Values
from casetrack.lib.months import add_months, last_day
from casetrack.organizations.reported.catalog import DIMENSIONS, REPORTABLES, Reportable
from casetrack.organizations.reported.choices import Qualifier
from casetrack.organizations.reported.loading import ReportedRow

DAY = r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?"
DAYS = re.compile(rf"{DAY}\s*(?:至|到|-|~|—)+\s*{DAY}")
MONTH = re.compile(r"(\d{4})[-./年]?(\d{2}|\d)月?(?:份|[-./]0?1)?(?:\s*00:00:00)?")
QUARTER = re.compile(r"(\d{4})年?第?([1-4一二三四])季度?")
YEAR = re.compile(r"(\d{4})年?(?:全年|度)?")
QUARTERS = {name: number for number, name in enumerate("一二三四", start=1)}
NUMBER = re.compile(
    r"(?P<before>约|大约|近|超过|不少于|不低于|≥|>=)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<percent>%)?"
    r"(?P<after>余|多|左右|以上)?(?P<unit>[一-鿿]{0,2}?)(?P<last>以上|左右)?"
)
AT_LEAST = {"超过", "不少于", "不低于", "≥", ">=", "以上"}
WHOLE = {"全地区", "全县", "全市", "全区", "全州", "全省", "全国", "辖区", "全辖区", "汇总", "地区"}
OWN = {"本单位", "本级", "本机构"}
UNITS = frozenset(each.unit for each in REPORTABLES)

Named = tuple[Reportable, dict[str, str]]


def named_numbers() -> Iterator[tuple[str, Named]]:
    """Every way in which a register may name a number; motions and proposals each by its own."""
    for each in REPORTABLES:
        names = (each.label, f"{each.subject}.{each.measure}", *each.words)
        if not each.dimensions:
            yield from ((key_of(name), (each, {})) for name in names)
        for dimension in each.dimensions:
            for choice in DIMENSIONS[dimension]:
                own = (choice.label, choice.code, *choice.synonyms)
                said = {*own, *(f"{name}{way}" for name in own for way in ("办理", "办理数", "件数"))}
                yield from ((key_of(name), (each, {dimension: choice.code})) for name in said)


BY_WORD: Mapping[str, Named] = dict(named_numbers())


def reported_row(values: Values) -> ReportedRow:
    """A row as it is understood. Raises RowRefused with every reason."""
    reasons: list[str] = []
    first, last = days_of(str(values["period"]), reasons)
    found = BY_WORD.get(key_of(str(values["measure"])))
    if found is None:
        known = "、".join(dict.fromkeys(each.label for each in REPORTABLES))
        reasons.append(f"没有“{values['measure']}”这一报送指标，可填：{known}、人大代表议案、政协提案")
    value, qualifier = number_of(str(values["value"]), reasons)
    body, unit = str(values.get("body", "")), str(values.get("unit", ""))
    if unit and unit not in UNITS and not body:  # 单位 may head the unit of the number, or who reports it
        body, unit = unit, ""
    if found and unit and unit != found[0].unit:
        reasons.append(f"“{found[0].label}”以“{found[0].unit}”计，填写的单位是“{unit}”")
    whole = scope_of(str(values.get("scope", "")), reasons)
    if reasons or found is None:
        raise RowRefused(reasons)
    return ReportedRow(
        subject=found[0].subject,
        measure=found[0].measure,
        dimensions=found[1],
        first=first,
        last=last,
        value=value,
        qualifier=qualifier,
        source=str(values["source"]),
        evidence=str(values.get("evidence", "")),
        body=body,
        whole_region=whole if whole is not None else not body,
        reason=str(values.get("reason", "")),
    )


def days_of(text: str, reasons: list[str]) -> tuple[date, date]:
    """2024-03, 2024年3月, 2024年第1季度, 2024年, or 2024-01-01至2024-12-17."""
    written = plain(text).replace(" ", "")
    try:
        if found := DAYS.fullmatch(written):
            numbers = [int(each) for each in found.groups()]
            return date(*numbers[:3]), date(*numbers[3:])
        if found := QUARTER.fullmatch(written):
            quarter = QUARTERS.get(found[2]) or int(found[2])
            first = date(int(found[1]), quarter * 3 - 2, 1)
            return first, last_day(add_months(first, 2))
        if found := YEAR.fullmatch(written):
            return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
        if found := MONTH.fullmatch(written):
            first = date(int(found[1]), int(found[2]), 1)
            return first, last_day(first)
    except ValueError:
        pass  # a month 13 or a 30 February is told below like any other slip
    reasons.append(f"“{text}”不是月份或期间，请写作2024-03、2024年第1季度、2024年或2024-01-01至2024-12-17")
    return date.min, date.min


def number_of(text: str, reasons: list[str]) -> tuple[Decimal, str]:
    """98%以上, 580余, 约300, 1,520人次: the number, and how exactly it was stated."""
    found = NUMBER.fullmatch(plain(text).replace(" ", ""))
    if found is None:
        reasons.append(f"数值“{text}”无法识别，请写作580、580余、约580或98%以上")
        return Decimal(0), ""
    said = {found["before"], found["after"], found["last"]} - {None}
    qualifier = Qualifier.EXACT
    if said:
        qualifier = Qualifier.AT_LEAST if said <= AT_LEAST else Qualifier.APPROXIMATE
    return Decimal(found["number"].replace(",", "")), qualifier.value


def scope_of(text: str, reasons: list[str]) -> bool | None:
    if not text:
        return None
    if text in WHOLE | OWN:
        return text in WHOLE
    reasons.append(f"统计范围“{text}”无法识别，请填写“全地区”或“本单位”")
    return None
