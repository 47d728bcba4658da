"""What a fold of events leaves: the standing of a case, with its milestones, its clocks and the gaps it met."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casetrack.kinds.clocks import Clock
from casetrack.kinds.fields import Fact, Facts

START = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An effective event: its place in the order of the case, the step, its legal date and its facts."""

    sequence: int
    step: str
    on: date
    facts: Facts


@dataclass(frozen=True, slots=True)
class Milestone:
    """One statistical mark of a case, with what figures are summed and broken down by."""

    name: str
    on: date
    sequence: int
    dimensions: Mapping[str, str]
    persons: int
    cents: int
    in_time: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A clock that could not start because no rule was in force: shown on the case, for a person to settle."""

    duty: str
    sequence: int
    message: str


@dataclass(slots=True)
class Standing:
    """Where a case stands after its events."""

    state: str = START
    values: dict[str, Fact] = field(default_factory=dict)
    milestones: list[Milestone] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    governed_on: date | None = None
    opened_on: date | None = None
    taken: list[tuple[str, date]] = field(default_factory=list)

    def last(self, step: str) -> date | None:
        """The day a step was last taken."""
        return max((on for name, on in self.taken if name == step), default=None)

    def times(self, step: str) -> int:
        """How often a step was taken."""
        return sum(name == step for name, _ in self.taken)

    def first(self, name: str) -> date | None:
        """The day of the first milestone of a name; None where the case never came to it."""
        return next((milestone.on for milestone in self.milestones if milestone.name == name), None)

    def last_day(self, duty: str) -> date | None:
        """The latest day still in time of the clock that runs for a duty; None where none runs, or it stands still."""
        running = [clock for clock in self.clocks if clock.runs and clock.duty == duty and clock.paused_on is None]
        return running[-1].due.last_day if running else None

    def too_late(self, duty: str) -> bool:
        """Whether the last clock of a duty ended after the latest day that could be called in time."""
        ended = [(clock.ended_on, clock.due.last_day) for clock in self.clocks if clock.ended_on and clock.duty == duty]
        return bool(ended) and ended[-1][0] > ended[-1][1]

    @property
    def due_on(self) -> date | None:
        """The day by which the office must act next: the earliest of its running clocks."""
        return min((clock.due.act_by for clock in self.clocks if clock.presses), default=None)
