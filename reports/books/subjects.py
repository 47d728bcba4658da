"""The sheet of a subject: all together, by month, by its own dimensions and by organization, under one heading."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casetrack.stats.dimensions import NOT_FILLED, applies, label_of
from casetrack.stats.figures import Answer
from casetrack.stats.indicators import Indicator, Subject
from reports.books import columns
from reports.books.layout import Chart, Column, Row, Section, Sheet, Table, Value, Weight
from reports.books.material import Material
from reports.books.wording import chinese_day, chinese_period, title_of

TOTAL = "合计"
NOT_APPLICABLE = "无此项"
MONTHS = "按月份"
YEAR_SO_FAR = "本年累计"
BALANCED = ("carried_over", "received", "closed", "pending")
DRAWN = ("received", "closed", "attendance")


@dataclass(frozen=True, slots=True)
class Measured:
    """Subjects whose measures stand side by side as columns: one kind of case, or organizations and trainings."""

    subjects: tuple[tuple[Subject, tuple[Indicator, ...]], ...]

    @classmethod
    def of(cls, subjects: Sequence[Subject]) -> "Measured":
        return cls(tuple((subject, columns.in_order(subject)) for subject in subjects))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for _, indicators in self.subjects for indicator in indicators)

    def headings(self) -> tuple[Column, ...]:
        """Grouped by what they tell of cases, or by subject where there are several."""
        several = len(self.subjects) > 1
        found = []
        for subject, indicators in self.subjects:
            for column in map(columns.column_of, indicators):
                found.append(Column(column.heading, column.format, subject.label if several else column.group))
        return tuple(found)

    def whole(self, answer: Answer) -> tuple[Value, ...]:
        return tuple(
            value
            for subject, indicators in self.subjects
            for value in columns.cells(columns.whole(answer, subject), indicators)
        )

    def only(self, subject: Subject, values: Sequence[Value]) -> tuple[Value, ...]:
        """The values under their own subject's headings; the others' say that they are not broken down so."""
        return tuple(
            value
            for each, indicators in self.subjects
            for value in (values if each is subject else (columns.NOT_BROKEN_DOWN,) * len(indicators))
        )


def subject_sheet(material: Material, name: str, subjects: Sequence[Subject]) -> Sheet:
    measured = Measured.of(subjects)
    table = Table("分组", measured.headings(), tuple(sections(material, measured)), numbered=True)
    return Sheet(
        name=name,
        title=title_of(material, f"{name}情况统计表"),
        facts=(
            facts_of(material),
            (balance_line(material, measured), "", f"单位：{columns.units_of(measured.indicators)}"),
        ),
        tables=(table,),
        charts=(chart_of_months(material, measured, table),),
        notes=tuple(notes(measured)),
    )


def facts_of(material: Material) -> tuple[str, str, str]:
    return (
        f"制表单位：{material.bureau}",
        f"统计期间：{chinese_period(material.period)}",
        f"统计截止日：{chinese_day(material.as_of)}",
    )


def balance_line(material: Material, measured: Measured) -> str:
    """上期结转＋收到＝办结＋未办结, with the numbers and their columns; empty where nothing is carried over."""
    subject, indicators = measured.subjects[0]
    if not set(BALANCED) <= set(subject.measures):
        return ""
    total = columns.whole(material.whole, subject)
    told = [f"{subject.measures[name].label}{columns.number(total[name])}" for name in BALANCED]
    at = [f"{[indicator.measure for indicator in indicators].index(name) + 1}栏" for name in BALANCED]
    return f"平衡关系：{told[0]}＋{told[1]}＝{told[2]}＋{told[3]}（{at[0]}＋{at[1]}＝{at[2]}＋{at[3]}）"


def sections(material: Material, measured: Measured) -> Iterator[Section]:
    total = Row(TOTAL, measured.whole(material.whole), Weight.TOTAL)
    yield Section((total,))
    yield Section(tuple(month_rows(material, measured)), MONTHS)
    yield Section((Row(YEAR_SO_FAR, measured.whole(material.year_to_date), Weight.TOTAL),))
    for subject, indicators in measured.subjects:
        for field in subject.dimensions:
            rows = list(dimension_rows(material.whole, subject, indicators, field.name))
            if rows:
                shown = (Row(row.label, measured.only(subject, row.values)) for row in rows)
                yield Section((*shown, total), f"按{field.label}")
        offices = list(office_rows(material, subject, indicators))
        if offices:
            yield Section((*offices, total), "按机构")


def month_rows(material: Material, measured: Measured) -> Iterator[Row]:
    """Twelve, so that books of a year look alike; those that the cut-off leaves out stay empty."""
    for number in range(12):
        known = number < len(material.months)
        values = measured.whole(material.months[number]) if known else (None,) * len(measured.indicators)
        yield Row(f"{number + 1}月", values)


def dimension_rows(answer: Answer, subject: Subject, indicators: Sequence[Indicator], dimension: str) -> Iterator[Row]:
    """A row for each value, also one that has no cases; then what has no value of the dimension."""
    values = columns.by_value(answer, subject, dimension)
    for value, row in values.items():
        label = label_of(subject.code, dimension, value) or NOT_FILLED
        yield Row(label, columns.cells(row, indicators, (dimension,)))
    total = columns.whole(answer, subject)
    rest = [
        columns.number(total.get(each.measure)) - columns.added(values.values(), each.measure)
        if columns.is_additive(each) and applies(each, (dimension,))
        else columns.NOT_BROKEN_DOWN
        for each in indicators
    ]
    if values and any(value for value in rest if value != columns.NOT_BROKEN_DOWN):
        yield Row(NOT_APPLICABLE, tuple(rest))


def office_rows(material: Material, subject: Subject, indicators: Sequence[Indicator]) -> Iterator[Row]:
    """Organizations that have any figure; two of one name are told apart by where they are."""
    offices = material.offices.get(subject.code, ())
    names = Counter(office.organization.name for office in offices)
    for office in offices:
        name = office.organization.name
        label = name if names[name] == 1 else f"{name}（{office.organization.region.name}）"
        yield Row(label, columns.cells({figure.measure: figure for figure in office.figures}, indicators))


def chart_of_months(material: Material, measured: Measured, table: Table) -> Chart:
    drawn = [(place, each) for place, each in enumerate(measured.indicators) if each.measure in DRAWN]
    return Chart(
        title=f"{material.period.start.year}年各月{'与'.join(indicator.label for _, indicator in drawn)}",
        series=tuple((place, indicator.label) for place, indicator in drawn),
        section=next(place for place, section in enumerate(table.sections) if section.caption == MONTHS),
        unit=columns.units_of(indicator for _, indicator in drawn),
    )


def notes(measured: Measured) -> Iterator[str]:
    yield "说明："
    for place, indicator in enumerate(measured.indicators, start=1):
        version = f"（口径：{indicator.version}）" if indicator.version else ""
        yield f"{place}栏 {columns.heading_of(indicator)}：{indicator.definition}{version}"
    yield "“—”表示没有可计算比率的案件；“×”表示该项不按此分组。"
    yield "“无此项”为没有该项内容的案件，如未达成协议的案件没有协议形式。"
    yield "按月份各行的数字截至各月末（或统计截止日）；按机构只列有数字的机构。"
