"""One claim beside the record: what is held, whether the claim agrees with it, and by how much it does not."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from casetrack.stats.figures import Figure
from casetrack.stats.indicators import Indicator
from reports.checking.claims import Verdict, plain_number
from reports.checking.exactness import decimal_of

PLACES = Decimal("0.0001")


class Standing(StrEnum):
    """How a claim stands to the record."""

    EQUAL = "equal"
    DIFFERS = "differs"
    ABSENT = "not_in_record"


class Source(StrEnum):
    """Which figure of the record a claim was held against."""

    EDITION = "edition"
    CURRENT = "current"


STANDINGS = {Standing.EQUAL: "一致", Standing.DIFFERS: "不一致", Standing.ABSENT: "记录中没有"}
AGREEMENTS = {
    Verdict.EXACT: "完全一致",
    Verdict.ROUNDED: "四舍五入后一致",
    Verdict.TRUNCATED: "舍去尾数后一致（未四舍五入）",
    Verdict.APPROXIMATE: "约数相符",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of the record in the unit of the claim."""

    value: Fraction
    numerator: int | None = None
    denominator: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"value": shown(self.value), "numerator": self.numerator, "denominator": self.denominator}

    @property
    def words(self) -> str:
        parts = f"（{self.numerator}/{self.denominator}）" if self.denominator else ""
        return f"{shown(self.value)}{{unit}}{parts}"


def shown(value: Fraction) -> int | float:
    """Up to four places, half up; whole numbers without a point."""
    return plain_number(decimal_of(value).quantize(PLACES, ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Usual:
    """What the usual definition of the claim's word gives, where the claim agrees only with another one."""

    indicator: Indicator
    number: Number

    def as_json(self) -> dict[str, Any]:
        return {"label": self.indicator.label, **self.number.as_json()}


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, by its place among the claims, beside the record.

    `source` says which of `current` and `published` agrees, or, where neither does, from which it differs. `figures`
    are those of the record behind the current number: their lists are the way to the cases.
    """

    claim: int
    standing: Standing
    reason: str = ""
    indicator: Indicator | None = None
    unit: str = ""
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    current: Number | None = None
    published: Number | None = None
    source: Source | None = None
    agreement: Verdict | None = None
    difference: Fraction | None = None
    figures: tuple[Figure, ...] = ()
    usual: Usual | None = None

    def as_json(self) -> dict[str, Any]:
        """The row as `check_report --format json` prints it."""
        return {
            "claim": self.claim,
            "verdict": self.standing.value,
            "agreement": self.agreement.value if self.agreement else None,
            "reason": self.reason,
            "label": self.indicator.label if self.indicator else "",
            "unit": self.unit,
            "from": day(self.first),
            "to": day(self.last),
            "as_of": day(self.as_of),
            **(self.current or NO_NUMBER).as_json(),
            "source": self.source.value if self.source else None,
            "published": self.published.as_json() if self.published else None,
            "difference": None if self.difference is None else shown(self.difference),
            "usual": self.usual.as_json() if self.usual else None,
        } | ({} if self.current else {"value": None})

    @property
    def words(self) -> str:
        """The row in a sentence for a person."""
        if self.standing is Standing.ABSENT:
            return f"记录中没有：{self.reason}"
        said = (
            AGREEMENTS[self.agreement] if self.agreement else f"不一致，相差{shown(self.difference or NONE)}{self.unit}"
        )
        held = [
            f"{name}{number.words.format(unit=self.unit)}"
            for name, number in (("结账公布为", self.published), ("记录现为", self.current))
            if number is not None
        ]
        label = self.indicator.label if self.indicator else ""
        if self.usual and self.indicator:
            usual = f"{self.usual.indicator.label}为{self.usual.number.words.format(unit=self.unit)}"
            label = f"按“{label}”（{self.indicator.definition.rstrip('。')}）计；{usual}"
        return f"与记录{said}：{label}，{'，'.join(held)}"


NONE = Fraction(0)
NO_NUMBER = Number(NONE)


def day(said: date | None) -> str | None:
    return said.isoformat() if said else None


def absent(claim: int, reason: str, indicator: Indicator | None = None) -> Row:
    return Row(claim, Standing.ABSENT, reason, indicator)
