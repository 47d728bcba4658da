"""What is said of a change: the clocks that it moves, the cases that it leaves stuck, and what applying it did."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose day moves; without `before` it would start, without `after` it would go."""

    case: int
    number: str
    kind: str
    region_code: str
    duty: str
    running: bool
    rule: str
    before: date | None
    after: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A case whose events the law as now declared does not bear out: for a person to settle."""

    case: int
    number: str
    why: str


@dataclass(slots=True)
class Applied:
    """What applying did: cases with a new event, clocks written, and the cases that a person must settle.

    `left` are cases still to be folded.
    """

    cases: int = 0
    clocks: int = 0
    left: set[int] = field(default_factory=set)
    stuck: list[Stuck] = field(default_factory=list)

    def add(self, other: "Applied") -> None:
        self.cases += other.cases
        self.clocks += other.clocks
        self.left |= other.left
