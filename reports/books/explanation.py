"""The last sheet, 说明: what the book covers, what was checked, and digests by which its figures are known."""

from collections.abc import Sequence

from reports.books.checks import Check
from reports.books.editions import NOT_PUBLISHED
from reports.books.layout import Column, Format, Row, Section, Sheet, Table
from reports.books.material import Material, digest
from reports.books.wording import chinese_day, chinese_period, title_of

NAME = "说明"


def explanation_sheet(material: Material, checks: Sequence[Check]) -> Sheet:
    return Sheet(
        name=NAME,
        title=title_of(material, "统计工作簿说明"),
        tables=(coverage(material), checked(checks), digests(material)),
        notes=(
            "说明：",
            "数字由案件登记记录逐件汇总，每个数字都可以在系统中查到它所包含的案件。",
            "统计截止日之后发生的事项不计入；办结率按统计期内收到的案件截至截止日的办结情况计算。",
            "摘要为数字的规范 JSON（UTF-8，键按字典序，无空格，不含取数方式 basis）的 sha256；"
            "数字不变，摘要不变，文件逐字节相同。",
            "百分比按十进制四舍五入保留四位小数后显示两位。",
        ),
    )


def coverage(material: Material) -> Table:
    told = [
        ("地区", f"{material.region.name}（{material.region.code}）及其所辖"),
        ("制表单位", material.bureau),
        ("统计期间", chinese_period(material.period)),
        ("统计截止日", chinese_day(material.as_of)),
        ("版次", material.edition or NOT_PUBLISHED),
        ("主题", "、".join(subject.label for subject in material.whole.subjects)),
    ]
    rows = tuple(Row(label, (value,)) for label, value in told)
    return Table("项目", (Column("内容", Format.TEXT),), (Section(rows),), caption="一、范围和版次")


def checked(checks: Sequence[Check]) -> Table:
    heading = (Column("平衡关系", Format.TEXT), Column("数字", Format.TEXT), Column("结论", Format.TEXT))
    rows = tuple(Row(check.subject, (check.equation, check.shown, "相符")) for check in checks)
    return Table("主题", heading, (Section(rows),), caption="二、校验")


def digests(material: Material) -> Table:
    offices = [
        {"organization": office.organization.pk, "figures": [figure.as_dict() for figure in office.figures]}
        for found in material.offices.values()
        for office in found
    ]
    told = [
        ("本期数字", digest([material.whole.as_dict()])),
        ("各月数字", digest([month.as_dict() for month in material.months])),
        ("各机构数字", digest(offices)),
    ]
    if material.so_far:
        told.insert(1, ("本年累计数字", digest([material.so_far.as_dict()])))
    rows = tuple(Row(label, (value,)) for label, value in told)
    return Table("数字", (Column("sha256 摘要", Format.TEXT),), (Section(rows),), caption="三、数字摘要")
