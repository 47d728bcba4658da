"""State, milestones and clocks are folds of what happened."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact, FieldType, Kind
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.kinds.refusals import DateRefused, Refused, StepRefused, TermRefused

MEDIATION, PETITION, LITIGATION = KINDS["mediation"], KINDS["petition"], KINDS["litigation"]


def folded(kind: Kind, *steps: tuple[str, date, dict[str, Fact]]) -> Standing:
    happenings = [Happening(number, name, on, facts) for number, (name, on, facts) in enumerate(steps, start=1)]
    return fold(kind, happenings)


def test_an_agreement_that_was_performed_and_confirmed_counts_as_each() -> None:
    standing = folded(
        MEDIATION,
        ("register", date(2019, 1, 2), {"category": "neighbour"}),
        ("accept", date(2019, 1, 2), {}),
        ("agree", date(2019, 1, 29), {"agreement": "written", "amount": 7905006}),
        ("perform", date(2019, 1, 31), {}),
        ("confirm", date(2019, 2, 13), {}),
    )

    assert standing.state == "performed"
    assert [(made.name, made.on) for made in standing.milestones] == [
        ("received", date(2019, 1, 2)),
        ("accepted", date(2019, 1, 2)),
        ("closed", date(2019, 1, 29)),
        ("mediated", date(2019, 1, 29)),
        ("succeeded", date(2019, 1, 29)),
        ("performed", date(2019, 1, 31)),
        ("judicially_confirmed", date(2019, 2, 13)),
    ]
    assert standing.milestones[4].cents == 7905006
    assert dict(standing.milestones[6].dimensions) == {
        "category": "neighbour",
        "agreement": "written",
        "outcome": "succeeded",
    }


def test_a_milestone_does_not_know_what_came_after_it() -> None:
    standing = folded(
        MEDIATION,
        ("register", date(2019, 1, 2), {"category": "neighbour"}),
        ("accept", date(2019, 1, 2), {}),
        ("agree", date(2019, 1, 29), {"agreement": "oral"}),
    )

    assert dict(standing.milestones[0].dimensions) == {"category": "neighbour"}


def test_a_step_logged_late_stands_where_its_date_puts_it() -> None:
    standing = folded(
        LITIGATION,
        ("notice", date(2019, 2, 13), {"division": "administrative"}),
        ("judge", date(2019, 4, 10), {"outcome": "act_revoked"}),
        ("hear", date(2019, 3, 29), {"head_present": True}),
    )

    assert standing.state == "concluded"
    assert standing.first("head_appeared") == date(2019, 3, 29)


def test_a_second_hearing_is_not_attended_by_the_head_who_came_to_the_first() -> None:
    standing = folded(
        LITIGATION,
        ("notice", date(2019, 2, 13), {"division": "administrative"}),
        ("hear", date(2019, 3, 1), {"head_present": True, "heads": 2}),
        ("hear", date(2019, 3, 29), {"head_present": False}),
    )

    names = [made.name for made in standing.milestones]

    assert names.count("hearings_attended") == 2
    assert names.count("head_appearances") == 1
    assert names.count("heard") == 1


def test_a_civil_hearing_needs_no_head() -> None:
    standing = folded(
        LITIGATION,
        ("notice", date(2019, 2, 13), {"division": "civil"}),
        ("hear", date(2019, 3, 1), {"head_present": False}),
    )

    assert standing.first("hearings_attended") == date(2019, 3, 1)
    assert standing.first("heard") is None


def test_a_step_that_the_state_does_not_allow_is_refused_with_those_it_does() -> None:
    with pytest.raises(
        StepRefused, match="人民调解案件处于“已登记”状态，不能“达成协议”；可进行的步骤：“受理”"
    ) as refused:
        folded(
            MEDIATION,
            ("register", date(2019, 1, 2), {"category": "neighbour"}),
            ("agree", date(2019, 1, 29), {"agreement": "oral"}),
        )

    assert refused.value.allowed == (
        *("accept", "refuse", "report_danger", "withdraw", "transfer", "merge"),
        *("answer_sender", "govern"),
    )


@pytest.mark.parametrize(
    ("step", "label", "facts"), [("accept", "受理", {}), ("agree", "达成协议", {"agreement": "oral"})]
)
def test_nothing_happens_in_a_case_before_it_is_logged(step: str, label: str, facts: dict[str, Fact]) -> None:
    with pytest.raises(DateRefused, match=f"“{label}”的日期2019-01-01早于案件登记的日期2019-01-02"):
        folded(
            MEDIATION,
            ("register", date(2019, 1, 2), {"category": "neighbour"}),
            (step, date(2019, 1, 1), facts),
        )


def test_a_petition_of_2019_must_be_accepted_in_15_days_and_concluded_in_60() -> None:
    standing = folded(
        PETITION,
        ("register", date(2019, 3, 1), {"channel": "letter", "purpose": "suggestion"}),
        ("accept", date(2019, 3, 11), {}),
    )

    acceptance, conclusion = standing.clocks

    assert (acceptance.due.due_on, acceptance.ended_on, acceptance.in_time) == (
        date(2019, 3, 16),
        date(2019, 3, 11),
        True,
    )
    assert conclusion.due.due_on == date(2019, 5, 10)
    assert standing.due_on == conclusion.due.act_by


def test_since_2022_a_suggestion_has_no_60_days_but_an_appeal_has() -> None:
    suggestion, appeal = (
        folded(
            PETITION,
            ("register", date(2023, 3, 1), {"channel": "letter", "purpose": purpose}),
            ("accept", date(2023, 3, 2), {}),
        )
        for purpose in ("suggestion", "appeal")
    )

    assert [clock.duty for clock in suggestion.clocks if clock.runs] == []
    assert [clock.duty for clock in appeal.clocks if clock.runs] == ["petition.conclude"]


def test_a_conclusion_after_the_last_day_is_not_in_time() -> None:
    standing = folded(
        PETITION,
        ("register", date(2019, 3, 1), {"channel": "letter", "purpose": "appeal"}),
        ("accept", date(2019, 3, 2), {}),
        ("conclude", date(2019, 5, 8), {}),
    )

    closed = next(made for made in standing.milestones if made.name == "closed")

    assert not closed.in_time
    assert standing.due_on is None


def test_under_the_1999_law_a_reconsideration_counts_from_receipt_and_since_2024_from_acceptance() -> None:
    old, new = (
        folded(KINDS["reconsideration"], ("receive", date(year, 3, 1), {}), ("accept", date(year, 3, 6), {}))
        for year in (2019, 2024)
    )

    assert old.clocks[-1].due.due_on == date(2019, 4, 30)
    assert new.clocks[-1].due.due_on == date(2024, 5, 5)


def test_a_clock_without_a_law_in_force_is_a_gap_shown_on_the_case() -> None:
    standing = folded(PETITION, ("register", date(2003, 3, 1), {"channel": "letter"}))

    assert [gap.duty for gap in standing.gaps] == ["petition.accept"]
    assert standing.clocks == []


@st.composite
def lawful_walks(draw: st.DrawFn) -> tuple[Kind, list[Happening]]:
    """Any kind, and any sequence of steps that its lifecycle allows, on days that never go back.

    A step that a guard or a statute's limit refuses with the facts drawn is left out, and the walk goes on. Every
    other step is one that leads to another state, where there is any, so that walks get to the end.
    """
    kind = draw(st.sampled_from(list(KINDS.values())))
    state, day, walk = "", date(2018, 1, 2).toordinal(), list[Happening]()
    for number in range(1, draw(st.integers(1, 16)) + 1):
        ways = kind.steps_from(state) if walk else (kind.opening,)
        if not ways:
            break
        onward = tuple(way for way in ways if way.target) if number % 2 else ()
        step = draw(st.sampled_from(onward or ways))
        facts = {
            name: draw(fact_of(kind, name, dict(step.only), day))
            for name in step.records
            if draw(st.booleans()) or name in step.needs
        }
        day += draw(st.integers(0, 70))
        taken = Happening(number, step.name, date.fromordinal(day), facts)
        if not is_refused(kind, [*walk, taken]):
            walk.append(taken)
            state = step.target or state
    assume(walk)
    return kind, walk


def is_refused(kind: Kind, walk: list[Happening]) -> bool:
    try:
        fold(kind, walk)
    except Refused:
        return True
    return False


def fact_of(kind: Kind, name: str, only: dict[str, tuple[str, ...]], day: int) -> st.SearchStrategy[Fact]:
    field = kind.field_named[name]
    if field.type is FieldType.CHOICE:
        return st.sampled_from(only.get(name) or tuple(choice.code for choice in field.choices))
    if field.type is FieldType.FLAG:
        return st.booleans()
    if field.type is FieldType.MOMENT:
        return st.just("2018-01-02T09:30")
    if field.type is FieldType.DATE:
        return st.integers(day - 60, day + 60).map(lambda near: date.fromordinal(near).isoformat())
    return st.integers(0, 50) if field.type in (FieldType.INTEGER, FieldType.MONEY) else st.just("某事")


@given(lawful_walks())
def test_every_lawful_walk_folds_to_a_declared_state_and_balances(walk: tuple[Kind, list[Happening]]) -> None:
    kind, happenings = walk

    standing = fold(kind, happenings)

    names = [made.name for made in standing.milestones]
    assert standing.state in kind.state_named
    assert names.count("received") == 1
    assert names.count("closed") == (0 if kind.state_named[standing.state].open else 1)


@given(lawful_walks())
def test_folding_again_gives_the_same_standing(walk: tuple[Kind, list[Happening]]) -> None:
    kind, happenings = walk

    assert fold(kind, happenings) == fold(kind, list(reversed(happenings)))


def test_nobody_is_said_to_have_attended_a_hearing_unless_somebody_counted() -> None:
    standing = folded(
        LITIGATION,
        ("notice", date(2019, 2, 13), {"division": "administrative"}),
        ("hear", date(2019, 3, 1), {"head_present": True}),
        ("hear", date(2019, 3, 29), {"head_present": True, "heads": 2, "attendance": 30}),
    )

    attended = [made.persons for made in standing.milestones if made.name == "hearings_attended"]
    heads = [made.persons for made in standing.milestones if made.name == "head_appearances"]

    assert (attended, heads) == ([0, 30], [1, 2])


def test_a_day_before_the_law_of_a_guard_is_refused_in_words() -> None:
    """Found by chance: the guard asks how long the law gives, and there was no such law yet."""
    steps: list[tuple[str, date, dict[str, Fact]]] = [
        ("receive", date(1999, 1, 1), {}),
        ("accept", date(1999, 1, 1), {}),
    ]

    with pytest.raises(TermRefused, match="不能按1999-01-01有效的法律核对“受理”.*请核对日期"):
        folded(KINDS["reconsideration"], *steps)
