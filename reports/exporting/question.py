"""What a list is the answer to, in words above its rows: which figure, where, when, of which group, its number."""

from decimal import Decimal

from casetrack.stats.dimensions import label_of
from casetrack.stats.indicators import SUBJECTS, Counted
from casetrack.stats.tracing import Traced

PARTS = {"numerator": "分子", "denominator": "分母"}


def question(traced: Traced, number: int | Decimal, rows: int) -> tuple[str, ...]:
    indicator, subject = traced.indicator, SUBJECTS[traced.indicator.subject]
    part = f"的{PARTS[traced.part]}" if traced.part in PARTS else ""
    groups = [
        f"{declared.label}＝{label_of(subject.code, name, value)}"
        for name, value in traced.dimensions.items()
        if (declared := subject.dimension(name))
    ]
    return (
        f"指标：{subject.label}·{indicator.label}{part}。{indicator.definition}",
        f"范围：{where(traced)}；{when(traced)}" + (f"；{'、'.join(groups)}" if groups else ""),
        f"数字：{amount(traced, number)}；清单{rows}行，各行计入之和等于该数字",
    )


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
