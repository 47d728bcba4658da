"""What the declaration of reconsideration holds beyond its scenarios."""

from datetime import date

import pytest

from casetrack.kinds import KINDS
from casetrack.kinds.fold import Happening, fold
from casetrack.kinds.reconsideration_codes import DECIDED, PRECEDENCE, SIXTY_DAY_GROUNDS, SUSPENSIONS, codes

RECONSIDERATION = KINDS["reconsideration"]


def test_every_way_to_decide_has_its_place_in_the_precedence() -> None:
    assert sorted(PRECEDENCE) == sorted(codes(DECIDED))


def test_the_law_deems_with_steps_that_ask_nothing_of_anybody() -> None:
    assert [each.step for each in RECONSIDERATION.deemed if RECONSIDERATION.step_named[each.step].needs] == []


@pytest.mark.parametrize("ground", codes(SUSPENSIONS))
def test_only_three_grounds_of_suspension_start_the_sixty_days(ground: str) -> None:
    standing = fold(
        RECONSIDERATION,
        [
            Happening(1, "receive", date(2024, 2, 28), {}),
            Happening(2, "accept", date(2024, 3, 1), {}),
            Happening(3, "suspend", date(2024, 3, 20), {"suspension_ground": ground, "suspension_agreed": True}),
        ],
    )

    started = [clock.duty for clock in standing.clocks if clock.duty == "reconsideration.suspended"]

    assert bool(started) == (ground in SIXTY_DAY_GROUNDS)
    assert standing.due_on == date(2024, 3, 12)  # the copy still has to be sent; the decision stands still


def test_each_party_has_its_own_days_to_sue() -> None:
    standing = fold(
        RECONSIDERATION,
        [
            Happening(1, "receive", date(2024, 2, 28), {}),
            Happening(2, "accept", date(2024, 3, 1), {}),
            Happening(3, "decide", date(2024, 4, 1), {"outcome": "upheld"}),
            Happening(4, "serve", date(2024, 4, 3), {"served_to": "applicant"}),
            Happening(5, "serve", date(2024, 4, 10), {"served_to": "third_party"}),
        ],
    )

    windows = [clock.due.act_by for clock in standing.clocks if clock.duty == "litigation.sue_after"]

    assert windows == [date(2024, 4, 18), date(2024, 4, 25)]
