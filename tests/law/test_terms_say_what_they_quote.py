"""The words of each term held against its number and unit: 六十日 beside 60, and someone who notices if they differ."""

import re

import pytest

from casetrack.law.statutes import RULES
from casetrack.law.terms import Rule, Term, Unit

TERMS = [pytest.param(rule, term, id=f"{rule.id} {term.since}") for rule in RULES.values() for term in rule.terms]
NUMBERS = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "十": 10,
    "十五": 15,
    "二十": 20,
    "二十四": 24,
    "三十": 30,
    "四十五": 45,
    "六十": 60,
    "九十": 90,
}
UNITS = {
    "日": {Unit.DAY, Unit.WORKING_DAY},
    "个工作日": {Unit.WORKING_DAY},
    "个月": {Unit.MONTH},
    "年": {Unit.YEAR},
    "小时": {Unit.HOUR},
}
# The provisions that make plain days working days; the practice of 2007 says so in its doubt.
MAKES_WORKING_DAYS = ("行政复议法（2023）", "第八十八条"), ("行政复议法（1999）", "第四十条")


@pytest.mark.parametrize(("rule", "term"), TERMS)
def test_the_quoted_words_are_the_number_and_the_unit(rule: Rule, term: Term) -> None:
    if term.length is None:
        assert "指定" in term.quote
        return

    words = re.fullmatch(r"([一二两三四五六七八九十]+)(日|个工作日|个月|年|小时)", term.quote)

    assert words is not None, f"{rule.id}: “{term.quote}” is not a length"
    assert NUMBERS[words[1]] == term.length
    assert term.unit in UNITS[words[2]]


@pytest.mark.parametrize(("rule", "term"), TERMS)
def test_days_count_as_working_days_only_where_a_provision_makes_them_so(rule: Rule, term: Term) -> None:
    if term.unit is not Unit.WORKING_DAY or term.quote.endswith("个工作日"):
        return

    cited = any(law in term.article and place in term.article for law, place in MAKES_WORKING_DAYS)

    assert cited or (not term.verified and "工作日" in term.note), f"{rule.id}: what makes “{term.quote}” working days?"


@pytest.mark.parametrize(("rule", "term"), TERMS)
def test_a_term_that_cites_the_working_day_clause_is_in_working_days_unless_the_clause_leaves_it_out(
    rule: Rule, term: Term
) -> None:
    cited = any(law in term.article and place in term.article for law, place in MAKES_WORKING_DAYS)
    left_out = rule.id == "FY99-ANSWER"  # Article 40 of 1999 names five and seven days, not ten

    assert not cited or (term.unit is Unit.DAY if left_out else term.unit is Unit.WORKING_DAY)
