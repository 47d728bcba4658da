"""The writer: a layout in, a file out, and nothing in it that the layout did not say."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from reports import workbook
from reports.books.layout import Book, Chart, Column, Format, Row, Section, Sheet, Table, Value, Weight
from tests.reports.world import charts, sheet


def book(*values: Value, label: str = "1月") -> Book:
    columns = (
        Column("收到", group="收案与办结"),
        Column("办结率", Format.SHARE, group="比率"),
        Column("协议涉及金额（万元）", Format.AMOUNT),
    )
    numbers = values or (7, Decimal("0.981"), Decimal("1015.15"))
    table = Table(
        "分组",
        columns,
        (Section((Row("合计", numbers, Weight.TOTAL),)), Section((Row(label, numbers),), "按月份")),
        numbered=True,
    )
    page = Sheet(
        "人民调解",
        "秦安县2024年人民调解情况统计表",
        (table,),
        facts=(("制表单位：秦安县司法局", "统计期间：2024年", "单位：件"),),
        charts=(Chart("各月收到", ((0, "收到"),), section=1),),
        notes=("说明：",),
    )
    return Book("统计工作簿", "秦安县司法局", date(2024, 12, 31), (page,))


def test_equal_books_give_equal_bytes() -> None:
    assert workbook.write(book()) == workbook.write(book())


def test_another_figure_gives_other_bytes() -> None:
    assert workbook.write(book()) != workbook.write(book(8, Decimal("0.981"), Decimal("1015.15")))


def test_no_clock_is_in_the_file() -> None:
    data = workbook.write(book())

    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(io.BytesIO(data)).properties
    assert (properties.created, properties.modified) == (datetime(2024, 12, 31), datetime(2024, 12, 31))


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "#N/A", "'quoted"])
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    data = workbook.write(book(label=text))

    cell = sheet(data, "人民调解")["A8"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_characters_that_no_spreadsheet_can_hold_are_left_out() -> None:
    assert sheet(workbook.write(book(label="兴国镇\x00\x0b第1村")), "人民调解")["A8"].value == "兴国镇第1村"


def test_numbers_are_numbers_and_shown_as_declared() -> None:
    line = sheet(workbook.write(book()), "人民调解")[8]

    assert [cell.value for cell in line] == ["1月", 7, 0.981, 1015.15]
    assert [cell.number_format for cell in line] == ["@", "0", "0.00%", "0.00"]


def test_a_sheet_prints_on_landscape_a4_under_repeated_headings() -> None:
    page = sheet(workbook.write(book()), "人民调解")

    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert (page.print_title_rows, page.freeze_panes) == ("$1:$5", "B6")
    assert page.oddFooter is not None
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert page.auto_filter.ref is None


def test_a_chart_draws_the_cells_of_its_section() -> None:
    (chart,) = charts(workbook.write(book()), "人民调解")

    (series,) = chart.series
    assert (series.val.numRef.f, series.cat.numRef.f) == ("'人民调解'!$B$8", "'人民调解'!$A$8")


def test_columns_are_wide_enough_for_chinese_headings() -> None:
    page = sheet(workbook.write(book()), "人民调解")

    assert all(page.column_dimensions[letter].width >= 9 for letter in "ABCD")


def test_another_reader_finds_the_same() -> None:
    found = CalamineWorkbook.from_filelike(io.BytesIO(workbook.write(book()))).get_sheet_by_name("人民调解").to_python()

    assert found[0][0] == "秦安县2024年人民调解情况统计表"
    assert found[5] == ["合计", 7, 0.981, 1015.15]


def test_a_row_that_does_not_fit_its_headings_is_refused() -> None:
    table = book().sheets[0].tables[0]

    with pytest.raises(ValueError, match="2 values under 3 headings"):
        replace(table, sections=(Section((Row("1月", (1, 2)),)),))
