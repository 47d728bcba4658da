"""The last sheet, 说明: what the book covers, in which edition, what was checked, definitions, and the digest."""

from collections.abc import Sequence

from reports.books.checks import plain
from reports.books.editions import NOT_PUBLISHED
from reports.books.layout import Column, Format, Row, Section, Sheet, Table
from reports.books.material import digest
from reports.books.wording import chinese_day, chinese_period
from reports.tables.balancing import Balanced, one_line_each
from reports.tables.filling import Content, Sheetful
from reports.tables.laying_out import Made

NAME = "说明"


def explanation(balanced: Sequence[Balanced], made: Made) -> Sheet:
    return Sheet(
        name=NAME,
        title=f"{made.region.name}统计表说明",
        facts=made.facts,
        tables=(
            coverage(balanced, made),
            *(checked(each) for each in balanced if each.checks),
            *(definitions(each.sheetful, number) for number, each in enumerate(balanced)),
        ),
        notes=(
            "数字由案件登记记录、名册和报送数逐项汇总，每个数字都可以在系统中查到它所包含的案件。",
            "统计截止日之后发生的事项不计入。百分比按十进制四舍五入保留四位小数后显示两位。",
            "摘要为各表各行各栏数字的规范 JSON（UTF-8，键按字典序，无空格）的 sha256；"
            "数字不变，摘要不变，文件逐字节相同。",
        ),
    )


def coverage(balanced: Sequence[Balanced], made: Made) -> Table:
    told = [
        ("地区", f"{made.region.name}（{made.region.code}）及其所辖"),
        ("制表单位", made.bureau),
        ("统计期间", chinese_period(made.days.period)),
        ("统计截止日", chinese_day(made.days.as_of)),
        ("版次", made.edition or NOT_PUBLISHED),
        *((f"{each.sheetful.table.title}依据", each.sheetful.table.form) for each in balanced),
        *((f"{each.sheetful.table.title}摘要", digest_of(each.sheetful)) for each in balanced),
    ]
    rows = tuple(Row(label, (value,)) for label, value in told)
    return Table("项目", (Column("内容", Format.TEXT),), (Section(rows),), caption="一、范围、版次和数字摘要")


def checked(balanced: Balanced) -> Table:
    heading = (
        Column("校验关系", Format.TEXT),
        Column("两边的数", Format.TEXT),
        Column("所核数", Format.COUNT),
        Column("结论", Format.TEXT),
    )
    rows = tuple(
        Row(each.code, (f"{each.words}（{each.place}）", each.sides, lines, each.verdict))
        for each, lines in one_line_each(balanced.checks)
    )
    caption = f"二、校验：{balanced.sheetful.table.title}"
    return Table("编号", heading, (Section(rows),), caption=caption)


def definitions(sheetful: Sheetful, number: int) -> Table:
    table = sheetful.table
    rows = tuple(Row("－".join(column.headings), (column.note, column.unit)) for column in table.columns)
    heading = (Column("定义", Format.TEXT), Column("单位", Format.TEXT))
    caption = f"三、定义：{table.title}"
    return Table("栏目", heading, (Section(rows),), caption=caption, new_page=number == 0)


def digest_of(sheetful: Sheetful) -> str:
    return digest(
        {"line": line.label, **{key: plain_of(cell.value) for key, cell in line.cells.items()}}
        for line in sheetful.lines
    )


def plain_of(value: Content) -> str:
    return value if isinstance(value, str) else plain(value)
