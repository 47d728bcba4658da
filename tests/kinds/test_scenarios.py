"""Every scenario comes out as it says; together they walk every way and meet every guard."""

import re
from dataclasses import replace
from datetime import date

import pytest

from casetrack.kinds import KINDS, Kind
from casetrack.kinds.lifecycle import Guard, View
from casetrack.kinds.refusals import Refused
from tests.kinds.walking import Scenario, clock_of, scenarios, walk

ALL = scenarios()
LAWFUL = [scenario for scenario in ALL if "refused" not in scenario]
UNLAWFUL = [scenario for scenario in ALL if "refused" in scenario]
WALKED_KINDS = pytest.mark.parametrize("kind", [KINDS[code] for code in dict.fromkeys(each["kind"] for each in ALL)])


@pytest.mark.parametrize("scenario", LAWFUL, ids=lambda scenario: scenario["name"])
def test_the_case_stands_where_the_scenario_says(scenario: Scenario) -> None:
    standing = walk(scenario)

    made = [milestone.name for milestone in standing.milestones]
    assert standing.state == scenario.get("state", standing.state)
    assert {duty: clock_of(standing, duty).due.act_by for duty in scenario.get("due", {})} == scenario.get("due", {})
    for duty, in_time in scenario.get("in_time", {}).items():
        assert clock_of(standing, duty).in_time is in_time, duty
    for duty, whose in scenario.get("whose", {}).items():
        assert clock_of(standing, duty).whose == whose, duty
    if "running" in scenario:
        assert sorted(clock.duty for clock in standing.clocks if clock.runs) == sorted(scenario["running"])
    assert [name for name in scenario.get("marks", []) if name not in made] == []
    assert [gap.duty for gap in standing.gaps] == scenario.get("gaps", [])


@pytest.mark.parametrize("scenario", UNLAWFUL, ids=lambda scenario: scenario["name"])
def test_the_last_step_is_refused_in_the_words_of_the_scenario(scenario: Scenario) -> None:
    walk(scenario, steps=len(scenario["steps"]) - 1)

    with pytest.raises(Refused, match=re.escape(scenario["refused"])):
        walk(scenario)


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario["name"])
def test_the_article_is_one_that_a_step_or_a_clock_of_the_case_rests_on(scenario: Scenario) -> None:
    kind = KINDS[scenario["kind"]]
    standing = walk(scenario, steps=None if "refused" not in scenario else len(scenario["steps"]) - 1)

    cited = [clock.due.article for clock in standing.clocks]
    cited += [kind.step_named[taken["step"]].basis for taken in scenario["steps"]]

    assert any(scenario["article"] in words for words in [*cited, scenario.get("refused", "")])


def test_every_scenario_has_its_own_name() -> None:
    names = [scenario["name"] for scenario in ALL]

    assert len(names) == len(set(names))


@WALKED_KINDS
def test_every_step_and_state_of_the_kind_is_reached_by_some_scenario(kind: Kind) -> None:
    walked = [walk(scenario) for scenario in LAWFUL if scenario["kind"] == kind.code]

    taken = {name for standing in walked for name, _ in standing.taken}
    reached = {kind.step_named[name].target for name in taken}

    assert [step.name for step in kind.steps if step.name not in taken] == []
    assert [state.code for state in kind.states if state.code not in reached] == []


@WALKED_KINDS
def test_every_guard_of_the_kind_refuses_in_some_scenario(kind: Kind) -> None:
    refusing: set[str] = set()

    def noting(guard: Guard) -> Guard:
        def noted(view: View, on: date) -> str:
            if problem := guard(view, on):
                refusing.add(guard.__name__)
            return problem

        return noted

    steps = tuple(replace(step, guards=tuple(noting(guard) for guard in step.guards)) for step in kind.steps)
    for scenario in UNLAWFUL:
        if scenario["kind"] == kind.code:
            with pytest.raises(Refused):
                walk(scenario, kind=replace(kind, steps=steps))

    assert {guard.__name__ for step in kind.steps for guard in step.guards} == refusing
