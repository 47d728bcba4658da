"""What holds for every rule, every start, every pause and every extension."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casetrack.law.arithmetic import Due, DueDateRefused, due, due_many
from casetrack.law.calendar import calendar_for
from casetrack.law.counting import Exclusion, merged
from casetrack.law.receipts import explain
from casetrack.law.statutes import RULES
from casetrack.law.terms import Roll, Rule, Unit

NATIONAL = calendar_for()
COUNTABLE = [rule for rule in RULES.values() if rule.terms[0].length and rule.terms[0].unit is not Unit.HOUR]
FORWARD = [rule for rule in COUNTABLE if not rule.backwards]
WORKING = [rule for rule in COUNTABLE if rule.terms[-1].unit is Unit.WORKING_DAY]
PAUSED = [rule for rule in FORWARD if rule.pauses]
EXTENDED = [rule for rule in FORWARD if rule.terms[-1].extension and rule.terms[-1].extension.most]
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def pauses(draw: st.DrawFn, rule: Rule, start: date) -> list[Exclusion]:
    """Some intervals around the term, in any order, touching and overlapping."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + timedelta(days=draw(st.integers(-20, 120)))
        end = begin + timedelta(days=draw(st.integers(0, 60)))
        found.append(Exclusion(begin, end, draw(st.sampled_from(rule.pauses))))
    return found


def answer(rule: Rule, start: date, exclusions: list[Exclusion] | None = None, extended_by: int = 0) -> Due:
    governed_on = rule.terms[-1].since
    return due(
        rule,
        start,
        calendar=NATIONAL,
        governed_on=governed_on,
        exclusions=exclusions or [],
        extended_by=extended_by,
    )


@given(rule=st.sampled_from(FORWARD), start=DAYS)
def test_no_term_ends_before_the_days_it_gives_have_passed(rule: Rule, start: date) -> None:
    found = answer(rule, start)

    assert found.act_by > start
    if found.unit is Unit.WORKING_DAY:
        assert (
            NATIONAL.working_days_between(start + timedelta(days=1), found.due_on + timedelta(days=1)) == found.length
        )
    if found.unit is Unit.DAY:
        assert (found.due_on - start).days == found.length


@given(rule=st.sampled_from(WORKING), start=DAYS)
def test_a_term_in_working_days_ends_on_a_working_day(rule: Rule, start: date) -> None:
    found = answer(rule, start)

    assert found.unit is Unit.WORKING_DAY
    assert NATIONAL.is_working(found.act_by)
    assert found.rolled_on is None


@given(rule=st.sampled_from(FORWARD), start=DAYS)
def test_a_roll_goes_to_the_next_working_day_and_never_back(rule: Rule, start: date) -> None:
    found = answer(rule, start)

    assert (found.rolled_on is None) == (NATIONAL.is_working(found.due_on) or rule.terms[-1].roll is Roll.STAYS)
    if found.rolled_on:
        assert found.rolled_on > found.due_on
        assert NATIONAL.working_days_between(found.due_on, found.rolled_on) == 0
    assert found.act_by == (found.rolled_on or found.due_on if rule.terms[-1].roll is Roll.ROLLS else found.due_on)


@given(rule=st.sampled_from([rule for rule in COUNTABLE if rule.backwards]), day=DAYS)
def test_counting_back_leaves_the_whole_days_between(rule: Rule, day: date) -> None:
    found = answer(rule, day)
    between = found.act_by + timedelta(days=1)

    assert found.act_by < day
    if found.unit is Unit.WORKING_DAY:
        assert NATIONAL.working_days_between(between, day) == found.length
    else:
        assert (day - between).days >= found.length


@given(rule=st.sampled_from(FORWARD), start=DAYS)
def test_a_later_start_never_ends_earlier(rule: Rule, start: date) -> None:
    assert answer(rule, start).act_by <= answer(rule, start + timedelta(days=1)).act_by


@given(data=st.data(), rule=st.sampled_from(PAUSED), start=DAYS)
def test_a_further_pause_never_brings_the_end_nearer(data: st.DataObject, rule: Rule, start: date) -> None:
    fewer = data.draw(pauses(rule, start))
    more = fewer + data.draw(pauses(rule, start))

    assert answer(rule, start, fewer).due_on <= answer(rule, start, more).due_on
    assert answer(rule, start, fewer).act_by <= answer(rule, start, more).act_by


@given(data=st.data(), rule=st.sampled_from(PAUSED), start=DAYS)
def test_as_many_days_count_with_pauses_as_without(data: st.DataObject, rule: Rule, start: date) -> None:
    exclusions = data.draw(pauses(rule, start))
    paused = {
        begin + timedelta(days=offset) for begin, end in merged(exclusions) for offset in range((end - begin).days)
    }

    def counted(found: Due) -> int:
        days = (start + timedelta(days=offset) for offset in range(1, (found.due_on - start).days + 1))
        excluded = paused if found is with_pauses else set()
        return sum(
            day not in excluded and (found.unit is not Unit.WORKING_DAY or NATIONAL.is_working(day)) for day in days
        )

    with_pauses, without = answer(rule, start, exclusions), answer(rule, start)

    assert counted(with_pauses) == counted(without)
    assert with_pauses.due_on not in paused
    assert with_pauses.act_by not in paused


@given(rule=st.sampled_from(EXTENDED), start=DAYS, extended_by=st.integers(0, 200))
def test_an_extension_moves_the_end_by_itself_and_never_beyond_the_most(
    rule: Rule, start: date, extended_by: int
) -> None:
    extension = rule.terms[-1].extension
    assert extension is not None
    assert extension.most is not None

    try:
        found = answer(rule, start, extended_by=extended_by)
    except DueDateRefused:
        assert extended_by > extension.most
        return

    assert extended_by <= extension.most
    assert (found.due_on - answer(rule, start).due_on).days == extended_by


@given(rule=st.sampled_from(COUNTABLE), starts=st.lists(DAYS, max_size=5))
def test_a_batch_agrees_with_single_answers(rule: Rule, starts: list[date]) -> None:
    governed_on = rule.terms[-1].since

    found = due_many(rule, starts, calendar=NATIONAL, governed_on=governed_on)

    assert found == [answer(rule, start).act_by for start in starts]


@settings(max_examples=50)
@given(data=st.data(), rule=st.sampled_from(PAUSED), start=DAYS)
def test_every_due_date_can_be_explained(data: st.DataObject, rule: Rule, start: date) -> None:
    exclusions = data.draw(pauses(rule, start))

    found = explain(rule, start, calendar=NATIONAL, governed_on=rule.terms[-1].since, exclusions=exclusions)

    assert [line.code for line in found.receipt][:2] == ["start", "rule"]
    assert found.receipt[-1].code == "due"


@given(day=DAYS, n=st.integers(1, 300))
def test_the_nth_working_day_is_found_by_counting(day: date, n: int) -> None:
    found = NATIONAL.add_working_days(day, n)

    assert NATIONAL.is_working(found)
    assert NATIONAL.working_days_between(day + timedelta(days=1), found + timedelta(days=1)) == n
    assert NATIONAL.add_working_days(found + timedelta(days=1), -1) == found
