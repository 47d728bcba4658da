"""An answer as tables for a terminal: a subject a table, its dimensions below."""

from dataclasses import replace
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casetrack.stats.comparing import Compare
from casetrack.stats.figures import Answer, Coverage, Figure
from casetrack.stats.questions import Basis, Organized

COUNTED_FROM = {
    Basis.CELLS: "按月汇总",
    Basis.EVENTS: "逐案统计",
    Basis.BOTH: "整月按月汇总，其余各日逐案统计",
    Basis.NODES: "各节点按月汇总",
}


def as_text(answer: Answer, *, width: int, color: bool) -> str:
    console = Console(file=StringIO(), width=width, force_terminal=color, highlight=False)
    place = answer.organization_name or answer.region_name
    days = f"{answer.first}至{answer.last}　截止{answer.as_of}"
    days += f"　按{answer.known_on}所知" if answer.known_on else ""
    days += "　按机构现在所在的地区" if answer.organized is Organized.NOW else ""
    console.print(Text(f"{place}　{days}　（{COUNTED_FROM[answer.basis]}）", style="bold"))
    for subject in answer.subjects:
        console.print(table_of(subject.label, answer, subject.code))
    if answer.not_reported:
        console.print(Text(f"未报送（不是零）：{'、'.join(each.label for each in answer.not_reported)}", style="dim"))
    return console.file.getvalue() if isinstance(console.file, StringIO) else ""


def covered(coverage: Coverage | None) -> str:
    """How much of the period was reported: a month that is missing is not zero."""
    if coverage is None:
        return ""
    if coverage.months is None:
        return "" if coverage.complete else "未报齐"
    return f"{coverage.months}/{coverage.expected}"


def table_of(title: str, answer: Answer, code: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    table.add_column("指标")
    table.add_column("分组")
    table.add_column("数值", justify="right")
    table.add_column("单位")
    table.add_column("分子/分母", justify="right")
    reported = any(figure.coverage for figure in answer.of(code))
    if reported:
        table.add_column("已报/应报月数", justify="right")
    if answer.compare:
        table.add_column("上年同期" if answer.compare is Compare.YEAR else "上月", justify="right")
        table.add_column(answer.compare.label, justify="right")
    for figure in answer.of(code):
        if figure.dimensions and not figure.value:
            continue  # a value that does not occur is for programs, not for the eye
        share = f"{figure.numerator}/{figure.denominator}" if figure.denominator is not None else ""
        cells = [figure.label, "、".join(figure.dimension_labels.values()), figure.shown, figure.unit, share]
        cells += [covered(figure.coverage)] if reported else []
        table.add_row(*cells, *change_of(answer, figure))
    return table


def change_of(answer: Answer, figure: Figure) -> tuple[str, ...]:
    comparison = answer.comparison(figure)
    if comparison is None:
        return ()
    base = replace(figure, value=comparison.base).shown
    if not comparison.comparable or comparison.change is None:
        return base, "无可比"
    if comparison.per_cent is None:
        return base, f"{comparison.change:+.1f}{comparison.unit}"
    return base, f"{comparison.change:+}（{comparison.per_cent:+.1f}%）"
