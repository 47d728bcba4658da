"""Changes of the law and of a calendar, as someone would make them by one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casetrack.law import calendar, local
from casetrack.law.local import LocalNotice
from casetrack.law.notices import YearTable, year_table
from casetrack.law.statutes import DUTIES, RULES
from casetrack.law.terms import Rule, Term


@contextmanager
def term_of(rule_id: str, **changed: Any) -> Iterator[None]:
    """The terms of a rule changed, such as `length=45`."""
    rule = RULES[rule_id]
    terms: tuple[Term, ...] = tuple(replace(term, **changed) for term in rule.terms)
    with rule_as(replace(rule, terms=terms)):
        yield


@contextmanager
def rule_as(changed: Rule) -> Iterator[None]:
    """A rule declared otherwise, wherever it is named."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(RULES, changed.id, changed)
        for duty in list(DUTIES.values()):
            rules = tuple(changed if rule.id == changed.id else rule for rule in duty.rules)
            patch.setitem(DUTIES, duty.name, replace(duty, rules=rules))
        yield


@contextmanager
def rest_day(day: date) -> Iterator[None]:
    """One more day off in the holiday table."""

    def amended(year: int) -> YearTable:
        table = year_table(year)
        return replace(table, rest={**table.rest, day: "临时放假"}) if year == day.year else table

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendar, "year_table", amended)
        calendar._calendar.cache_clear()
        yield
    calendar._calendar.cache_clear()


@contextmanager
def local_rest_day(prefix: str, day: date) -> Iterator[None]:
    """One more day off in one place."""
    notices = (*local.NOTICES, LocalNotice(prefix, day.year, "县人民政府公告", (("县庆", day.month, day.day),)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "NOTICES", notices)
        patch.setattr(calendar, "local_notices", lambda code: local.local_notices(code, notices))
        yield
