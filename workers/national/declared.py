"""What a recount must know of the kinds of case: taken from the declarations that PostgreSQL's count follows as well.

An export carries it along, so that a cluster needs the files alone, and neither this service nor its database.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import ENDS, Level
from casetrack.stats.dimensions import UNSPECIFIED, dimensions_of, from_opening, kept, name_of
from casetrack.stats.recount import KEPT_BY_OFFICES, TOGETHER

LEVELS_WITH_CELLS = [end for end, level in zip(ENDS, list(Level)[1:], strict=True) if level not in KEPT_BY_OFFICES]
"""How many digits a region that has cells of its own begins with; the nation begins with none."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The dimensions of a kind, those known from the first day, and the breakdowns that regions keep."""

    dimensions: tuple[str, ...]
    opening: tuple[str, ...]
    breakdowns: tuple[str, ...]

    @classmethod
    def of(cls, kind: str) -> Self:
        breakdowns = tuple(name_of(each) for each in kept(kind))
        return cls(dimensions_of(kind), tuple(sorted(from_opening(kind))), breakdowns)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        return cls(**{name: tuple(written[name]) for name in ("dimensions", "opening", "breakdowns")})


def declarations() -> dict[str, Any]:
    """All that the declarations say, as an export writes it down."""
    return {
        "kinds": {kind: asdict(Declared.of(kind)) for kind in KINDS},
        "unspecified": UNSPECIFIED,
        "together": TOGETHER,
        "digits": [0, *LEVELS_WITH_CELLS],
    }
