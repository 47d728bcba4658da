"""A case put under another version of the law: other rules, other days to count from, and no duty it doesn't know."""

from datetime import date

import pytest

from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.kinds.refusals import TermRefused

RECONSIDERATION = KINDS["reconsideration"]
OLD_LAW: dict[str, Fact] = {"governing_on": "2023-12-28", "governing_reason": "旧法期间收到申请"}


def walked(*steps: tuple[str, date, dict[str, Fact]]) -> Standing:
    return fold(RECONSIDERATION, [Happening(number, *step) for number, step in enumerate(steps, start=1)])


def test_the_law_of_1999_counts_from_receipt_also_where_a_case_is_put_under_it_later() -> None:
    standing = walked(
        ("receive", date(2023, 12, 28), {}),
        ("accept", date(2024, 1, 4), {}),
        ("govern", date(2024, 1, 10), OLD_LAW),
    )

    decide = next(clock for clock in standing.clocks if clock.duty == "reconsideration.decide")

    assert decide.due.rule_id == "FY99-DECIDE"
    assert (decide.due.start, decide.due.due_on) == (date(2023, 12, 28), date(2024, 2, 26))


def test_clocks_that_start_later_are_under_the_chosen_law_too() -> None:
    standing = walked(
        ("receive", date(2023, 12, 28), {}),
        ("accept", date(2024, 1, 4), {}),
        ("govern", date(2024, 1, 10), OLD_LAW),
        ("send_copy", date(2024, 1, 11), {}),
        ("copy_received", date(2024, 1, 12), {}),
    )

    assert standing.clocks[-1].due.rule_id == "FY99-ANSWER"
    assert standing.clocks[-1].due.due_on == date(2024, 1, 22)


def test_a_case_with_a_duty_that_the_other_law_does_not_know_is_not_put_under_it() -> None:
    with pytest.raises(TermRefused, match="不能改按2023-12-28有效的法律办理：.*简易程序"):
        walked(
            ("receive", date(2024, 1, 4), {}),
            ("accept_simplified", date(2024, 1, 8), {"simplified_ground": "consent"}),
            ("govern", date(2024, 1, 10), OLD_LAW),
        )
