"""What an indicator is made of: terms that are counted, and how a figure follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from casetrack.kinds.base import Field

Where = tuple[tuple[str, tuple[str, ...]], ...]


class Window(StrEnum):
    """Which milestones of a case count for a period."""

    FLOW = "flow"  # happened in the period
    CARRIED_OVER = "carried_over"  # happened before the period, and was not over before it
    PENDING = "pending"  # happened up to its end, and was not over up to it
    COHORT = "cohort"  # of the cases received in the period, happened up to the cut-off, which may lie later
    REMAINING = "remaining"  # of those of a cohort, was not followed by `out` up to the cut-off
    YEAR_BEFORE = "year_before"  # happened in the same period of the year before


class Counted(StrEnum):
    """What is summed over those milestones."""

    CASES = "cases"
    PERSONS = "persons"
    CENTS = "cents"
    IN_TIME = "in_time"
    LATE = "late"
    DAYS = "days"  # from the receipt of the case, by the calendar
    SPREAD = "spread"  # the cases by how many days they took: what medians are read from


OF_DAYS = (Counted.DAYS, Counted.SPREAD)


@dataclass(frozen=True, slots=True)
class Term:
    """One number to count: milestones of a name, in a window, with the values that `where` allows.

    `out` is the milestone that ends what stands open, where the window is a stock: of cases it is that they are closed,
    of accepted ones, as the official table of reconsideration counts, that they are concluded. Where those that remain
    are counted it is what they were spared, and a case that has it always has the first, not later.
    """

    name: str
    window: Window = Window.FLOW
    counted: Counted = Counted.CASES
    where: Where = ()
    out: str = "closed"
    days: int | None = None  # of a spread, the cases that took exactly so many


class Form(StrEnum):
    """How a figure follows from what is counted."""

    COUNT = "count"  # the sum of the terms
    AMOUNT = "amount"  # the sum of the terms, which are cents, in 万元
    RATE = "rate"  # the terms over the base, in per cent
    MEAN = "mean"  # the terms over the base, as a number of its own unit
    MEDIAN = "median"  # the days that half the cases of a spread did not exceed
    PERCENTILE_90 = "percentile_90"  # the days that nine tenths of them did not exceed
    CHANGE = "change"  # what the terms exceed the base by, over the base, in per cent
    REGISTER = "register"  # read from the registers of offices and people, on a day
    REPORTED = "reported"  # stated by the bodies that answer for it: no case holds it


RANKS = {Form.MEDIAN: 50, Form.PERCENTILE_90: 90}
"""Which share of a spread, in per cent, a figure cuts off: the smallest number of days that so many cases took at most.

That is the nearest rank: always a number of days that some case did take, and the same from whatever it is read.
"""
OF_TWO_PARTS = (Form.RATE, Form.CHANGE, Form.MEAN, *RANKS)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure, declared once: what it is called, what it means in one sentence, and what is counted for it.

    `numerator` and `denominator` say in words what is divided by what. `column` is the official table and column that
    the figure answers to; `since` the day from which there is what it counts. `version` names the definition of a rate
    that has no single public one, so that a table can say which it used. Figures are rounded half up to `decimals`.
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
    numerator: str = ""
    denominator: str = ""
    column: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        if not self.is_reported and bool(self.base) != (self.form in OF_TWO_PARTS):
            raise ValueError(f"{self.name}: a rate, a mean or a change has a base, and nothing else has")
        if not self.is_reported and bool(self.terms) == (self.form is Form.REGISTER):
            raise ValueError(f"{self.name}: declare what is counted")
        if not self.definition.endswith("。"):
            raise ValueError(f"{self.name}: the definition is one whole sentence")
        if bool(self.base) != bool(self.numerator and self.denominator):
            raise ValueError(f"{self.name}: say in words what is divided by what, where something is")
        if self.is_ranked != any(term.counted is Counted.SPREAD for term in self.terms):
            raise ValueError(f"{self.name}: a median is read from a spread, and nothing else is")
        if any(term.counted in OF_DAYS and (term.where or term.window is not Window.FLOW) for term in self.terms):
            raise ValueError(f"{self.name}: days are kept of all cases of a period together")
        if self.decimals < 0 or (self.form is Form.COUNT and self.decimals):
            raise ValueError(f"{self.name}: a count is whole, and nothing is rounded before the point")

    @property
    def name(self) -> str:
        return f"{self.subject}.{self.measure}"

    @property
    def is_reported(self) -> bool:
        """Whether bodies state it, and no case behind it can be counted."""
        return self.form is Form.REPORTED

    def as_reported(self) -> "Indicator":
        """The same figure where bodies state it and the record has no case to count it from."""
        return replace(self, form=Form.REPORTED)

    @property
    def is_rate(self) -> bool:
        """Whether it is formed of two parts, which it always carries."""
        return bool(self.base)

    @property
    def is_of_days(self) -> bool:
        return any(term.counted in OF_DAYS for term in self.terms)

    @property
    def is_ranked(self) -> bool:
        """Whether it is read from a spread: its denominator is a number of cases, and it has no numerator."""
        return self.form in RANKS


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chapter of figures is about: a kind of case, offices and people, trainings, or what bodies report."""

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

    @property
    def counted(self) -> tuple[Indicator, ...]:
        """What the record itself holds: cases, offices and people, trainings."""
        return tuple(found for found in self.indicators if found.form is not Form.REPORTED)

    @property
    def stated(self) -> tuple[Indicator, ...]:
        """What bodies report, and no case holds."""
        return tuple(found for found in self.indicators if found.form is Form.REPORTED)

    @property
    def keeps_history(self) -> bool:
        """Whether it can be told what was known once: of events and of what was reported, not of registers."""
        return all(found.form is not Form.REGISTER for found in self.indicators)

    def dimension(self, name: str) -> Field | None:
        return next((found for found in self.dimensions if found.name == name), None)

    def has(self, names: Sequence[str]) -> bool:
        return all(self.dimension(name) for name in names)
