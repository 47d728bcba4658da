"""Workbooks as offices make them, for the tests: headings, rows, and what stands around them."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from openpyxl import Workbook

from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.reports import ImportReport, RowVerdict
from casetrack.cases.ledgers.sources import Source

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)
COUNTY = "620522000000"
COMMITTEE = "兴国镇第1村人民调解委员会"

DISPUTE: Mapping[str, object] = {
    "案件编号": "秦人调〔2024〕1号",
    "受理日期": "2024-3-1",
    "调解组织": COMMITTEE,
    "申请人": "张三",
    "联系电话": 13800000000,
    "被申请人": "李四",
    "纠纷类型": "邻里纠纷",
    "纠纷简要情况": "宅前排水沟走向",
    "案件来源": "当事人申请",
    "调结日期": "2024-3-10",
    "调解结果": "调解成功",
    "协议形式": "书面协议",
    "协议涉及金额(元)": 3500,
    "履行情况": "已履行",
    "履行日期": "2024-3-15",
    "司法确认": "",
    "司法确认日期": "",
}
PETITION: Mapping[str, object] = {
    "登记编号": "秦信〔2024〕1号",
    "登记日期": "2024-1-3",
    "信访形式": "来访",
    "信访人": "韩某",
    "人数": 2,
    "信访目的": "申诉求决",
    "内容分类": "交通运输",
    "受理日期": "2024-1-6",
    "办理状态": "已办结",
    "办结日期": "2024-2-26",
    "满意度": "满意",
}


def book(*sheets: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> bytes:
    """A workbook with these rows a sheet; merged ranges concern the first."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                if cell.data_type == "f":
                    cell.data_type = "s"
    for merge in merges:
        workbook.worksheets[0].merge_cells(merge)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def ledger(*rows: Mapping[str, object], title: str = "秦安县2024年台账") -> bytes:
    """A ledger as a county keeps it: a title, headings, a row a case."""
    headings = list(rows[0])
    return book([[title], headings, *[[row.get(heading) for heading in headings] for row in rows]])


def dispute(**changes: object) -> dict[str, object]:
    """A dispute that was mediated, agreed and performed, but for `changes`; a heading with brackets is 金额."""
    return {**DISPUTE, **{NAMES.get(name, name): value for name, value in changes.items()}}


NAMES = {"编号": "案件编号", "金额": "协议涉及金额(元)"}


def open_dispute(**changes: object) -> dict[str, object]:
    """A dispute that is still being mediated."""
    unsaid = dict.fromkeys(("调结日期", "协议形式", "金额", "履行情况", "履行日期"), "")
    return dispute(**{**unsaid, "调解结果": "正在调解", **changes})


def petition(**changes: object) -> dict[str, object]:
    return {**PETITION, **changes}


def send(*contents: bytes, dry_run: bool = False, name: str = "台账.xlsx") -> ImportReport:
    """Import files for the county on the first of June 2024."""
    return import_files(
        sources=[Source(name, content) for content in contents],
        region_code=COUNTY,
        actor=None,
        now=NOW,
        dry_run=dry_run,
    )


def verdicts(report: ImportReport) -> list[str]:
    return [row.verdict.value for sheet in report.sheets for row in sheet.rows]


def only_row(report: ImportReport) -> RowVerdict:
    (row,) = report.sheets[0].rows
    return row
