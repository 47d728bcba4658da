"""What checking a text yields: the figures it claims, and how they stand to one another."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Nearness(StrEnum):
    """How close to the figure the text says that the truth is."""

    EXACT = "exact"
    OVER = "over"  # 余、多、以上: at least the figure, and less than the next round one
    UNDER = "under"  # 近、不足: a little less
    ABOUT = "about"  # 约、左右


class Verdict(StrEnum):
    """How a stated figure stands to what follows from the figures beside it."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    APPROXIMATE = "approximate"
    INCONSISTENT = "inconsistent"


class RelationKind(StrEnum):
    """What ties figures together."""

    RATIO = "ratio"
    SUM = "sum"
    DIFFERENCE = "difference"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a text, tied to what it counts. `start` and `end` are offsets into the text as given.

    `stated` is false where the text gives no number but says what it must be (已全部办结, 均为维持, 持平). A dimension
    with several values together (网上投诉和交办共126件) has them joined by commas. `period` is "last" for figures of
    the year before; `change` is up, down or flat for one that says how much another changed (下降12.5% is 12.5, down).
    `narrowed` is true for a part that no dimension says (其中疑难纠纷4件): of the measure, and yet not its whole.
    The unit is the text's own; 万 and 亿 are multiplied out, except in amounts of money.
    """

    quote: str
    start: int
    end: int
    subject: str
    measure: str
    value: Decimal | int
    unit: str
    nearness: Nearness
    dimensions: Mapping[str, str]
    decimals: int = 0
    period: str = ""
    change: str = ""
    stated: bool = True
    narrowed: bool = False

    @property
    def approx(self) -> bool:
        return self.nearness is not Nearness.EXACT

    def as_json(self) -> dict[str, Any]:
        """The claim as `check_report --format json` prints it."""
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "subject": self.subject,
            "measure": self.measure,
            "value": plain_number(self.value),
            "unit": self.unit,
            "approx": self.approx,
            "dimensions": {name: several(value) for name, value in self.dimensions.items()},
        }


@dataclass(frozen=True, slots=True)
class Relation:
    """Figures that must fit together: `stated` is held against `computed`, which follows from `numbers`.

    `numbers` are part and whole (ratio), total and parts (sum), whole and what was taken away (difference), now and
    before (change). `claims` are the places in `Checked.claims` of the numbers and last of what is stated.
    """

    kind: RelationKind
    numbers: tuple[Decimal | int, ...]
    stated: Decimal | int
    computed: Decimal
    verdict: Verdict
    quote: str
    start: int
    end: int
    claims: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The relation as `check_report --format json` prints it."""
        return {
            "kind": str(self.kind),
            "numbers": [plain_number(number) for number in self.numbers],
            "stated": plain_number(self.stated),
            "computed": plain_number(self.computed),
            "verdict": str(self.verdict),
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was found in a text, each in the order of the text."""

    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]


def plain_number(value: Decimal | int) -> int | float:
    """A number as JSON writes it: whole ones without a point."""
    return int(value) if value == int(value) else float(value)


def several(value: str) -> str | list[str]:
    """One value of a dimension as it is, several as a list."""
    return value.split(",") if "," in value else value
