"""What a list is the answer to, in words above its rows: which figure, where, when, of which group, its number."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.timezone import localdate

from casetrack.organizations.models import Organization, Region
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, days_of
from casetrack.stats.closing.publishing import Entry
from casetrack.stats.dimensions import label_of
from casetrack.stats.indicators import SUBJECTS, Counted, Subject
from casetrack.stats.tracing import Traced

PARTS = {"numerator": "分子", "denominator": "分母"}


def question(traced: Traced, number: int | Decimal, rows: int) -> tuple[str, ...]:
    indicator, subject = traced.indicator, SUBJECTS[traced.indicator.subject]
    part = f"的{PARTS[traced.part]}" if traced.part in PARTS else ""
    groups = groups_of(subject, traced.dimensions)
    return (
        f"指标：{subject.label}·{indicator.label}{part}。{indicator.definition}",
        f"范围：{where(traced)}；{when(traced)}{groups}",
        f"数字：{amount(traced, number)}；清单{rows}行，各行计入之和等于该数字",
    )


def published_question(edition: Edition, asked: Asked, entry: Entry, rows: int) -> tuple[str, ...]:
    subject = SUBJECTS[asked.subject]
    indicator, days = subject.measures[asked.measure], days_of(edition, asked.subject)
    region = Region.objects.get(pk=asked.region or edition.region_id)
    office = Organization.objects.get(pk=asked.organization).name if asked.organization else ""
    place = f"{office}（编号{asked.organization}），在{region.name}（{region.code}）" if office else ""
    published = f"{edition.month:%Y-%m}第{edition.number}版（编号{edition.pk}），{localdate(edition.published_at)}公布"
    value = "无" if entry["v"] is None else f"{entry['v']}{indicator.unit}"
    sums = "等于该数字" if entry["b"] is None else f"为{entry['n']}，计入分母之和为{entry['b']}"
    return (
        f"指标：{subject.label}·{indicator.label}。{indicator.definition}",
        f"范围：{place or f'{region.name}（{region.code}）及其所辖'}；{days.first}至{days.last}"
        f"{groups_of(subject, asked.dimensions)}；{published}",
        f"数字：{value}；清单{rows}行，各行计入之和{sums}",
    )


def groups_of(subject: Subject, dimensions: Mapping[str, str]) -> str:
    groups = [
        f"{declared.label}＝{label_of(subject.code, name, value)}"
        for name, value in dimensions.items()
        if (declared := subject.dimension(name))
    ]
    return f"；{'、'.join(groups)}" if groups else ""


def where(traced: Traced) -> str:
    place = traced.place
    name = f"{place.organization_name}（编号{place.organization}）" if place.organization else place.region_name
    inside = "" if place.organization else f"（{place.region}）及其所辖"
    return f"{name}{inside}" + ("，按机构现在的所在" if place.now else "")


def when(traced: Traced) -> str:
    days = traced.days
    until = "" if days.as_of == days.last else f"，截至{days.as_of}"
    return f"{days.first}至{days.last}{until}" + (f"，按{traced.known_on}所知" if traced.known_on else "")


def amount(traced: Traced, number: int | Decimal) -> str:
    if traced.summed == Counted.CENTS:
        return f"{Decimal(number) / 100:f}元"
    return f"{Decimal(number).normalize():f}" + ("" if traced.part in PARTS else traced.indicator.unit)
