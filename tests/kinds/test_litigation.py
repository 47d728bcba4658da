"""What the declaration of litigation holds beyond its scenarios: instances, hearings, marks of appearance."""

from collections.abc import Mapping
from datetime import date

import pytest

from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.kinds.litigation_codes import IMPOSSIBLE, INSTANCES, OUTCOMES
from casetrack.kinds.refusals import GuardRefused

LITIGATION = KINDS["litigation"]
NOTICED = date(2024, 3, 5)


def sued(*later: tuple[str, date, Mapping[str, Fact]], **notice: Fact) -> Standing:
    steps: list[tuple[str, date, Mapping[str, Fact]]] = [
        ("notice", NOTICED, {"division": "administrative", **notice}),
        *later,
    ]
    return fold(LITIGATION, [Happening(number, *step) for number, step in enumerate(steps, start=1)])


@pytest.mark.parametrize(
    ("notice", "duties"),
    [
        ({"instance": "first"}, ["litigation.answer", "litigation.jurisdiction"]),
        ({"instance": "second"}, ["litigation.appeal_answer"]),
        ({"instance": "second", "we_appealed": True}, []),
        ({"instance": "retrial_review"}, ["litigation.retrial_answer"]),
        ({"instance": "retrial"}, []),
        ({"division": "civil", "instance": "first"}, ["litigation.civil_answer"]),
        ({"division": "civil", "capacity": "plaintiff"}, []),
        ({"division": "civil", "instance": "second"}, []),
    ],
)
def test_each_instance_has_the_answer_that_its_own_provision_asks_for(
    notice: dict[str, Fact], duties: list[str]
) -> None:
    assert [clock.duty for clock in sued(**notice).clocks] == duties


@pytest.mark.parametrize("instance", [choice.code for choice in INSTANCES])
def test_an_instance_ends_in_nothing_that_only_another_can(instance: str) -> None:
    for outcome in (choice.code for choice in OUTCOMES):
        judged = ("judge", date(2024, 5, 6), {"outcome": outcome})
        if outcome in IMPOSSIBLE[instance]:
            with pytest.raises(GuardRefused, match="请核对审级"):
                sued(judged, instance=instance)
        else:
            assert sued(judged, instance=instance).state == "concluded"


def test_a_head_who_came_once_has_appeared_in_the_instance_however_often_it_was_heard() -> None:
    standing = sued(
        ("hear", date(2024, 4, 8), {"head_present": True, "head_rank": "deputy"}),
        ("call_head", date(2024, 4, 12), {}),
        ("hear", date(2024, 4, 22), {"head_present": False, "staff_present": True}),
    )

    made = [milestone.name for milestone in standing.milestones]

    assert (made.count("heard"), made.count("head_appeared")) == (1, 1)
    assert (made.count("heard_called"), made.count("head_appeared_called")) == (1, 0)
    assert "chief_appeared" not in made


def test_the_courts_time_never_presses_the_office_and_leaves_its_figures_in_time() -> None:
    standing = sued(
        ("answer", date(2024, 3, 15), {}),
        ("file", date(2024, 3, 15), {"filed_on": "2024-03-04"}),
        ("judge", date(2025, 3, 5), {"outcome": "claims_dismissed"}),
    )

    closed = next(made for made in standing.milestones if made.name == "closed")

    assert closed.in_time
    assert standing.due_on is None


def test_a_judgment_takes_effect_only_when_the_last_of_the_parties_has_had_its_days() -> None:
    judged = ("judge", date(2024, 5, 6), {"outcome": "unlawful", "document": "judgment"})
    served = [("serve", date(2024, 5, 8), {"served_to": "us"}), ("serve", date(2024, 5, 20), {"served_to": "opposite"})]

    with pytest.raises(GuardRefused, match="上诉期限至2024-06-04"):
        sued(judged, *served, ("take_effect", date(2024, 5, 24), {}), instance="first")

    assert sued(judged, *served, ("take_effect", date(2024, 6, 5), {}), instance="first").state == "effective"
