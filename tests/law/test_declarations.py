"""A wrong declaration does not import, and says what to do instead."""

from dataclasses import replace
from datetime import date

import pytest

from casetrack.law.articles import Article, cite, number_of, numeral
from casetrack.law.counting import Exclusion
from casetrack.law.local import LocalNotice
from casetrack.law.terms import Duty, Extension, Roll, Rule, Term, Unit, by_id

TERM = Term(date(2020, 1, 1), 60, Unit.DAY, "某条例第一条", "六十日", verified=True, roll=Roll.ROLLS)
RULE = Rule("X", "办结", "petition", "accepted_on", "受理之日", (TERM,), consequence="督办")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"length": 0}, "at least 1"),
        ({"length": -5}, "at least 1"),
        ({"length": None}, "who names it"),
        ({"article": ""}, "citation form"),
        ({"article": "某条例"}, "citation form"),
        ({"quote": ""}, "words of the statute"),
        ({"until": date(2020, 1, 1)}, "is never"),
        ({"verified": False}, "what is in doubt"),
        ({"unit": Unit.WORKING_DAY, "extension": Extension(30, Unit.DAY, "负责人")}, "cannot be extended"),
    ],
)
def test_a_term_that_makes_no_sense_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(TERM, **change)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"terms": ()}, "no term"),
        ({"terms": (TERM, replace(TERM, since=date(2019, 1, 1)))}, "out of order"),
        ({"terms": (TERM, replace(TERM, since=date(2021, 1, 1)))}, "give it `until`"),
        ({"jurisdiction": "浙江"}, "division-code prefix"),
        ({"jurisdiction": "330"}, "division-code prefix"),
        ({"pauses": ("holiday",)}, "not a known pause"),
        ({"consequence": ""}, "what follows"),
        ({"trigger": ""}, "its trigger"),
        ({"thresholds": (3, 10)}, "yellow before red"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(RULE, **change)  # type: ignore[arg-type]  # wrong on purpose


def test_an_extension_needs_a_length_and_someone_who_approves_it() -> None:
    with pytest.raises(ValueError, match="extends nothing"):
        Extension(0, Unit.DAY, "负责人")
    with pytest.raises(ValueError, match="who approves"):
        Extension(30, Unit.DAY, "")


def test_an_id_may_be_declared_once() -> None:
    with pytest.raises(ValueError, match="X is declared twice"):
        by_id([RULE, RULE])


def test_a_duty_needs_rules_that_count_in_one_direction() -> None:
    with pytest.raises(ValueError, match="names no rule"):
        Duty("petition.nothing", "无", ())
    with pytest.raises(ValueError, match="another direction"):
        Duty("petition.mixed", "混合", (RULE, replace(RULE, id="Y", backwards=True)))


def test_an_exclusion_needs_a_known_reason_and_an_end_after_its_start() -> None:
    with pytest.raises(ValueError, match="不是已知的扣除事由"):
        Exclusion(date(2024, 1, 1), date(2024, 1, 2), "holiday")
    with pytest.raises(ValueError, match="不能在开始"):
        Exclusion(date(2024, 1, 2), date(2024, 1, 1), "suspension")


def test_a_local_notice_needs_a_place_and_a_title() -> None:
    with pytest.raises(ValueError, match="division-code prefix"):
        LocalNotice("新疆", 2025, "通知", ())
    with pytest.raises(ValueError, match="name the notice"):
        LocalNotice("65", 2025, "", ())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (34, "三十四"),
        (105, "一百零五"),
        (110, "一百一十"),
        (372, "三百七十二"),
    ],
)
def test_numerals_are_written_and_read_as_statutes_write_them(number: int, words: str) -> None:
    assert numeral(number) == words
    assert number_of(words) == number


def test_a_citation_is_read_as_it_is_written() -> None:
    article = Article("行政复议法（2023）", 62, paragraph=1)

    assert str(article) == "行政复议法（2023）第六十二条第一款"
    assert Article.parse(str(article)) == article
    assert Article.parse("《信访工作条例》第34条") == Article("信访工作条例", 34)
    assert Article.parse("信访工作条例第二十二条第一款第（三）项") == Article("信访工作条例", 22, 1, 3)
    assert cite("行政复议法（2023）", 30, 88) == "行政复议法（2023）第三十条、第八十八条"


def test_what_is_no_citation_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a citation"):
        Article.parse("第三十四条")
