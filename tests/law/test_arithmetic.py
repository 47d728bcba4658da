"""What `due` refuses, and the counting that no scenario of a statute shows."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from casetrack.law.arithmetic import DueDateRefused, due, due_before, due_many
from casetrack.law.calendar import DayNotInCalendar, calendar_for
from casetrack.law.counting import Exclusion
from casetrack.law.receipts import explain
from casetrack.law.statutes import RULES
from casetrack.law.terms import NoTermInForce, Roll, Unit

NATIONAL = calendar_for()
SUSPENSION = Exclusion(date(2024, 3, 20), date(2024, 4, 10), "suspension")


@pytest.mark.parametrize("parts", [31, [10, 21], [30, 1]])
def test_an_extension_in_several_parts_may_not_exceed_the_most(parts: int | list[int]) -> None:
    with pytest.raises(DueDateRefused, match="延长合计31日，超过信访工作条例第三十四条规定的最多30日"):
        due(RULES["XF-END-22"], date(2025, 7, 1), calendar=NATIONAL, extended_by=parts)


def test_what_the_text_does_not_extend_cannot_be_extended() -> None:
    with pytest.raises(DueDateRefused, match="没有规定可以延长"):
        due(RULES["FY23-DECIDE-SIM"], date(2025, 7, 1), calendar=NATIONAL, extended_by=10)


def test_an_extension_cannot_shorten() -> None:
    with pytest.raises(DueDateRefused, match="不能为负数"):
        due(RULES["XF-END-22"], date(2025, 7, 1), calendar=NATIONAL, extended_by=[20, -10])


def test_a_clock_stops_only_for_the_reasons_its_rule_knows() -> None:
    with pytest.raises(DueDateRefused, match="不因中止停止计算；可以扣除的事由：听证"):
        due(RULES["XF-RER-DEC"], date(2024, 3, 1), calendar=NATIONAL, exclusions=[SUSPENSION])


def test_a_length_may_be_named_only_where_the_text_leaves_it_open() -> None:
    with pytest.raises(DueDateRefused, match="没有允许另行指定"):
        due(RULES["XF-END-22"], date(2024, 3, 1), calendar=NATIONAL, named=(90, Unit.DAY))
    with pytest.raises(DueDateRefused, match="由交办机关指定，请填写"):
        due(RULES["XF-ASSIGN"], date(2024, 3, 1), calendar=NATIONAL)
    with pytest.raises(DueDateRefused, match="至少为1日"):
        due(RULES["XF-ASSIGN"], date(2024, 3, 1), calendar=NATIONAL, named=(0, Unit.DAY))


def test_an_assigner_may_name_working_days() -> None:
    found = due(RULES["XF-ASSIGN"], date(2024, 4, 26), calendar=NATIONAL, named=(5, Unit.WORKING_DAY))

    assert found.act_by == date(2024, 5, 7)


def test_hours_count_at_once_and_need_the_instant() -> None:
    found = due(RULES["LA21-TRANSFER"], datetime(2024, 5, 1, 9, 30), calendar=NATIONAL)

    assert found.due_at == datetime(2024, 5, 2, 9, 30)
    assert found.act_by == date(2024, 5, 2)
    with pytest.raises(DueDateRefused, match="按小时计算"):
        due(RULES["LA21-TRANSFER"], date(2024, 5, 1), calendar=NATIONAL)


def test_the_version_may_be_chosen_apart_from_the_day_the_clock_starts() -> None:
    with pytest.raises(NoTermInForce):
        due(RULES["FY99-ANSWER"], date(2024, 2, 6), calendar=NATIONAL)

    found = due(RULES["FY99-ANSWER"], date(2024, 2, 6), calendar=NATIONAL, governed_on=date(2023, 12, 20))

    assert found.version == date(1999, 10, 1)


def test_where_the_law_lets_the_last_day_stay_it_stays() -> None:
    term = replace(RULES["XF-END-22"].terms[0], roll=Roll.STAYS)

    found = due(replace(RULES["XF-END-22"], terms=(term,)), date(2025, 7, 1), calendar=NATIONAL)

    assert (found.due_on, found.rolled_on, found.act_by) == (date(2025, 8, 30), None, date(2025, 8, 30))


def test_where_the_first_day_counts_the_term_ends_a_day_earlier() -> None:
    term = replace(RULES["XF-END-22"].terms[0], first_day_counts=True)

    found = due(replace(RULES["XF-END-22"], terms=(term,)), date(2025, 7, 1), calendar=NATIONAL)

    assert found.due_on == date(2025, 8, 29)


def test_months_may_be_extended_by_days() -> None:
    term = replace(RULES["XS14-FIRST"].terms[0], extension=RULES["XF-END-22"].terms[0].extension)

    found = due(replace(RULES["XS14-FIRST"], terms=(term,)), date(2024, 8, 31), calendar=NATIONAL, extended_by=20)

    assert found.due_on == date(2025, 3, 20)


def test_a_pause_over_the_day_to_which_a_term_rolls_moves_the_roll_too() -> None:
    pause = Exclusion(date(2024, 4, 1), date(2024, 4, 3), "suspension")

    found = due(RULES["FY23-DECIDE-ORD"], date(2024, 1, 31), calendar=NATIONAL, exclusions=[pause])

    assert (found.due_on, found.act_by) == (date(2024, 3, 31), date(2024, 4, 3))


def test_the_first_day_of_a_clock_is_not_excluded_twice() -> None:
    pause = Exclusion(date(2024, 3, 1), date(2024, 3, 2), "suspension")

    found = due(RULES["FY23-DECIDE-ORD"], date(2024, 3, 1), calendar=NATIONAL, exclusions=[pause])

    assert found.due_on == date(2024, 4, 30)


def test_only_backwards_rules_count_back() -> None:
    found = due_before(RULES["FY23-HEARING"], date(2025, 10, 15), calendar=NATIONAL)

    assert found.act_by == date(2025, 9, 30)
    assert NATIONAL.working_days_between(date(2025, 10, 1), date(2025, 10, 15)) == 5
    with pytest.raises(DueDateRefused, match="不是倒推的期限"):
        due_before(RULES["XF-END-22"], date(2025, 10, 15), calendar=NATIONAL)


def test_a_batch_gives_what_one_at_a_time_gives() -> None:
    starts = [date(2024, 4, 26), date(2025, 9, 28), date(2024, 4, 26), date(2022, 4, 30)]

    found = due_many(RULES["XF-REV-DEC"], starts, calendar=NATIONAL)

    assert found == [due(RULES["XF-REV-DEC"], start, calendar=NATIONAL).act_by for start in starts]


def test_a_day_outside_the_calendar_is_refused_rather_than_guessed() -> None:
    with pytest.raises(DayNotInCalendar, match="1996年至2070年"):
        NATIONAL.is_working(date(1995, 12, 31))
    with pytest.raises(DayNotInCalendar, match="超出工作日历"):
        NATIONAL.add_working_days(date(2070, 12, 30), 10)


def test_a_calendar_day_term_is_provisional_only_where_it_rolls_in_a_year_without_notice() -> None:
    rolls = due(RULES["FY23-DECIDE-ORD"], date(2026, 12, 1), calendar=NATIONAL)
    worked = due(RULES["FY23-DECIDE-ORD"], date(2026, 10, 1), calendar=NATIONAL)

    assert (rolls.provisional, worked.provisional) == (True, False)


def test_a_due_date_survives_json() -> None:
    found = explain(RULES["FY23-DECIDE-ORD"], date(2024, 3, 1), calendar=NATIONAL, exclusions=[SUSPENSION])

    plain = json.loads(json.dumps(found.as_json(), ensure_ascii=False))

    assert plain["due_on"] == "2024-05-21"
    assert plain["unit"] == "day"
    assert plain["receipt"][0]["code"] == "start"
