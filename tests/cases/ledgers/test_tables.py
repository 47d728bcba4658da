"""A sheet is told by its headings, whatever stands around them."""

from collections.abc import Sequence
from datetime import date

import pytest

from casetrack.cases.ledgers.recognise import SheetUnrecognised
from casetrack.cases.ledgers.tables import Table, table_of
from casetrack.cases.ledgers.values import RowReader
from casetrack.cases.ledgers.workbooks import open_book
from tests.cases.ledgers.books import DISPUTE, book

HEADINGS = ("编号", "受理日期", "调解组织", "纠纷类型", "调解结果", "调结日期", "协议形式", "涉及金额（万元）")
FIRST = ("1号", date(2024, 3, 1), "甲调委会", "邻里", "成功", date(2024, 3, 9), "口头", 3.5)
SECOND = ("2号", date(2024, 3, 2), "甲调委会", "合同", "失败", date(2024, 3, 8), None, None)


def table(rows: Sequence[Sequence[object]], *merges: str) -> Table:
    (sheet,) = open_book(book(rows, merges=merges)).sheets
    found = table_of(sheet)
    assert found is not None
    return found


def numbers(found: Table) -> list[object]:
    reader = RowReader(found.recognised)
    return [reader.values(row.cells)["number"] for row in found.rows]


def test_titles_above_and_blank_rows_between_are_passed_over() -> None:
    found = table(
        [("秦安县人民调解案件台账",), (), ("填报单位：司法局", None, "2024年"), HEADINGS, (), FIRST, (), (), SECOND]
    )

    assert found.recognised.template.title == "人民调解案件登记台账"
    assert [row.number for row in found.rows] == [6, 9]


@pytest.mark.parametrize(
    "after",
    [
        ("合计", None, None, 2),
        ("总 计", None, None, 2),
        (None, "小计：", None, 2),
        ("本页合计", 2),
        ("填表人：张三", None, None, None, "审核人：李四"),
        ("备注：本表按月填报",),
        ("备注",),
        HEADINGS,
    ],
)
def test_totals_signatures_and_headings_printed_again_are_no_cases(after: tuple[object, ...]) -> None:
    found = table([HEADINGS, FIRST, after, SECOND, after])

    assert numbers(found) == ["1号", "2号"]


def test_the_line_of_column_numbers_is_no_case() -> None:
    found = table([HEADINGS, (1, 2, 3, 4, 5, 6, 7, 8), FIRST])

    assert numbers(found) == ["1号"]


def test_rows_with_nothing_but_a_serial_number_are_blank() -> None:
    found = table([("序号", *HEADINGS), (1, *FIRST), (2,), (3,)])

    assert numbers(found) == ["1号"]


def test_headings_in_two_rows_are_read_together() -> None:
    groups = ("编号", "受理日期", "调解组织", "申请人", None, "被申请人", "纠纷类型", "调解结果")
    under = (None, None, None, "姓名", "电话", "姓名", None, None)
    row = ("1号", "2024-3-1", "甲调委会", "张三", 13800000000, "李四", "邻里", "调解中")

    found = table([("台账",), groups, under, row], "A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "G2:G3", "H2:H3")

    (cells,) = (row.cells for row in found.rows)
    values = RowReader(found.recognised).values(cells)
    assert (values["applicant.name"], values["applicant.phone"], values["respondent.name"]) == (
        "张三",
        "13800000000",
        "李四",
    )


def test_a_committee_written_once_for_several_rows_holds_for_all_of_them() -> None:
    found = table([HEADINGS, FIRST, (*SECOND[:2], None, *SECOND[3:])], "C2:C3")

    reader = RowReader(found.recognised)
    assert [reader.values(row.cells)["organization"] for row in found.rows] == ["甲调委会", "甲调委会"]


@pytest.mark.parametrize("star", ["*编 号", "编号*", "编\n号", "　编号", "编号："])
def test_headings_are_found_with_stars_spaces_and_line_breaks(star: str) -> None:
    assert numbers(table([(star, *HEADINGS[1:]), FIRST])) == ["1号"]


@pytest.mark.parametrize(
    ("heading", "cents"),
    [
        ("协议涉及金额(元)", 350),
        ("协议涉及金额（万元）", 3_500_000),
        ("协议涉及金额\n（单位：万元）", 3_500_000),
        ("涉及金额万元", 3_500_000),
        ("涉及金额（百万元）", 350_000_000),
        ("涉及金额", 350),
    ],
)
def test_the_heading_says_the_unit_of_amounts(heading: str, cents: int) -> None:
    found = table([(*HEADINGS[:-1], heading), FIRST])

    assert [RowReader(found.recognised).values(row.cells)["amount"] for row in found.rows] == [cents]


def test_a_line_above_the_headings_may_say_the_unit_of_amounts() -> None:
    found = table([("台账", None, "金额单位：万元"), (*HEADINGS[:-1], "涉及金额"), FIRST])

    assert [RowReader(found.recognised).values(row.cells)["amount"] for row in found.rows] == [3_500_000]


def test_of_two_columns_with_one_meaning_the_first_is_read_and_the_other_named() -> None:
    found = table([(*HEADINGS, "受理时间"), (*FIRST, "2024-4-1")])

    (note,) = found.recognised.notes
    assert "受理时间" in note
    assert [RowReader(found.recognised).values(row.cells)["accepted_on"] for row in found.rows] == [date(2024, 3, 1)]


def test_columns_that_are_not_read_are_named() -> None:
    found = table([("序号", *HEADINGS, "网格员", "备注"), (1, *FIRST, "王某", "")])

    assert found.recognised.notes == ("未识别的列，内容不导入：网格员",)


@pytest.mark.parametrize("heading", ["受理日期（年月日）", "受理日期(如2024-3-1)", "受理日期[必填]"])
def test_a_remark_behind_a_heading_is_passed_over(heading: str) -> None:
    found = table([(HEADINGS[0], heading, *HEADINGS[2:]), FIRST])

    assert [RowReader(found.recognised).values(row.cells)["accepted_on"] for row in found.rows] == [date(2024, 3, 1)]


def test_a_unit_of_money_that_nobody_knows_is_not_read_as_yuan() -> None:
    found = table([(*HEADINGS[:-1], "涉及金额（美元）"), FIRST])

    assert found.recognised.notes == ("未识别的列，内容不导入：涉及金额(美元)",)
    assert "amount" not in RowReader(found.recognised).names


def test_every_sheet_of_a_workbook_is_recognised_by_itself() -> None:
    petitions = [("登记编号", "登记日期", "信访形式", "办理状态"), ("1号", "2024-1-1", "来信", "在办")]

    sheets = open_book(book([HEADINGS, FIRST], petitions)).sheets

    assert [found.recognised.template.code for sheet in sheets if (found := table_of(sheet))] == [
        "mediation",
        "petition",
    ]


def test_a_sheet_that_is_no_ledger_says_what_was_found_and_what_can_be_imported() -> None:
    with pytest.raises(
        SheetUnrecognised, match=r"没有找到可识别的表头（读到：品名、单价.*可导入的有：人民调解组织名册"
    ):
        table([("品名", "单价"), ("纸", 3)])


def test_a_ledger_without_a_telling_column_says_which() -> None:
    headings = [heading for heading in DISPUTE if heading != "调解结果"]

    with pytest.raises(SheetUnrecognised, match="最接近“人民调解案件登记台账”，但缺少：调解结果"):
        table([headings, ["x"] * len(headings)])


def test_a_ledger_without_a_required_column_is_told_so_once() -> None:
    with pytest.raises(SheetUnrecognised, match="这是“信访事项登记台账”，但缺少必需的列：登记日期"):
        table([("登记编号", "信访形式", "办理状态"), ("1号", "来信", "在办")])


def test_an_empty_sheet_is_passed_over() -> None:
    (sheet,) = open_book(book([])).sheets

    assert table_of(sheet) is None
