"""The first sheet, 汇总: every subject on one page, and its months side by side."""

from collections.abc import Iterator, Sequence

from casetrack.stats.figures import Answer
from casetrack.stats.indicators import Indicator, Subject
from reports.books import columns
from reports.books.layout import Chart, ChartKind, Column, Row, Section, Sheet, Table, Value, Weight
from reports.books.material import Material, subjects_of
from reports.books.subjects import YEAR_SO_FAR, facts_of
from reports.books.wording import name_of, title_of

NAME = "汇总"
MEASURES = (*columns.COURSE, *columns.RATES, "persons")
OVER_TIME = ("received", "closed")


def summary_sheet(material: Material) -> Sheet:
    kinds, registers = subjects_of(material)
    tables = (cases_table(material, kinds), *registers_table(material, registers), months_table(material, kinds))
    charts = [
        Chart(
            f"{material.period.start.year}年各月{OF_MONTHS[measure]}",
            tuple((number * len(OVER_TIME) + place, subject.label) for number, subject in enumerate(kinds)),
            table=len(tables) - 1,
            kind=ChartKind.STACKED,
        )
        for place, measure in enumerate(OVER_TIME)
    ]
    units = columns.units_of(indicator for subject in (*kinds, *registers) for indicator in shown_of(subject))
    return Sheet(
        name=NAME,
        title=title_of(material, "矛盾纠纷化解和法律服务统计汇总表"),
        facts=(facts_of(material), ("", "", f"单位：{units}")),
        tables=tables,
        charts=tuple(charts),
        notes=(
            "说明：各行均有：上期结转＋收到＝办结＋未办结。各项定义见各分表。",
            "“—”表示没有可计算比率的案件；“×”表示该类案件没有此项。",
        ),
    )


OF_MONTHS = {"received": "收到", "closed": "办结"}


def shown_of(subject: Subject) -> list[Indicator]:
    """Of a kind of case what all kinds have in common; of the registers everything."""
    common = [subject.measures[name] for name in MEASURES if name in subject.measures]
    return common or list(subject.counted)


def cases_table(material: Material, kinds: Sequence[Subject]) -> Table:
    """One line a subject, under the measures that any of them has."""
    found = {indicator.measure: indicator for subject in kinds for indicator in shown_of(subject)}
    measures = [found[name] for name in MEASURES if name in found]
    periods = [(name_of(material.period), material.whole)]
    if material.so_far:
        periods.append((f"本年1月至{material.period.end.month}月累计", material.so_far))
    return Table(
        stub="类别",
        columns=tuple(columns.column_of(indicator) for indicator in measures),
        sections=tuple(
            Section(tuple(Row(subject.label, line(answer, subject, measures)) for subject in kinds), caption)
            for caption, answer in periods
        ),
        caption="一、收案与办结",
        numbered=True,
    )


def line(answer: Answer, subject: Subject, measures: Sequence[Indicator]) -> tuple[Value, ...]:
    row = columns.whole(answer, subject)
    return tuple(
        columns.cell(row.get(each.measure), subject.measures[each.measure], ())
        if each.measure in subject.measures
        else columns.NOT_BROKEN_DOWN
        for each in measures
    )


def months_table(material: Material, kinds: Sequence[Subject]) -> Table:
    heading = tuple(
        Column(subject.measures[measure].label, group=subject.label) for subject in kinds for measure in OVER_TIME
    )
    months = Section(tuple(month_rows(material, kinds)))
    total = Row(YEAR_SO_FAR, flows(material.year_to_date, kinds), Weight.TOTAL)
    return Table("月份", heading, (months, Section((total,))), caption="各月收到与办结", new_page=True)


def month_rows(material: Material, kinds: Sequence[Subject]) -> Iterator[Row]:
    for number in range(12):
        known = number < len(material.months)
        empty = (None,) * (len(kinds) * len(OVER_TIME))
        yield Row(f"{number + 1}月", flows(material.months[number], kinds) if known else empty)


def flows(answer: Answer, kinds: Sequence[Subject]) -> tuple[Value, ...]:
    rows = [columns.whole(answer, subject) for subject in kinds]
    return tuple(columns.number(row[measure]) for row in rows for measure in OVER_TIME)


def registers_table(material: Material, registers: Sequence[Subject]) -> Iterator[Table]:
    measured = [(subject, indicator) for subject in registers for indicator in subject.counted]
    if measured:
        heading = tuple(Column(columns.heading_of(each), group=subject.label) for subject, each in measured)
        values = tuple(
            columns.cell(columns.whole(material.whole, subject).get(each.measure), each, ())
            for subject, each in measured
        )
        yield Table("期间", heading, (Section((Row(name_of(material.period), values),)),), caption="二、调解组织与培训")
