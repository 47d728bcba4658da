"""What is wrong with a case that someone is about to log with several steps, told for each step apart.

`check` stops at the first fault; whoever fills in a form wants to see all that can be told at once.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import pairwise

from casetrack.cases.drafts import CaseDraft, check, checked_facts
from casetrack.kinds.refusals import DateRefused, Refused
from casetrack.law.calendar import DayNotInCalendar


def faults(draft: CaseDraft, *, today: date) -> Mapping[int, Refused]:
    """The refusals by the place of their step, from 0; none where the draft can be logged.

    What each step says is held against its declaration first; only where all is well, the course of the case as far
    as the first step that the lifecycle doesn't allow.
    """
    found: dict[int, Refused] = {}
    for place, step in enumerate(draft.steps):
        try:
            checked_facts(draft.declared, step, today=today)
        except Refused as refused:
            found[place] = refused
    return found or out_of_order(draft) or first_refused(draft, today=today)


def out_of_order(draft: CaseDraft) -> dict[int, Refused]:
    """Steps dated before the one they follow: the lifecycle would take them in the order of their days."""
    labels = draft.declared.step_named
    return {
        place: DateRefused(
            f"“{labels[step.step].label}”的日期{step.on}早于此前“{labels[before.step].label}”的日期{before.on}，请核对"
        )
        for place, (before, step) in enumerate(pairwise(draft.steps), start=1)
        if step.on < before.on
    }


def first_refused(draft: CaseDraft, *, today: date) -> dict[int, Refused]:
    for place in range(len(draft.steps)):
        try:
            with countable():
                check(replace(draft, steps=draft.steps[: place + 1]), today=today)
        except Refused as refused:
            return {place: refused}
    return {}


@contextmanager
def countable() -> Iterator[None]:
    """A day from which no clock can be counted, refused in words for whoever typed it."""
    try:
        yield
    except (OverflowError, DayNotInCalendar) as beyond:
        raise DateRefused("日期超出工作日历的范围，无法计算期限，请核对年份") from beyond
