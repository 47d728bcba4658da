"""The figures of one subject as a book of one sheet: what a page of figures shows, to be taken away."""

from decimal import Decimal

from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import Subject
from reports.books.layout import Book, Column, Format, Row, Section, Sheet, Table
from reports.books.material import digest
from reports.books.wording import chinese_day

HEADINGS = (
    Column("数值", Format.TEXT),
    Column("单位", Format.TEXT),
    Column("分子"),
    Column("分母"),
    Column("上年同期", Format.TEXT),
    Column("增减", Format.TEXT),
    Column("定义", Format.TEXT),
)


def book_of(answer: Answer, subject: Subject) -> Book:
    """The undivided figures of a subject, compared as the answer is, with what each means and a digest of all."""
    rows = tuple(row(answer, figure) for figure in answer.of(subject.code) if not figure.dimensions)
    name = answer.organization_name or answer.region_name
    facts = (
        f"统计期间：{chinese_day(answer.first)}至{chinese_day(answer.last)}",
        f"统计截止日：{chinese_day(answer.as_of)}",
        f"所知日期：{chinese_day(answer.known_on)}" if answer.known_on else "现在的数字",
    )
    notes = (f"数字的 sha256 摘要：{digest([answer.as_dict()])}。“—”表示没有可计算比率的案件。",)
    table = Table("指标", HEADINGS, (Section(rows),))
    sheet = Sheet(
        name=subject.label, title=f"{name}{subject.label}统计数字", facts=(facts,), tables=(table,), notes=notes
    )
    return Book(title=f"{name}{subject.label}统计数字", author=name, dated=answer.as_of, sheets=(sheet,))


def row(answer: Answer, figure: Figure) -> Row:
    beside = answer.comparison(figure)
    base = None if beside is None or beside.base is None else as_written(beside.base)
    change = "" if beside is None or beside.change is None else f"{as_written(beside.change)}{beside.unit}"
    values = (
        figure.shown,
        figure.unit,
        figure.numerator,
        figure.denominator,
        base,
        change,
        figure.indicator.definition,
    )
    return Row(figure.label, values)


def as_written(value: int | Decimal) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
