"""Rejected rows come back as they were, with the reason beside them, ready to be corrected and sent again."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from casetrack.cases.ledgers.rejects import write_rejects
from casetrack.cases.models import Case
from tests.cases.ledgers.books import book, dispute, ledger, petition, send, verdicts

pytestmark = pytest.mark.usefixtures("registered")


def test_a_rejected_row_comes_back_as_it_was(tmp_path: Path) -> None:
    wrong = dispute(
        受理日期=date(2024, 3, 1), 调结日期="2024-02-30", 申请人="=HYPERLINK(1)", 金额=0.35, 纠纷简要情况="a\x0bb"
    )
    report = send(ledger(dispute(编号="1号"), {**wrong, "纠纷简要情况": "ab"}))

    written = write_rejects(report, tmp_path / "errors.xlsx")

    sheet = load_workbook(tmp_path / "errors.xlsx").worksheets[0]
    headings, row = list(sheet.iter_rows())
    said = {heading.value: cell for heading, cell in zip(headings, row, strict=True)}
    assert written == 1
    assert said["受理日期"].value == datetime(2024, 3, 1)
    assert (said["调结日期"].value, said["协议涉及金额(元)"].value) == ("2024-02-30", 0.35)
    assert (said["申请人"].value, said["申请人"].data_type) == ("=HYPERLINK(1)", "s")
    assert "2024年2月没有30日" in str(said["拒收原因"].value)
    assert said["原行号"].value == 4


def test_the_corrected_error_workbook_goes_in(tmp_path: Path) -> None:
    report = send(ledger(dispute(编号="1号"), dispute(编号="2号", 金额="很多")), ledger(petition(办结日期="")))
    write_rejects(report, tmp_path / "errors.xlsx")
    workbook = load_workbook(tmp_path / "errors.xlsx")
    disputes, petitions = workbook.worksheets
    disputes.cell(2, [cell.value for cell in disputes[1]].index("协议涉及金额(元)") + 1).value = 3500
    petitions.cell(2, [cell.value for cell in petitions[1]].index("办结日期") + 1).value = "2024-2-26"
    corrected = io.BytesIO()
    workbook.save(corrected)

    again = send(corrected.getvalue())

    assert verdicts(again) == ["created", "created"]
    assert Case.objects.count() == 3


def test_headings_of_two_rows_come_back_as_one_that_is_understood(tmp_path: Path) -> None:
    groups = ("编号", "受理日期", "调解组织", "申请人", None, "纠纷类型", "调解结果")
    under = (None, None, None, "姓名", "电话", None, None)
    row = ("1号", "2024-3-99", "兴国镇第1村调委会", "张三", 13800000000, "邻里", "调解中")
    report = send(book([groups, under, row], merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2"]))
    write_rejects(report, tmp_path / "errors.xlsx")

    again = send((tmp_path / "errors.xlsx").read_bytes())

    assert verdicts(again) == ["rejected"]
    assert again.sheets[0].headings[3:5] == ("申请人姓名", "申请人电话")


def test_without_rejected_rows_the_error_workbook_says_so(tmp_path: Path) -> None:
    (tmp_path / "errors.xlsx").write_bytes(b"left by a former run")

    assert write_rejects(send(ledger(dispute())), tmp_path / "errors.xlsx") == 0

    (sheet,) = load_workbook(tmp_path / "errors.xlsx").worksheets
    assert [cell.value for row in sheet.iter_rows() for cell in row] == ["没有拒收的行"]
