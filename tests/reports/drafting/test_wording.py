"""What a draft says of figures: numbers, changes, and nothing where there is nothing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from casetrack.stats.comparing import compared
from reports.drafting.appendix import rows_of
from reports.drafting.templates import parse
from reports.drafting.texts import chinese, markdown_of, text_of
from reports.drafting.wording import change, cut, plain
from reports.drafting.writing import Draft, plain_text, write
from tests.reports.drafting.figures import MadeUp, Number

WORDS = {
    "place": "秦安县",
    "whole": "全县",
    "own": "我县",
    "year": "2019",
    "period": "2019年",
    "as_of": "2019年12月30日",
}
TEMPLATE = """title = "{{place}}报告"
[[section]]
level = 1
heading = "化解纠纷"
[[section]]
heading = "信访"
[[section.sentence]]
{}
"""


def drafted(
    sentence: str, values: Mapping[str, int | tuple[int, int]], before: Mapping[str, Number] | None = None
) -> Draft:
    source = MadeUp(values, before or {})
    return write(parse(TEMPLATE.format(sentence)), source, WORDS, facts={"统计期": "2019年"}, dated=date(2020, 1, 2))


def said(sentence: str, values: Mapping[str, int | tuple[int, int]], before: Mapping[str, Number] | None = None) -> str:
    return "".join(plain_text(chapter.body) for chapter in drafted(sentence, values, before).chapters)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("90.4762"), 1, "90.5"),
        (Decimal("100"), 1, "100"),
        (Decimal("1015.15"), 2, "1015.15"),
        (Decimal("386.20"), 2, "386.2"),
        (Decimal("0.05"), 1, "0.1"),
        (1520, 0, "1520"),
    ],
)
def test_numbers_are_rounded_half_up_and_end_without_noughts(value: Number, decimals: int, text: str) -> None:
    assert plain(value, decimals) == text


def test_cutting_off_is_not_rounding() -> None:
    assert (cut(Decimal("82.3529"), 1), plain(Decimal("82.3529"), 1)) == ("82.3", "82.4")


@pytest.mark.parametrize(
    ("now", "before", "unit", "text"),
    [
        (120, 100, "件", "同比增长20%"),
        (97, 100, "件", "同比下降3%"),
        (100, 100, "件", "同比持平"),
        (100_001, 100_000, "件", "同比基本持平"),
        (Decimal("98.1"), Decimal("96.9"), "%", "同比提高1.2个百分点"),
        (Decimal("96.9"), Decimal("98.1"), "%", "同比下降1.2个百分点"),
        (Decimal("98.1"), Decimal("98.1"), "%", "同比持平"),
        (3, 0, "件", None),
        (Decimal("98.1"), None, "%", None),
    ],
)
def test_changes_are_said_in_words_and_not_where_there_is_no_base(
    now: Number, before: Number | None, unit: str, text: str | None
) -> None:
    assert change(compared(now, before, unit), "同比") == text


def test_a_sentence_is_said_with_what_the_record_holds() -> None:
    sentence = (
        'text = "{whole}受理来信{petition.received channel=letter}[，办结率{petition.closure_rate channel=letter}]。"'
    )
    letters = "petition.received channel=letter"

    assert (
        said(sentence, {letters: 63, "petition.closure_rate channel=letter": (57, 63)})
        == "全县受理来信63件，办结率90.5%。"
    )
    assert said(sentence, {letters: 63}) == "全县受理来信63件。"
    assert said(sentence, {}) == ""


def test_a_rate_of_none_closed_is_said_and_a_rate_of_no_cases_is_not() -> None:
    sentence = 'text = "办结率{petition.closure_rate}。"'

    assert said(sentence, {"petition.closure_rate": (0, 5)}) == "办结率0%。"
    assert said(sentence, {"petition.closure_rate": (0, 0)}) == ""


def test_the_first_way_that_can_be_said_is_taken() -> None:
    letters, visits = "petition.received channel=letter", "petition.received channel=visit"
    sentence = f'text = ["信{{{letters}}}、访{{{visits}}}。", "访{{{visits}}}。"]'

    assert said(sentence, {visits: 4}) == "访4件。"


def test_a_condition_decides_whether_a_sentence_is_said() -> None:
    sentence = 'when = "petition.closed = petition.received"\ntext = "{petition.closed}全部办结。"'

    assert said(sentence, {"petition.received": 13, "petition.closed": 13}) == "13件全部办结。"
    assert said(sentence, {"petition.received": 13, "petition.closed": 12}) == ""


def test_parts_are_listed_by_their_official_terms_without_those_that_are_nothing() -> None:
    sentence = 'text = "受理{legal_aid.accepted}[，其中{legal_aid.accepted by aid_type:parts}]。"'
    civil, criminal = "legal_aid.accepted aid_type=civil", "legal_aid.accepted aid_type=criminal"

    assert said(sentence, {"legal_aid.accepted": 96, civil: 6, criminal: 90}) == "受理96件，其中民事6件、刑事90件。"
    assert said(sentence, {"legal_aid.accepted": 6, civil: 6}) == "受理6件。"


def test_the_largest_parts_are_listed_first_where_only_some_are_asked_for() -> None:
    sentence = 'text = "{legal_aid.accepted by aid_type top 1}。"'

    assert (
        said(sentence, {"legal_aid.accepted aid_type=civil": 6, "legal_aid.accepted aid_type=criminal": 90})
        == "刑事90件。"
    )


def test_headings_are_numbered_and_those_with_nothing_under_them_are_left_out() -> None:
    sentence = 'text = "收到{petition.received}。"'

    assert text_of(drafted(sentence, {"petition.received": 5})).startswith(
        "秦安县报告\n\n一、化解纠纷\n\n（一）信访\n收到5件。\n"
    )
    assert drafted(sentence, {}).chapters == ()


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese(number) == text


def test_figures_link_to_their_cases_in_markdown() -> None:
    text = markdown_of(drafted('text = "收到{petition.received}。"', {"petition.received": 5}))

    assert "收到[5件](https://casetrack.example/received)。" in text
    assert (
        "| 1 | 5件 | 信访·收到 | 统计期内收到（登记）的案件数。 |  |  | [清单](https://casetrack.example/received) |"
        in text
    )


def test_the_list_of_figures_says_how_a_rate_reads_when_cut_off() -> None:
    draft = drafted('text = "办结率{petition.closure_rate}。"', {"petition.closure_rate": (602, 731)})

    [row] = rows_of(draft)

    assert (row.shown, row.parts) == ("82.4%", "602／731")
    assert row.rounding == "82%、82.4%（截尾为82.3%）、82.35%"
