"""The sheet of what bodies report and no case holds: what was not reported says so, and is no zero."""

from collections.abc import Iterator

from casetrack.organizations.reported.choices import Qualifier
from casetrack.stats.dimensions import label_of
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import SUBJECTS, Indicator
from reports.books import columns
from reports.books.layout import Column, Format, Row, Section, Sheet, Table, Value
from reports.books.material import Material
from reports.books.subjects import YEAR_SO_FAR, facts_of
from reports.books.wording import name_of, title_of

NAME = "报送数字"
NOT_REPORTED = "未报"


def reported_sheet(material: Material) -> Sheet:
    periods = [(name_of(material.period), material.whole)]
    if material.so_far:
        periods.append((YEAR_SO_FAR, material.so_far))
    heading = tuple(
        Column(name, format_, period)
        for period, _ in periods
        for name, format_ in (("数值", Format.COUNT), ("比率", Format.SHARE), ("报送情况", Format.TEXT))
    )
    return Sheet(
        name=NAME,
        title=title_of(material, "报送数字统计表"),
        facts=(facts_of(material),),
        tables=(Table("事项", heading, tuple(sections([answer for _, answer in periods]))),),
        notes=(
            "说明：各项没有案件记录，由负责的单位按期报送；数值为各单位、各期报送数之和，比率由报送数计算或者为原报数。",
            "“未报”表示该期间没有报送，不等于零。",
        ),
    )


def sections(answers: list[Answer]) -> Iterator[Section]:
    for subject in SUBJECTS.values():
        rows = tuple(row for indicator in subject.stated for row in rows_of(indicator, answers))
        if rows:
            yield Section(rows, subject.label)


def rows_of(indicator: Indicator, answers: list[Answer]) -> Iterator[Row]:
    """The figure, and its parts by each dimension that it was reported with."""
    yield row(
        columns.heading_of(indicator), indicator, [columns.whole(each, SUBJECTS[indicator.subject]) for each in answers]
    )
    for field in SUBJECTS[indicator.subject].dimensions:
        found = [columns.by_value(answer, SUBJECTS[indicator.subject], field.name) for answer in answers]
        for value in dict.fromkeys(value for each in found for value in each):
            parts = [each.get(value, {}) for each in found]
            if any(indicator.measure in part for part in parts):
                yield row(f"其中：{label_of(indicator.subject, field.name, value)}", indicator, parts)


def row(label: str, indicator: Indicator, found: list[columns.Row]) -> Row:
    return Row(label, tuple(value for each in found for value in cells(each.get(indicator.measure), indicator)))


def cells(figure: Figure | None, indicator: Indicator) -> tuple[Value, Value, Value]:
    if figure is None:
        return None, None, NOT_REPORTED
    value = columns.cell(figure, indicator, ())
    return (None, value, told(figure)) if indicator.unit == "%" else (value, None, told(figure))


def told(figure: Figure) -> str:
    """How exactly it was stated, and of how much of the period."""
    said = [Qualifier(figure.qualifier).label] if figure.qualifier else []
    coverage = figure.coverage
    if coverage and not coverage.complete:
        months = coverage.months
        said.append("没有报齐" if months is None else f"应报{coverage.expected}个月、已报{months}个月")
    return "，".join(said)
