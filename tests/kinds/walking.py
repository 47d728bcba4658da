"""Scenarios of whole cases, as data a lawyer can read and correct: the steps with their days, and what follows.

A scenario names its kind, its steps and an article; then any of: the state it ends in, the days to act by (`due`),
whether clocks were kept (`in_time`), which of them run (`running`), whose they are (`whose`), which milestones were
made (`marks`), or the words in which the last step is `refused`. Of several clocks of one duty the last is meant.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import Fact
from casetrack.kinds.clocks import Clock
from casetrack.kinds.facts import check_facts
from casetrack.kinds.fold import Happening, Standing, fold

FOLDER = Path(__file__).parent / "scenarios"
Scenario = dict[str, Any]


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(scenario for path in sorted(FOLDER.glob("*/*.toml")) for scenario in read(path))


def read(path: Path) -> Iterator[Scenario]:
    for scenario in tomllib.loads(path.read_text(encoding="utf-8"))["scenario"]:
        yield {"kind": path.parent.name, **scenario}


def happenings_of(scenario: Scenario, kind: Kind) -> list[Happening]:
    """The steps with their facts as the record would keep them: held against the fields, personal ones left out."""
    return [
        Happening(number, taken["step"], taken["on"], facts_of(kind, taken))
        for number, taken in enumerate(scenario["steps"], start=1)
    ]


def facts_of(kind: Kind, taken: dict[str, Any]) -> dict[str, Fact]:
    given = {name: plain(value) for name, value in taken.items() if name not in ("step", "on")}
    kept = check_facts(kind, kind.step_named[taken["step"]], given)
    return {name: value for name, value in kept.items() if not kind.field_named[name].personal}


def plain(value: Fact | date) -> Fact:
    return value.isoformat() if isinstance(value, date) else value


def walk(scenario: Scenario, *, kind: Kind | None = None, steps: int | None = None) -> Standing:
    """The standing after the scenario's steps, or the first few of them."""
    walked = kind or KINDS[scenario["kind"]]
    return fold(walked, happenings_of(scenario, walked)[:steps], region_code=scenario.get("region", ""))


def clock_of(standing: Standing, duty: str) -> Clock:
    found = [clock for clock in standing.clocks if clock.duty == duty]
    assert found, f"{duty}没有开始计算；已有：{'、'.join(clock.duty for clock in standing.clocks) or '无'}"
    return found[-1]
