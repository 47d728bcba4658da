"""What a reported figure must say before it is taken: a known number, its dimensions, days that are over, a value."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from casetrack.lib.months import EARLIEST
from casetrack.organizations.choices import OrganizationKind
from casetrack.organizations.keeping import RegisterRefused
from casetrack.organizations.models import Organization
from casetrack.organizations.reported.catalog import DIMENSION_LABELS, DIMENSIONS, REPORTABLES, Reportable, reportable

LONGEST_DAYS = 366
LARGEST = Decimal(10) ** 11
OWN_ONLY = (OrganizationKind.MEDIATION_COMMITTEE, OrganizationKind.MEDIATION_ROOM)


class Figure(Protocol):
    """What of a draft is checked here."""

    @property
    def organization(self) -> Organization: ...
    @property
    def subject(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def dimensions(self) -> Mapping[str, str]: ...
    @property
    def whole_region(self) -> bool: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...


def check_figure(draft: Figure, *, today: date) -> None:
    """Refuse what can't be reported so, all that is wrong at once."""
    found = reportable(draft.subject, draft.measure)
    if found is None:
        raise RegisterRefused({"measure": f"没有“{draft.subject}.{draft.measure}”这一报送指标，可用的有：{listed()}"})
    errors = {**of_dimensions(found, draft.dimensions), **of_days(draft.first, draft.last, today)}
    if draft.whole_region and draft.organization.kind in OWN_ONLY:
        errors["whole_region"] = "全地区汇总数由当地的司法局等机关报送；调解组织只报送本单位的数字"
    gone = draft.organization.active_to
    if gone and draft.first >= gone:
        errors["organization"] = f"“{draft.organization.name}”已于{gone}撤销，此后的数字请由承接的单位报送"
    if errors:
        raise RegisterRefused(errors)


def of_dimensions(found: Reportable, said: Mapping[str, str]) -> dict[str, str]:
    for name in found.dimensions:
        known = {choice.code: choice.label for choice in DIMENSIONS[name]}
        if said.get(name) not in known:
            told = "、".join(f"{code}（{label}）" for code, label in known.items())
            return {"dimensions": f"“{found.label}”须填写{DIMENSION_LABELS[name]}（{name}），可选：{told}"}
    if unknown := said.keys() - set(found.dimensions):
        return {"dimensions": f"“{found.label}”不按“{'、'.join(sorted(unknown))}”分组"}
    return {}


def of_days(first: date, last: date, today: date) -> dict[str, str]:
    if first < EARLIEST:
        return {"first": f"报送期的开始日{first}早于{EARLIEST}，请核对年份"}
    if last < first:
        return {"last": f"报送期的结束日{last}早于开始日{first}"}
    if last > today:
        return {"last": f"报送期的结束日{last}晚于今天（{today}）；期间未完的，结束日填至已统计的日期"}
    if (last - first).days >= LONGEST_DAYS:
        return {"last": "报送期最长一年，请分年报送"}
    return {}


def check_value(subject: str, measure: str, value: Decimal) -> None:
    found = reportable(subject, measure)
    if found is None:
        return
    if not value.is_finite() or not 0 <= value <= (100 if found.is_share else LARGEST):
        most = "0至100之间" if found.is_share else "不为负数"
        raise RegisterRefused({"value": f"“{found.label}”应{most}，填写的是{value}"})
    places = 4 if found.is_share else found.decimals
    if value != round(value, places):
        raise RegisterRefused({"value": f"“{found.label}”以“{found.unit}”计，应为整数，填写的是{value.normalize():f}"})


def listed() -> str:
    return "、".join(f"{each.subject}.{each.measure}（{each.label}）" for each in REPORTABLES)
