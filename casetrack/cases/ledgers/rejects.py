"""The rows that were rejected, as they were, with the reason beside them: to be corrected and sent once more."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell as Written
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from casetrack.cases.ledgers.cells import Cell
from casetrack.cases.ledgers.reports import ImportReport, SheetReport

NONE_REJECTED = "没有拒收的行"
REASON, ORIGINAL_ROW = "拒收原因", "原行号"
FORBIDDEN_IN_TITLE = re.compile(r"[\\/*?:\[\]']")
DATE, DATE_AND_TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
LONGEST_TEXT = 32_767


def write_rejects(report: ImportReport, path: Path | BinaryIO) -> int:
    """Write the rejected rows of every sheet to a workbook; how many there were.

    Without any the workbook says so: one that a former run left there would be taken for this one's.
    """
    rejecting = [sheet for sheet in report.sheets if sheet.rejected]
    book = Workbook(write_only=True)
    if not rejecting:
        book.create_sheet(NONE_REJECTED).append([NONE_REJECTED])
    for number, sheet in enumerate(rejecting, start=1):
        page = book.create_sheet(title_of(number, sheet))
        page.freeze_panes = "A2"
        for row in rows_of(page, sheet):
            page.append(row)
    book.save(path)
    return sum(len(sheet.rejected) for sheet in rejecting)


def title_of(number: int, sheet: SheetReport) -> str:
    return f"{number}-{FORBIDDEN_IN_TITLE.sub('', sheet.ledger)}"[:31]


def rows_of(page: WriteOnlyWorksheet, sheet: SheetReport) -> Iterator[list[Written]]:
    """The headings and rows of one sheet; reason and row number stand behind, and a second import passes them over."""
    width = max(len(sheet.headings), *(len(row.cells) for row in sheet.rejected))
    headings = [*padded(sheet.headings, width), REASON, ORIGINAL_ROW]
    yield [cell(page, heading, bold=True) for heading in headings]
    for row in sheet.rejected:
        yield [cell(page, value) for value in (*padded(row.cells, width), row.reason, row.number)]


def padded(values: Sequence[Cell], width: int) -> list[Cell]:
    return [*values, *[None] * (width - len(values))]


def cell(page: WriteOnlyWorksheet, value: Cell, *, bold: bool = False) -> Written:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST_TEXT]
    written: Written = WriteOnlyCell(page)
    written.value = value
    if written.data_type == "f":
        written.data_type = "s"  # text that begins with "=" stays text
    if isinstance(value, datetime):
        written.number_format = DATE_AND_TIME
    elif isinstance(value, date):
        written.number_format = DATE
    if bold:
        written.font = Font(bold=True)
    return written
