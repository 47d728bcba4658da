"""What each heading of a sheet is taken for is said with how surely: a guess is marked as one, and never acted upon."""

from collections.abc import Mapping, Sequence

import pytest

from casetrack.cases.ledgers.cells import Cell
from casetrack.cases.ledgers.outline import Outline, outline_of, outline_of_strange
from casetrack.cases.ledgers.recognise import SheetUnrecognised, recognise
from tests.cases.ledgers.books import DISPUTE

USUAL = ("案件编号", "受案时间", "调委会", "纠纷类型", "调解结果")


def found(outline: Outline) -> Mapping[str, tuple[str, str]]:
    return {each.heading: (each.field, each.surety.value) for each in outline.columns}


def strange(*rows: Sequence[Cell]) -> Outline:
    with pytest.raises(SheetUnrecognised) as unlike:
        recognise(rows)
    return outline_of_strange(unlike.value, rows)


def test_an_exact_heading_a_known_one_a_guess_and_none_are_told_apart() -> None:
    outline = outline_of(recognise([["台账"], ["序号", *USUAL, "收案时间", "纠纷简况", "协议履行情况如何", "网格"]]))

    assert (outline.ledger, outline.heading_row, outline.heading_rows) == ("mediation", 2, 1)
    assert found(outline) == {
        "序号": ("", ""),
        "案件编号": ("number", "exact"),
        "受案时间": ("accepted_on", "known"),
        "调委会": ("organization", "known"),
        "纠纷类型": ("category", "exact"),
        "调解结果": ("result", "exact"),
        "收案时间": ("concluded_on", "guess"),
        "纠纷简况": ("summary", "guess"),
        "协议履行情况如何": ("performance", "guess"),
        "网格": ("", ""),
    }


def test_a_heading_in_two_rows_is_guessed_by_either() -> None:
    groups, under = ("基本", "基本", "基本", *USUAL[2:]), ("案件编号", "受理日期", "纠纷简况", None, None, None)

    outline = outline_of(recognise([list(groups), list(under)]))

    assert (outline.heading_rows, found(outline)["基本纠纷简况"]) == (2, ("summary", "guess"))


def test_a_heading_that_says_the_same_as_another_is_no_guess() -> None:
    outline = outline_of(recognise([[*USUAL, "受理日期"]]))

    assert found(outline)["受理日期"] == ("", "repeated")


def test_a_sheet_that_is_nearest_to_a_ledger_is_outlined_by_it() -> None:
    outline = strange(("某镇",), ("案件编号", "受理日期", "纠纷类型", "结论"), ("1号", "2024-1-2", "邻里", "成了"))

    assert (outline.ledger, outline.heading_row) == ("mediation", 2)
    assert found(outline)["案件编号"] == ("number", "exact")


def test_of_a_sheet_that_is_like_none_the_likely_headings_are_shown_without_long_numbers() -> None:
    outline = strange(("某镇",), ("甲", "乙", "丙13800000000"), ("一", "二", "三"))

    assert (outline.ledger, outline.heading_row) == ("", 2)
    assert found(outline) == {"甲": ("", ""), "乙": ("", ""), "丙138****": ("", "")}


def test_every_usual_heading_is_exact() -> None:
    outline = outline_of(recognise([list(DISPUTE)]))

    assert {each.surety.value for each in outline.columns if each.heading != "联系电话"} == {"exact"}
