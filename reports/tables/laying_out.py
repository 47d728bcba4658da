"""A filled table as a sheet: headings with their definitions behind them, lines, and what is printed below."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casetrack.organizations.models import Region
from casetrack.stats.questions import Days
from reports.books.layout import Column as Heading
from reports.books.layout import Format, Row, Section, Sheet, Table, Value, Weight
from reports.books.wording import chinese_day, chinese_period
from reports.tables.declaring import Column, Hidden
from reports.tables.filling import TOTAL, Filled, Sheetful

MANY = 20  # columns, from which they stand closer
USUAL_UNITS = ("件", "")


@dataclass(frozen=True, slots=True)
class Made:
    """Who makes the tables of a book, of which place and days, and in which edition these stand published."""

    region: Region
    bureau: str
    days: Days
    edition: str = ""
    leaves_out: bool = False

    @property
    def dated(self) -> date:
        return self.days.as_of

    @property
    def facts(self) -> tuple[tuple[str, str, str], ...]:
        period, until = chinese_period(self.days.period), chinese_day(self.days.as_of)
        return ((f"制表单位：{self.bureau}", f"统计期间：{period}", f"统计截止日：{until}"),)

    @property
    def notes(self) -> tuple[str, ...]:
        return ("未计入无权知悉的检举控告件。",) if self.leaves_out else ()


def sheet_of(sheetful: Sheetful, made: Made) -> Sheet:
    table = sheetful.table
    return Sheet(
        name=table.title.removesuffix("统计表"),
        title=f"{made.region.name}{table.title}",
        facts=(*made.facts, ("", "", f"单位：{units_of(sheetful)}")),
        tables=(table_of(sheetful),),
        notes=(*notes(sheetful), *made.notes),
        pages_wide=table.pages_wide,
    )


def table_of(sheetful: Sheetful, caption: str = "", *, numbered: bool = True) -> Table:
    columns = tuple(heading_of(sheetful, column) for column in sheetful.table.columns)
    narrow = sum(not column.hidden for column in columns) > MANY
    rows = tuple(sections(sheetful))
    return Table(sheetful.table.stub, columns, rows, caption=caption, numbered=numbered, narrow=narrow)


def heading_of(sheetful: Sheetful, column: Column) -> Heading:
    *above, last = column.headings
    told = column.unit in USUAL_UNITS or column.unit in last or column.format is Format.SHARE
    return Heading(
        heading=last if told else f"{last}（{column.unit}）",
        format=column.format,
        above=tuple(above),
        hidden=is_hidden(sheetful, column),
        note=column.note,
    )


def is_hidden(sheetful: Sheetful, column: Column) -> bool:
    empty = not any(line.cells[column.key].number for line in sheetful.lines)
    return column.hidden is Hidden.ALWAYS or (column.hidden is Hidden.WHERE_EMPTY and empty)


def units_of(sheetful: Sheetful) -> str:
    return "、".join(dict.fromkeys(column.unit for column in sheetful.table.columns if column.unit))


def sections(sheetful: Sheetful) -> Iterator[Section]:
    """The total of a table of lines comes first, as its form has it, that of places last."""
    yield Section(tuple(row_of(sheetful, line) for line in sheetful.lines))


def row_of(sheetful: Sheetful, line: Filled) -> Row:
    values: tuple[Value, ...] = tuple(line.cells[column.key].value for column in sheetful.table.columns)
    weight = Weight.TOTAL if line.is_sum else Weight.ORDINARY
    return Row(line.label, values, weight, hidden=line.hidden, note=line.said)


def notes(sheetful: Sheetful) -> Iterator[str]:
    yield f"说明：{sheetful.table.form}。各栏定义见栏目批注和“说明”页。"
    yield from sheetful.table.remarks
    yield from remarks(sheetful)
    if any(column.format is Format.SHARE for column in sheetful.table.columns):
        yield "“—”表示分母为零，没有可计算的比率。"


def remarks(sheetful: Sheetful) -> Iterator[str]:
    """What must be known of single numbers, said of those that the table ends in or, without a total, of each."""
    lines = [line for line in sheetful.lines if line.label == TOTAL] or sheetful.lines
    for line in lines:
        for column in sheetful.table.columns:
            if remark := line.cells[column.key].remark:
                yield f"{line.label}“{'－'.join(column.headings)}”：{remark}。"
