"""The first rows of a sheet as they are read: what was understood, and of people only as much as anyone may see."""

from collections.abc import Mapping

import pytest

from casetrack.cases.ledgers.preview import Previewed, previewed
from casetrack.cases.ledgers.tables import table_of
from casetrack.cases.ledgers.values import RowReader
from casetrack.cases.ledgers.workbooks import open_book
from tests.cases.ledgers.books import book, dispute, ledger, send


def preview(content: bytes) -> tuple[tuple[Previewed, ...], list[str]]:
    (sheet,) = open_book(content).sheets
    table = table_of(sheet)
    assert table is not None
    reader = RowReader(table.recognised)
    return previewed(table.first, reader), [column.place.column.name for column in reader.columns]


def first(content: bytes) -> Mapping[str, str]:
    rows, names = preview(content)
    return dict(zip(names, rows[0].cells, strict=True))


def test_a_row_is_shown_as_it_is_understood() -> None:
    row = dispute(受理日期="2024.3.1", 纠纷类型="邻里", 调解结果="成功", 金额="1,3500.5", 司法确认="√")

    seen = first(ledger(row))

    assert seen["accepted_on"] == "2024-03-01"
    assert (seen["category"], seen["result"], seen["confirmation"]) == ("邻里纠纷", "调解成功", "是")
    assert seen["amount"] == "13,500.50元"
    assert seen["number"] == "秦人调〔2024〕1号"
    assert seen["confirmed_on"] == ""


def test_of_people_no_more_is_shown_than_on_other_pages() -> None:
    seen = first(ledger(dispute(案件来源="当事人申请")))

    assert (seen["applicant.name"], seen["applicant.phone"], seen["respondent.name"]) == ("张*", "138****0000", "李*")
    assert seen["summary"] == "（7字，不显示）"


def test_what_can_not_be_read_says_why_without_long_numbers() -> None:
    assert first(ledger(dispute(受理日期="13912345678")))["accepted_on"].startswith("读不出：“139****”不是日期")


def test_the_telephone_of_a_mediator_is_masked_and_their_name_is_not() -> None:
    rows, _ = preview(book([["姓名", "所属调解组织", "专兼职", "手机"], ["许某", "甲" * 70, "专职", "13912345678"]]))

    assert rows == (Previewed(2, ("许某", f"{'甲' * 60}…", "专职", "139****5678")),)


@pytest.mark.usefixtures("registered")
def test_a_trial_shows_the_first_five_rows_and_still_reads_all() -> None:
    rows = [dispute(编号=f"秦人调〔2024〕{number}号") for number in range(1, 8)]

    (sheet,) = send(ledger(*rows), dry_run=True).sheets

    assert [each.row for each in sheet.preview] == [3, 4, 5, 6, 7]
    assert sheet.counts["created"] == 7
    (taken,) = send(ledger(*rows)).sheets
    assert taken.preview == ()
