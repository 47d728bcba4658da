"""A county's whole ledger, rewritten as carelessly as offices do, says what the clean one says."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import cycle
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.sources import Source
from casetrack.cases.models import CaseEvent
from tests.cases.ledgers.books import COUNTY, NOW

QINAN = Path(__file__).parents[3] / "samples" / "qinan-2019"
EXCEL_DAY_ZERO = datetime(1899, 12, 30)
FULL_WIDTH = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
SPELLINGS: tuple[Callable[[datetime], object], ...] = (
    lambda day: day,
    lambda day: day.date(),
    lambda day: (day - EXCEL_DAY_ZERO).days,
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day} ",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y-%m-%d}".translate(FULL_WIDTH),
    lambda day: f"{day:%Y/%m/%d 00:00:00}",
    lambda day: int(f"{day:%Y%m%d}"),
)
WORDS = {
    "调解成功": "成功",
    "书面协议": "书面",
    "口头协议": " 口头 ",
    "已履行": "履行完毕",
    "是": "√",
    "当事人申请": "依申请调解",
}
HEADINGS = {
    "案件编号": "编 号*",
    "受理日期": "受理\n时间",
    "调解组织": "调委会",
    "协议涉及金额(元)": "协议涉及金额（万元）",
    "调结日期": "结案日期",
    "调解结果": "调处结果",
    "联系电话": "申请人电话",
}


def carelessly(rows: Sequence[tuple[object, ...]]) -> bytes:
    """The rows with other spellings, under other headings, between titles, blank rows, subtotals and signatures."""
    book = Workbook()
    sheet = book.worksheets[0]
    headings = [str(heading) for heading in rows[1]]
    sheet.append(["秦 安 县 2019年 人民调解案件登记台账"])
    sheet.merge_cells("A1:R1")
    sheet.append(["填报单位：秦安县司法局", None, None, None, "填报日期：2019年12月31日"])
    sheet.append([])
    sheet.append([HEADINGS.get(heading, heading) for heading in headings])
    spelling = cycle(SPELLINGS)
    for number, row in enumerate(rows[2:], start=1):
        sheet.append(list(respelt(headings, row, spelling)))
        if number % 100 == 0:
            sheet.append(["小计", None, None, None, 100])
            sheet.append([])
    sheet.append(["合计", len(rows) - 2])
    sheet.append(["制表人：王某", None, None, "审核人：李某"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def respelt(
    headings: list[str], row: tuple[object, ...], spelling: Iterator[Callable[[datetime], object]]
) -> Iterator[object]:
    for heading, value in zip(headings, row, strict=True):
        if isinstance(value, datetime | date):
            yield next(spelling)(datetime(value.year, value.month, value.day))
        elif heading.startswith("协议涉及金额") and isinstance(value, int | float):
            yield f"{value / 10_000:.6f}"
        elif heading == "联系电话":
            yield int(str(value))
        elif heading == "调解组织":
            yield str(value).replace("人民调解委员会", "调委会 ")
        else:
            yield WORDS.get(str(value), value)


@pytest.mark.usefixtures("db")
def test_a_careless_copy_of_a_ledger_changes_nothing() -> None:
    register, clean = QINAN / "01调解组织名册.xlsx", QINAN / "11人民调解案件台账.xlsx"
    send(*(Source(file.name, file.read_bytes()) for file in (register, clean)))
    events = CaseEvent.objects.count()
    rows = list(load_workbook(clean).worksheets[0].iter_rows(values_only=True))

    counts = send(Source("careless.xlsx", carelessly(rows)))

    assert counts == [{"read": 842, "created": 0, "changed": 0, "unchanged": 842, "rejected": 0}]
    assert CaseEvent.objects.count() == events


def send(*sources: Source) -> list[dict[str, int]]:
    report = import_files(sources=sources, region_code=COUNTY, actor=None, now=NOW)
    assert [row.reason for sheet in report.sheets for row in sheet.rejected] == []
    return [sheet.counts for sheet in report.sheets]
