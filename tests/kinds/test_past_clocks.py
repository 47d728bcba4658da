"""Clocks that were over before their step could be logged, and those that count hours."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from casetrack.kinds.base import Fact, Field, FieldType, Kind, Start, Whose
from casetrack.kinds.facts import check_facts
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.kinds.mediation import MEDIATION
from casetrack.kinds.refusals import FactsRefused, TermRefused

KNOWN = Field("known_on", "知道之日", FieldType.DATE)
RECEIVED_AT = Field("received_at", "收到申请的时刻", FieldType.MOMENT)


def opening_with(start: Start, field: Field) -> Kind:
    """Mediation whose first step also records a field and starts a clock."""
    first, *others = MEDIATION.steps
    opening = replace(first, records=(*first.records, field.name), starts=(start,))
    return replace(MEDIATION, fields=(*MEDIATION.fields, field), steps=(opening, *others))


def opened(kind: Kind, on: date, **facts: Fact) -> Standing:
    return fold(kind, [Happening(1, "register", on, {"category": "neighbour", **facts})])


@pytest.mark.parametrize(
    ("day", "in_time"), [(date(2024, 4, 30), True), (date(2024, 5, 6), True), (date(2024, 5, 7), False)]
)
def test_a_right_that_was_used_before_the_case_began_was_used_in_time_or_not(day: date, in_time: bool) -> None:
    kind = opening_with(Start("reconsideration.apply", whose=Whose.PARTY, past=True), KNOWN)

    (clock,) = opened(kind, day, known_on="2024-03-07").clocks

    assert (clock.runs, clock.ended_on, clock.due.act_by) == (False, day, date(2024, 5, 6))
    assert clock.in_time is in_time


def test_a_past_clock_is_left_out_where_nobody_knows_when_it_began() -> None:
    kind = opening_with(Start("reconsideration.apply", whose=Whose.PARTY, past=True), KNOWN)

    assert opened(kind, date(2024, 4, 30)).clocks == []


def test_a_right_used_after_a_last_day_on_which_the_law_is_silent_is_too_late_only_after_the_next_working_day() -> None:
    kind = opening_with(Start("petition.review_request", whose=Whose.PARTY, fact="known_on", past=True), KNOWN)

    monday, tuesday = (opened(kind, date(2025, 3, day), known_on="2025-01-31") for day in (3, 4))

    assert not monday.too_late("petition.review_request")
    assert tuesday.too_late("petition.review_request")
    assert not monday.too_late("petition.rereview_request")


def test_a_term_in_hours_counts_from_the_moment() -> None:
    kind = opening_with(Start("legal_aid.transfer", whose=Whose.OTHER, past=True), RECEIVED_AT)

    in_time, late = (opened(kind, date(2024, 5, day), received_at="2024-05-01T09:30").clocks[0] for day in (2, 3))

    assert in_time.due.due_at == datetime(2024, 5, 2, 9, 30)
    assert (in_time.in_time, late.in_time) == (True, False)


def test_a_term_in_hours_cannot_count_from_a_mere_day() -> None:
    kind = opening_with(Start("legal_aid.transfer"), KNOWN)

    with pytest.raises(TermRefused, match="按小时计算，需要收到申请的时刻"):
        opened(kind, date(2024, 5, 2))


@pytest.mark.parametrize("value", ["2024-05-01", "2024-05-01T25:00", "2024-05-01T09:30+08:00", "昨天上午"])
def test_what_is_no_moment_is_refused_with_an_example(value: str) -> None:
    kind = opening_with(Start("legal_aid.transfer", past=True), RECEIVED_AT)

    with pytest.raises(FactsRefused, match="应如2024-03-01T09:30"):
        check_facts(kind, kind.opening, {"category": "neighbour", "received_at": value})
