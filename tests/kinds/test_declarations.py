"""A declaration that can't be right doesn't import, and the six that stand are right."""

from dataclasses import replace
from datetime import date

import pytest

from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import Choice, Fact, Field, FieldType, Mark, Start, Step
from casetrack.kinds.fold import Happening, fold
from casetrack.kinds.mediation import MEDIATION
from casetrack.law.statutes import duty

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)


def test_the_six_kinds_of_the_service_are_declared() -> None:
    assert list(KINDS) == ["mediation", "petition", "petition_review", "reconsideration", "litigation", "legal_aid"]


@EVERY_KIND
def test_a_case_of_every_kind_is_received_accepted_and_closed(kind: Kind) -> None:
    marks = {mark.name for step in kind.steps for mark in step.marks}

    assert {"received", "accepted", "closed"} <= marks


@EVERY_KIND
def test_every_step_that_leads_out_of_an_open_state_to_a_closed_one_counts_as_closed_once(kind: Kind) -> None:
    for step in kind.steps:
        leaves_open = any(kind.state_named[source].open for source in step.sources)
        arrives_closed = step.target is not None and not kind.state_named[step.target].open

        closed = [mark for mark in step.marks if mark.name == "closed"]

        assert len(closed) == (1 if leaves_open and arrives_closed else 0), step.name


@EVERY_KIND
def test_every_closing_step_says_how_the_case_ended(kind: Kind) -> None:
    for step in kind.steps:
        if any(mark.name == "closed" for mark in step.marks):
            assert "outcome" in {*step.needs, *dict(step.sets)}, step.name


@EVERY_KIND
def test_every_duty_that_a_step_names_is_in_the_law(kind: Kind) -> None:
    for step in kind.steps:
        for name in (*(start.duty for start in step.starts), *step.ends, *step.drops):
            assert duty(name).label


@EVERY_KIND
def test_every_clock_that_starts_is_ended_or_dropped_by_some_step(kind: Kind) -> None:
    started = {start.duty for step in kind.steps for start in step.starts if not start.past}
    ended = {name for step in kind.steps for name in (*step.ends, *step.drops)}

    assert started <= ended


@EVERY_KIND
def test_no_heading_of_a_ledger_stands_for_two_columns(kind: Kind) -> None:
    for ledger in kind.ledgers:
        headings = [heading for column in ledger.columns for heading in column.headings]

        assert len(headings) == len(set(headings))


@EVERY_KIND
def test_no_word_of_an_office_stands_for_two_choices(kind: Kind) -> None:
    columns = [column for ledger in kind.ledgers for column in ledger.columns if column.choices]
    for choices in [*(f.choices for f in kind.fields), *(column.choices for column in columns)]:
        words = [word for choice in choices for word in (choice.code, choice.label, *choice.synonyms)]

        assert len(words) == len(set(words))


@EVERY_KIND
def test_every_step_cites_the_article_it_rests_on(kind: Kind) -> None:
    assert all(step.basis for step in kind.steps)


def test_a_step_from_an_undeclared_state_is_refused_with_the_states_there_are() -> None:
    stray = Step("leap", "跳过", ("nowhere",), "agreed", "无")

    with pytest.raises(ValueError, match=r"mediation\.leap: state nowhere is not declared; there are accepted"):
        replace(MEDIATION, steps=(*MEDIATION.steps, stray))


def test_an_open_state_that_no_step_leaves_is_refused() -> None:
    kept = tuple(step for step in MEDIATION.steps if "accepted" not in step.sources)

    with pytest.raises(ValueError, match="accepted is open, and no step leaves it|nothing leads to"):
        replace(MEDIATION, steps=kept)


@EVERY_KIND
def test_every_course_can_be_logged_with_what_its_steps_need(kind: Kind) -> None:
    for course in kind.courses:
        names = (kind.opening.name, *course)
        said = {"notified": True} if "assign_notified" in course else {}

        standing = fold(
            kind,
            [
                Happening(place, name, date(2024, 3, 1), {**said, **needed(kind, kind.step_named[name])})
                for place, name in enumerate(names, start=1)
            ],
            region_code="620503000000",
        )

        assert standing.state == next(target for name in reversed(names) if (target := kind.step_named[name].target))


def needed(kind: Kind, step: Step) -> dict[str, Fact]:
    """The first that can be said of each fact that the step must have."""
    possible = {name: codes[0] for name, codes in step.only}
    return {name: possible.get(name) or first_of(kind.field_named[name]) for name in step.needs}


def first_of(field: Field) -> Fact:
    if field.type is FieldType.CHOICE:
        return field.choices[0].code
    return {FieldType.FLAG: True, FieldType.INTEGER: 30}.get(field.type, "某机关")


def test_a_course_that_the_lifecycle_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="the course accept、perform takes perform from accepted"):
        replace(MEDIATION, courses=(("accept", "perform"),))


def test_a_second_opening_step_is_refused() -> None:
    second = Step("found", "发现", (), "registered", "无")

    with pytest.raises(ValueError, match="exactly one step opens a case"):
        replace(MEDIATION, steps=(*MEDIATION.steps, second))


def test_a_mark_that_sums_an_undeclared_field_is_refused() -> None:
    step = Step("count", "计数", ("agreed",), None, "无", marks=(Mark("counted", cents="gold"),))

    with pytest.raises(ValueError, match=r"mediation\.count: field gold is not declared"):
        replace(MEDIATION, steps=(*MEDIATION.steps, step))


def test_a_clock_that_depends_on_an_undeclared_field_is_refused() -> None:
    step = Step("tick", "计时", ("agreed",), None, "无", starts=(Start("mediation.term", when=(("mood", "calm"),)),))

    with pytest.raises(ValueError, match="field mood is not declared"):
        replace(MEDIATION, steps=(*MEDIATION.steps, step))


def test_a_personal_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="never broken down by personal data"):
        Field("name", "姓名", FieldType.CHOICE, (Choice("a", "甲"),), personal=True, dimension=True)


def test_accusations_and_nothing_else_are_restricted() -> None:
    restricting = {kind.code: kind.restricted_when for kind in KINDS.values() if kind.restricted_when}

    assert restricting == {"petition": (("purpose", "accusation"),)}
    assert KINDS["petition"].restricts({"purpose": "accusation"})
    assert not KINDS["petition"].restricts({"purpose": "appeal"})


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (("colour", "red"), "petition: restricting field colour is not declared"),
        (("purpose", "revenge"), "petition.purpose: restricting value revenge is not declared"),
        (("outcome", "withdrawn"), "petition: restricting field outcome is not declared"),
        (("responsible", "某局"), "restricting value 某局 is not declared"),
    ],
    ids=["field", "value", "not at opening", "no choice"],
)
def test_a_restriction_that_could_not_hold_is_refused(when: tuple[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(KINDS["petition"], restricted_when=(when,))


def test_no_later_step_may_lift_a_restriction() -> None:
    kind = KINDS["petition"]
    accept = replace(kind.step_named["accept"], records=("purpose",))
    steps = tuple(accept if step.name == "accept" else step for step in kind.steps)

    with pytest.raises(ValueError, match="petition: accept would overwrite purpose, which restricts who may see it"):
        replace(kind, steps=steps)
