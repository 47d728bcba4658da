"""What the official tables count beside the course of a case: compensation given, groups of recipients, reviews."""

from datetime import date

import pytest

from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact
from casetrack.kinds.fold import Happening, fold

DAY = date(2024, 3, 1)


def milestones(kind: str, *steps: tuple[str, dict[str, Fact]]) -> list[str]:
    taken = [Happening(place, step, DAY, facts) for place, (step, facts) in enumerate(steps, start=1)]
    return [milestone.name for milestone in fold(KINDS[kind], taken).milestones]


@pytest.mark.parametrize(("facts", "counted"), [({"compensation": 5_000_00}, 1), ({"compensation": 0}, 0), ({}, 0)])
def test_a_decision_counts_as_compensation_where_it_gives_any(facts: dict[str, Fact], counted: int) -> None:
    decided = {"outcome": "unlawful", **facts}

    found = milestones("reconsideration", ("receive", {}), ("accept", {}), ("decide", decided))

    assert found.count("compensated") == counted


def test_a_recipient_of_two_groups_counts_in_both_and_once_as_a_case() -> None:
    applied: dict[str, Fact] = {"aid_type": "civil", "woman": True, "migrant_worker": True, "elderly": False}

    found = milestones("legal_aid", ("apply", applied), ("grant", {}))

    assert found == ["received", "accepted", "accepted_migrant_worker", "accepted_woman"]


@pytest.mark.parametrize(("division", "counted"), [("administrative", 1), ("civil", 0)])
def test_only_administrative_suits_have_documents_reviewed(division: str, counted: int) -> None:
    found = milestones("litigation", ("notice", {"division": division, "attached_review": True}))

    assert found.count("attached_reviews") == counted
