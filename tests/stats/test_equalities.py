"""What is declared to add up is checked in every answer, and what does not is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetrack.organizations.models import Organization
from casetrack.stats import balance, rollup
from casetrack.stats.answering import statistics
from casetrack.stats.dimensions import breakdowns
from casetrack.stats.equalities import EQUALITIES, Equality
from casetrack.stats.figures import Answer
from tests.stats.test_properties import FIRST, LAST, SLOW, cases, logged
from tests.stats.world import CITY, QINAN, day, log


def of_2024(office: Organization) -> Answer:
    log(
        "mediation",
        office,
        ("register", day("2024-03-05"), {"category": "labour"}),
        ("accept", day("2024-03-05")),
        ("agree", day("2024-03-09"), {"agreement": "written"}),
    )
    rollup.settle()
    return statistics(
        region=QINAN,
        first=day("2024-01-01"),
        last=day("2024-12-31"),
        subjects=["mediation", "organization"],
        by=[["category"], ["outcome"], ["committee_kind"]],
    )


def wrong_by_one(answer: Answer, measure: str, **dimensions: str) -> Answer:
    """The answer with one figure one too high."""
    changed = tuple(
        replace(figure, value=(figure.value or 0) + 1)
        if (figure.measure, dict(figure.dimensions)) == (measure, dimensions)
        else figure
        for figure in answer.figures
    )
    assert changed != answer.figures
    return replace(answer, figures=changed)


def test_a_sound_answer_breaks_nothing(village_committee: Organization) -> None:
    assert balance.broken(of_2024(village_committee)) == []


def test_every_equality_that_a_figure_breaks_is_named_with_its_numbers(village_committee: Organization) -> None:
    answer = wrong_by_one(of_2024(village_committee), "closed")

    found = balance.broken(answer)

    assert [(each.name, each.left, each.right) for each in found if each.name != "parts"] == [
        ("stocks", 1, 2),
        ("ways_out", 2, 1),
    ]
    assert str(found[0]) == (
        "人民调解（秦安县，2024-01-01 – 2024-12-31）不平衡：上期结转0件＋本期收到1件≠本期办结2件＋未办结0件"
    )


def test_a_group_that_does_not_balance_is_named(village_committee: Organization) -> None:
    answer = wrong_by_one(of_2024(village_committee), "pending", category="labour")

    found = balance.broken(answer)

    assert [(each.name, dict(each.dimensions)) for each in found] == [
        ("stocks", {"category": "labour"}),
        ("parts", {"category": ""}),
    ]


@pytest.mark.parametrize(
    ("measure", "dimensions"),
    [("closed", {"outcome": "succeeded"}), ("mediation_committees", {"committee_kind": "village"})],
)
def test_groups_that_miss_the_total_are_named(
    village_committee: Organization, measure: str, dimensions: dict[str, str]
) -> None:
    answer = wrong_by_one(of_2024(village_committee), measure, **dimensions)

    assert "parts" in {each.name for each in balance.broken(answer)}


def test_an_equality_of_what_is_not_there_or_never_adds_up_is_refused() -> None:
    with pytest.raises(ValueError, match="has no measure rain"):
        Equality("x", "某", "petition", ("received",), ("rain",))
    with pytest.raises(ValueError, match="rates never add up"):
        Equality("x", "某", "petition", ("received",), ("closure_rate",))


def test_every_kind_balances_and_says_how_its_cases_end() -> None:
    names = {(each.name, each.subject) for each in EQUALITIES}
    kinds = ("mediation", "petition", "petition_review", "reconsideration", "litigation", "legal_aid")

    assert {(name, kind) for name in ("stocks", "ways_out") for kind in kinds} <= names


@SLOW
@given(st.data())
def test_whatever_was_logged_every_equality_holds(offices: list[Organization], data: st.DataObject) -> None:
    with logged(cases(data, offices)):
        rollup.settle()
        by = [by for equality in EQUALITIES for by in breakdowns(equality.subject) if len(by) == 1]

        answer = statistics(region=CITY, first=FIRST, last=LAST, by=by)

        assert balance.broken(answer) == []
