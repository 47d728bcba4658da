"""The scenarios a lawyer can read and correct: facts in, dates and article out."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casetrack.law.arithmetic import Due, due
from casetrack.law.calendar import calendar_for
from casetrack.law.counting import Exclusion
from casetrack.law.statutes import DUTIES, RULES
from casetrack.law.terms import Unit

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS: list[dict[str, Any]] = [
    scenario
    for path in sorted(FOLDER.glob("*.toml"))
    for scenario in tomllib.loads(path.read_text(encoding="utf-8"))["scenario"]
]


def answer(scenario: dict[str, Any]) -> Due:
    region: str = scenario.get("region", "")
    start: date = scenario["start"]
    governed_on: date = scenario.get("governed_on", start)
    named = scenario.get("named")
    rule = RULES[scenario["rule"]] if "rule" in scenario else DUTIES[scenario["duty"]].rule_on(governed_on, region)
    return due(
        rule,
        start,
        calendar=calendar_for(region),
        governed_on=governed_on,
        extended_by=scenario.get("extended_by", []),
        exclusions=[Exclusion(**each) for each in scenario.get("exclusions", [])],
        named=(named["length"], Unit(named["unit"])) if named else None,
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["name"])
def test_the_dates_are_those_the_scenario_states(scenario: dict[str, Any]) -> None:
    found = answer(scenario)

    assert (found.due_on, found.rolled_on, found.act_by) == (
        scenario["due_on"],
        scenario.get("rolled_on"),
        scenario["act_by"],
    )
    assert found.article == scenario["article"]
    assert found.provisional == scenario.get("provisional", False)


def test_every_scenario_has_its_own_name() -> None:
    names = [scenario["name"] for scenario in SCENARIOS]

    assert len(names) == len(set(names))
