"""What an indicator is made of: terms that are counted, and how a figure follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from casetrack.kinds.base import Field

Where = tuple[tuple[str, tuple[str, ...]], ...]


class Window(StrEnum):
    """Which milestones of a case count for a period."""

    FLOW = "flow"  # happened in the period
    CARRIED_OVER = "carried_over"  # received before the period, and not closed before it
    PENDING = "pending"  # received up to its end, and not closed up to it
    COHORT = "cohort"  # of the cases received in the period, happened up to the cut-off, which may lie later
    YEAR_BEFORE = "year_before"  # happened in the same period of the year before


class Counted(StrEnum):
    """What is summed over those milestones."""

    CASES = "cases"
    PERSONS = "persons"
    CENTS = "cents"
    IN_TIME = "in_time"


@dataclass(frozen=True, slots=True)
class Term:
    """One number to count: milestones of a name, in a window, with the values that `where` allows."""

    name: str
    window: Window = Window.FLOW
    counted: Counted = Counted.CASES
    where: Where = ()


class Form(StrEnum):
    """How a figure follows from what is counted."""

    COUNT = "count"  # the sum of the terms
    AMOUNT = "amount"  # the sum of the terms, which are cents, in 万元
    RATE = "rate"  # the terms over the base, in per cent
    CHANGE = "change"  # what the terms exceed the base by, over the base, in per cent
    REGISTER = "register"  # read from the registers of offices and people, on a day


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure, declared once: what it is called, what it means in one sentence, and what is counted for it.

    `version` names the definition of a rate that has no single public one, so that a table can say which it used.
    """

    subject: str
    measure: str
    label: str
    unit: str
    definition: str
    terms: tuple[Term, ...] = ()
    base: tuple[Term, ...] = ()
    form: Form = Form.COUNT
    decimals: int = 0
    version: str = ""

    def __post_init__(self) -> None:
        if bool(self.base) != (self.form in (Form.RATE, Form.CHANGE)):
            raise ValueError(f"{self.subject}.{self.measure}: a rate or a change has a base, and nothing else has")
        if bool(self.terms) == (self.form is Form.REGISTER):
            raise ValueError(f"{self.subject}.{self.measure}: declare what is counted")
        if not self.definition.endswith("。"):
            raise ValueError(f"{self.subject}.{self.measure}: the definition is one whole sentence")

    @property
    def is_rate(self) -> bool:
        return bool(self.base)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chapter of figures is about: a kind of case, the offices and people, or the trainings."""

    code: str
    label: str
    indicators: tuple[Indicator, ...]
    dimensions: tuple[Field, ...]
    measures: dict[str, Indicator] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for indicator in self.indicators:
            if indicator.measure in self.measures:
                raise ValueError(f"{self.code}: {indicator.measure} is declared twice")
            self.measures[indicator.measure] = indicator

    def dimension(self, name: str) -> Field | None:
        return next((found for found in self.dimensions if found.name == name), None)

    def has(self, names: Sequence[str]) -> bool:
        return all(self.dimension(name) for name in names)
