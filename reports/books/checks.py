"""What must add up within a book; one that does not is never written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from casetrack.stats.dimensions import applies
from casetrack.stats.figures import Figure
from casetrack.stats.indicators import Indicator, Subject
from casetrack.stats.refusals import BalanceBroken
from reports.books.columns import Row, added, by_value, in_order, is_additive, is_flow, number, whole
from reports.books.material import Material, subjects_of

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Check:
    """An equation between figures, with the numbers it was checked with: (what, left, right)."""

    subject: str
    equation: str
    numbers: tuple[tuple[str, Number, Number], ...]

    @property
    def broken(self) -> list[tuple[str, Number, Number]]:
        return [each for each in self.numbers if each[1] != each[2]]

    @property
    def shown(self) -> str:
        """The numbers, those that are 0 on both sides left out."""
        told = [f"{what}{plain(left)}" for what, left, right in self.numbers if left or right]
        return "、".join(told) or "均为0"


def plain(value: Number) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def checks_of(material: Material) -> tuple[Check, ...]:
    """Every equation that the book rests on. Raises BalanceBroken, naming all that do not hold."""
    found = tuple(all_checks(material))
    broken = [
        f"{material.region.name}{material.period}“{check.subject}”{check.equation}不成立：{what}{left}≠{right}"
        for check in found
        for what, left, right in check.broken
    ]
    if broken:
        raise BalanceBroken("；".join((*broken, "未生成工作簿，请运行 manage.py verify 核查")))
    return found


def all_checks(material: Material) -> Iterator[Check]:
    kinds, registers = subjects_of(material)
    for subject in kinds:
        yield balance(material, subject)
        yield succession(material, subject)
        yield of_months(material, subject)
        yield of_offices(material, subject)
        yield from of_dimensions(material, subject)
    for subject in registers:
        yield from of_dimensions(material, subject)


def balance(material: Material, subject: Subject) -> Check:
    """What came in may be stated by bodies, and then nobody states the rest."""
    equation, total = "上期结转＋收到＝办结＋未办结", whole(material.whole, subject)
    if is_stated(total["received"]):
        return Check(subject.label, equation, ())
    before, came, went, stands = (number(total[name]) for name in ("carried_over", "received", "closed", "pending"))
    told = f"上期结转{before}＋收到{came}＝办结{went}＋未办结{stands}＝"
    return Check(subject.label, equation, ((told, before + came, went + stands),))


def succession(material: Material, subject: Subject) -> Check:
    """The year opens with what its first month carried over, and ends with what its last one left."""
    total = whole(material.year_to_date, subject)
    first, last = whole(material.months[0], subject), whole(material.months[-1], subject)
    return Check(
        subject.label,
        "首月上期结转＝年初结转，末月未办结＝期末未办结",
        (
            ("上期结转", number(first["carried_over"]), number(total["carried_over"])),
            ("未办结", number(last["pending"]), number(total["pending"])),
        ),
    )


def of_months(material: Material, subject: Subject) -> Check:
    rows = [whole(month, subject) for month in material.months]
    return parts(subject, "各月之和＝本年累计", rows, whole(material.year_to_date, subject), is_flow)


def of_offices(material: Material, subject: Subject) -> Check:
    rows = [{figure.measure: figure for figure in office.figures} for office in material.offices[subject.code]]
    return parts(subject, "各机构之和＝合计", rows, whole(material.whole, subject), is_additive)


def of_dimensions(material: Material, subject: Subject) -> Iterator[Check]:
    """Of a dimension that only some cases have, such as the form of agreement, the book shows the rest as a row."""
    total = whole(material.whole, subject)
    for field in subject.dimensions:
        rows = by_value(material.whole, subject, field.name)
        if rows and divides(subject, field.name):
            yield parts(
                subject,
                f"按{field.label}各组之和＝合计",
                rows.values(),
                total,
                partial(is_divided, dimension=field.name),
            )


def is_divided(indicator: Indicator, dimension: str) -> bool:
    return is_additive(indicator) and applies(indicator, (dimension,))


def divides(subject: Subject, dimension: str) -> bool:
    """Whether every case has a value of the dimension, or counts as one that nobody filled in."""
    return all(is_divided(indicator, dimension) for indicator in subject.indicators if is_additive(indicator))


def parts(
    subject: Subject, equation: str, rows: Iterable[Row], total: Row, wanted: Callable[[Indicator], bool]
) -> Check:
    """What bodies stated in place of cases is left out: they may state a year and none of its months."""
    rows = list(rows)
    measures = [
        indicator
        for indicator in in_order(subject)
        if wanted(indicator) and not any(is_stated(row.get(indicator.measure)) for row in (total, *rows))
    ]
    numbers = tuple((each.label, added(rows, each.measure), number(total.get(each.measure))) for each in measures)
    return Check(subject.label, equation, numbers)


def is_stated(figure: Figure | None) -> bool:
    return figure is not None and figure.indicator.is_reported
