"""What the declaration of legal aid holds beyond its scenarios."""

from datetime import date, datetime

import pytest

from casetrack.kinds import KINDS
from casetrack.kinds.facts import check_facts
from casetrack.kinds.fold import Happening, fold
from casetrack.kinds.legal_aid_codes import TERMINATIONS
from casetrack.kinds.refusals import FactsRefused

LEGAL_AID = KINDS["legal_aid"]


def test_the_law_has_eight_grounds_for_ending_aid_and_one_of_them_must_be_given() -> None:
    assert len(TERMINATIONS) == 8
    with pytest.raises(FactsRefused, match="“终止援助”须填写“终止的事由”"):
        check_facts(LEGAL_AID, LEGAL_AID.step_named["terminate"], {})


def test_a_prison_has_twenty_four_hours_to_hand_an_application_on_to_the_minute() -> None:
    facts = {"aid_type": "criminal", "route": "custody", "received_at": "2024-05-01T09:30"}

    standing = fold(LEGAL_AID, [Happening(1, "apply", date(2024, 5, 2), facts)])

    transfer = next(clock for clock in standing.clocks if clock.duty == "legal_aid.transfer")
    assert transfer.due.due_at == datetime(2024, 5, 2, 9, 30)
    assert transfer.in_time


def test_the_days_spent_on_the_supplement_are_given_back() -> None:
    standing = fold(
        LEGAL_AID,
        [
            Happening(1, "apply", date(2024, 3, 1), {"aid_type": "civil"}),
            Happening(2, "ask_supplement", date(2024, 3, 4), {}),
            Happening(3, "supplement", date(2024, 3, 11), {}),
        ],
    )

    assert standing.due_on == date(2024, 3, 15)
