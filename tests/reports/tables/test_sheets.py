"""How official tables look: headings with their definitions, what is hidden, and the sheet that explains them."""

import hashlib
import json

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.reports.tables.reading import Tables
from tests.reports.world import names, rows, sheet

pytestmark = pytest.mark.django_db

MARCH, YEAR, PAGE = range(3)


def heading_cells(found: Worksheet, text: str) -> list[str]:
    return [cell.coordinate for row in found.iter_rows() for cell in row if cell.value == text]


def hidden(found: Worksheet, text: str) -> bool:
    (coordinate,) = heading_cells(found, text)
    return bool(found.column_dimensions[found[coordinate].column_letter].hidden)


def test_a_sheet_a_table_and_the_explanation_last(tables: Tables) -> None:
    assert names(tables.files[MARCH]) == [
        *("人民调解案件情况", "人民调解组织队伍情况", "信访情况", "法律援助情况", "说明")
    ]
    assert names(tables.files[YEAR]) == ["行政复议案件", "行政应诉案件", "说明"]


@pytest.mark.parametrize("number", [MARCH, YEAR])
def test_every_last_heading_says_what_it_counts(tables: Tables, number: int) -> None:
    for name in names(tables.files[number])[:-1]:
        found = sheet(tables.files[number], name)
        lines = list(found.iter_rows())
        place = next(row for row, line in enumerate(lines) if line[0].value == "甲")
        for column, numbered in enumerate(lines[place][1:], start=1):
            heading = next(line[column] for line in reversed(lines[:place]) if line[column].value)
            if numbered.value:
                assert heading.comment is not None, f"{name} {heading.value}"
                assert "。" in heading.comment.text


def test_a_definition_names_the_values_and_the_version(tables: Tables) -> None:
    found = sheet(tables.files[YEAR], "行政应诉案件")
    (rate,) = heading_cells(found, "败诉率")

    assert found[rate].comment.text.startswith("统计期内一审审结的行政案件中，")
    assert "（口径：败诉率·一审审结·1）" in found[rate].comment.text
    (police,) = heading_cells(sheet(tables.files[MARCH], "人民调解案件情况"), "公安机关")
    assert sheet(tables.files[MARCH], "人民调解案件情况")[police].comment.text == (
        "统计期内调解终结（达成协议或调解不成）的纠纷数，按终结日期计。其中案件来源为公安机关委托移送的。"
    )


def test_subtotals_are_hidden_and_what_nobody_filled_in_where_it_is_empty(tables: Tables) -> None:
    disputes, reviews = sheet(tables.files[MARCH], "人民调解案件情况"), sheet(tables.files[YEAR], "行政复议案件")

    assert hidden(disputes, "分类小计")
    assert hidden(reviews, "事项小计")
    unfilled = [
        found.column_dimensions[found[each].column_letter].hidden
        for found in (disputes,)
        for each in heading_cells(found, "未填")
    ]
    assert unfilled == [True, False]  # every committee has its kind, and one dispute no source


def test_the_form_of_reconsideration_has_its_45_numbers_and_a_line_that_is_hidden_counts_none(tables: Tables) -> None:
    found = sheet(tables.files[YEAR], "行政复议案件")
    numbers = next(row for row in found.iter_rows(values_only=True) if row[0] == "甲")

    assert [each for each in numbers if each][-1] == "46"  # one of the county's applications names no organ
    suits = sheet(tables.files[YEAR], "行政应诉案件")
    assert [row for row in range(1, suits.max_row + 1) if suits.row_dimensions[row].hidden] == [
        row for row in range(1, suits.max_row + 1) if suits.cell(row, 1).value == "未填"
    ]


def test_the_explanation_says_until_when_from_where_what_was_checked_and_the_digest(tables: Tables) -> None:
    lines = rows(tables.files[YEAR], "说明")

    assert ["统计期间", "2023年12月11日至2024年12月10日"] in lines
    assert ["统计截止日", "2024年12月10日"] in lines
    assert ["版次", "未结账"] in lines
    assert ["B1", "上期结转＋受理＝已审结＋未审结（合计）", "5＝5", 31, "相符"] in lines
    assert ["B6", "上期未审结＝本期上期结转（合计）", "1＝1", 31, "相符"] in lines
    (told,) = [line[1] for line in lines if line[:1] == ["行政复议案件统计表摘要"]]
    assert told == digest_of(tables, "行政复议案件统计表")


def digest_of(tables: Tables, title: str) -> str:
    """As the explanation describes it, formed anew."""
    told = [
        {"line": line.label, **{key: plain(cell.value) for key, cell in line.cells.items()}}
        for line in tables.balanced[title].sheetful.lines
    ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: object) -> str:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def test_a_wide_table_is_two_pages_wide_and_keeps_its_first_column(tables: Tables) -> None:
    found = sheet(tables.files[YEAR], "行政复议案件")

    assert found.page_setup.fitToWidth == 2
    assert found.print_title_cols == "$A:$A"
    assert found.freeze_panes is not None
