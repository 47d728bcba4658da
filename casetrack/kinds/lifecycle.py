"""Steps and states, and what a step means for figures and for clocks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from casetrack.kinds.fields import Fact


class View(Protocol):
    """What a guard may look at: the values of the case so far, its milestones and the steps taken."""

    values: dict[str, Fact]

    def first(self, name: str) -> date | None:
        """The day of the first milestone of a name."""

    def last(self, step: str) -> date | None:
        """The day a step was last taken."""

    def times(self, step: str) -> int:
        """How often a step was taken."""

    def last_day(self, duty: str) -> date | None:
        """The latest day still in time of the clock that runs for a duty; None where none runs, or it stands still."""

    def too_late(self, duty: str) -> bool:
        """Whether the last clock of a duty ended after the latest day that could be called in time."""


Guard = Callable[[View, date], str]
"""Asked before a step with the day of the step: why it may not be taken, in Chinese; empty where it may.

The values it sees already hold the facts of the step.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A statistical milestone that a step makes: `received`, `accepted`, `closed` and the kind's own.

    `when` names values that the case must have, `unless` those that it must not; `persons` and `cents` name the fields
    that are summed with it. Where nobody said how many persons, `unsaid` counts: one who came is one, of an audience
    nobody is assumed.
    `once` counts only the first of its name in a case (an instance heard twice was heard). `kept` makes it only where
    the step fulfils a duty, in time or (False) late; `lapsed` only where a clock of these duties runs past its end;
    `given` only where that field holds more than nothing, `after` only where the case has a milestone of that name.
    `on` names a date of the case: the milestone is of that day where it lies later (an agreement falls due).
    """

    name: str
    when: tuple[tuple[str, Fact], ...] = ()
    persons: str = ""
    unsaid: int = 1
    cents: str = ""
    once: bool = False
    unless: tuple[tuple[str, Fact], ...] = ()
    kept: bool | None = None
    lapsed: tuple[str, ...] = ()
    given: str = ""
    after: str = ""
    on: str = ""


class Whose(StrEnum):
    """Whose clock it is: only the office's own can be overdue for the office."""

    OFFICE = "office"
    PARTY = "party"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Start:
    """A clock that a step starts: the duty in `casetrack.law`, and the values of the case it depends on.

    The practice may begin with a day (`since`) and end with one (`until`, on which it no longer holds). A clock of a
    party (a right to be used in time) or of another body (the respondent's answer) is shown, and never overdue here.
    `named_days` is the field with the length that the step itself names, where the statute lets it (交办期限).

    A clock counts from the fact that its rule names (`counted_from`), if the case has a date of that name, else from
    the milestone of that name (`accepted_on` from `accepted`), else from the day of the step. Where that name means
    something else in the case (what the court received is not what the committee did), `fact` is the field meant.

    It starts where all of `when` holds and none of `unless`. A `local` duty is one that only some places have:
    elsewhere no rule is in force, and that is no gap in the law. A clock that was `past` before the step could be
    logged (the applicant's sixty days) starts and ends with the step, where the day it counts from is known at all.
    """

    duty: str
    whose: Whose = Whose.OFFICE
    named_days: str = ""
    when: tuple[tuple[str, Fact], ...] = ()
    unless: tuple[tuple[str, Fact], ...] = ()
    fact: str = ""
    local: bool = False
    past: bool = False
    since: date = date.min
    until: date = date.max

    def practised_on(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Pause:
    """A step that stops clocks for a reason of `casetrack.law.terms.PAUSES`, where their rules let it.

    With `start` and `end`, fields of the step, the interval is known at once; without, a step that resumes ends it.
    """

    duties: tuple[str, ...]
    reason: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Deemed:
    """What the law takes to have happened when a clock ran out: the step that the daily sweep records.

    It is dated with the last day, or with the day after. Where it takes nothing from the office's own duty but only
    notes that it is overdue, the clock runs on: then `unless` names the milestone that says it was noted.
    """

    duty: str
    step: str
    day_after: bool = False
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lifecycle: from which states, to which, what it records, what it means for clocks and figures.

    `target` None leaves the state as it is. `ends` names the duties that the step fulfils; `drops` those that it
    makes moot without fulfilling them. `sets` are values that follow from the step itself; `only` narrows a recorded
    choice to those that the step can have. `extends` pairs a duty with the field that says by how many days;
    `governs` names the field with the day whose law the step puts the case under.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    basis: str
    records: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    starts: tuple[Start, ...] = ()
    ends: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    sets: tuple[tuple[str, Fact], ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    extends: tuple[tuple[str, str], ...] = ()
    pauses: tuple[Pause, ...] = ()
    resumes: tuple[str, ...] = ()
    governs: str = ""
    guards: tuple[Guard, ...] = ()

    @property
    def opens_case(self) -> bool:
        return not self.sources


@dataclass(frozen=True, slots=True)
class State:
    """One state of a lifecycle; in an `open` one the office still owes the people of the case an answer."""

    code: str
    label: str
    open: bool = True


RECOUNT = "recount"


def recounting(states: Iterable[str]) -> Step:
    """What every kind has without listing it: dates counted anew because the law or a calendar changed.

    It moves nothing else, so it may stand anywhere, also where every other step was retracted since; only
    `casetrack.cases.recounting` records it.
    """
    return Step(RECOUNT, "期限重新计算", ("", *states), None, "法律、法规或者放假安排的变更")
