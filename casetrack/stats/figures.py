"""A figure and how it follows from what was counted; an answer is all the figures of a question."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any

from casetrack.organizations.reported.choices import Qualifier
from casetrack.organizations.scope import Clearance
from casetrack.stats.comparing import Compare, Comparison, compared, plain
from casetrack.stats.dimensions import label_of
from casetrack.stats.indicators import RANKS, SUBJECTS, Form, Indicator, Subject, Term
from casetrack.stats.questions import Basis, Organized

CENTS_IN_TEN_THOUSAND_YUAN = 1_000_000
FOUR_PLACES = Decimal("0.0001")
NO_CASES = "—"
WITHHELD = "*"
SAID = {Qualifier.EXACT: "{}", Qualifier.AT_LEAST: "{}以上", Qualifier.APPROXIMATE: "约{}"}


def per_cent(numerator: int, denominator: int) -> Decimal | None:
    """Half up to four places; of nothing there is no share, neither 0 nor 100."""
    if not denominator:
        return None
    return quotient(100 * numerator, denominator)


def quotient(numerator: int, denominator: int) -> Decimal | None:
    if not denominator:
        return None
    return (Decimal(numerator) / Decimal(denominator)).quantize(FOUR_PLACES, ROUND_HALF_UP)


def nearest_rank(spread: Mapping[int, int], share: int) -> int | None:
    """The fewest days within which that share of the cases, in per cent, was through; of no cases there are none."""
    rank, reached = ceil(share * sum(spread.values()) / 100), 0
    for days in sorted(spread):
        reached += spread[days]
        if reached >= rank > 0:
            return days
    return None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a period a figure that bodies report is made of.

    The months are those of all bodies that reported any of it, added up; None where the days asked for, or reported,
    are no whole months. What no body ever reported can't be missed here.
    """

    complete: bool
    months: int | None = None
    expected: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"complete": self.complete, "months": self.months, "expected_months": self.expected}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name, what it divides and is divided by, and the query that lists what lies behind it.

    A `value` of None says that there were no cases to form a rate of, or that it is `withheld` from the public.
    What bodies report comes with how exactly they stated it, and with how much of the period they did.
    """

    indicator: Indicator
    dimensions: Mapping[str, str]
    value: int | Decimal | None
    cases: Mapping[str, Any] = field(repr=False)
    numerator: int | None = None
    denominator: int | None = None
    withheld: bool = False
    qualifier: Qualifier = Qualifier.EXACT
    coverage: Coverage | None = None

    @property
    def subject(self) -> str:
        return self.indicator.subject

    @property
    def measure(self) -> str:
        return self.indicator.measure

    @property
    def label(self) -> str:
        return self.indicator.label

    @property
    def unit(self) -> str:
        return self.indicator.unit

    @property
    def shown(self) -> str:
        """As a table prints it, rounded half up to the decimals of the indicator."""
        if self.value is None:
            return WITHHELD if self.withheld else NO_CASES
        rounded = Decimal(self.value).quantize(Decimal(1).scaleb(-self.indicator.decimals), ROUND_HALF_UP)
        return SAID[self.qualifier].format(f"{rounded}%" if self.unit == "%" else str(rounded))

    @property
    def dimension_labels(self) -> dict[str, str]:
        subject = SUBJECTS[self.subject]
        return {
            declared.label: label_of(self.subject, name, value)
            for name, value in self.dimensions.items()
            if (declared := subject.dimension(name))
        }

    def as_dict(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "measure": self.measure,
            "label": self.label,
            "unit": self.unit,
            "dimensions": dict(self.dimensions),
            "value": plain(self.value),
            "numerator": self.numerator,
            "denominator": self.denominator,
            **({"suppressed": True} if self.withheld else {}),
            **({"qualifier": self.qualifier.value} if self.qualifier else {}),
            **({"reported": self.coverage.as_dict()} if self.coverage else {}),
        }


def figure_of(
    indicator: Indicator, counted: Counter[Term], dimensions: Mapping[str, str], cases: Mapping[str, Any]
) -> Figure:
    number = sum(counted[term] for term in indicator.terms)
    if indicator.form is Form.AMOUNT:
        return Figure(indicator, dimensions, Decimal(number) / CENTS_IN_TEN_THOUSAND_YUAN, cases)
    if not indicator.is_rate:
        return Figure(indicator, dimensions, number, cases)
    base = sum(counted[term] for term in indicator.base)
    if indicator.is_ranked:
        return Figure(
            indicator, dimensions, nearest_rank(spread_of(indicator, counted), RANKS[indicator.form]), cases, None, base
        )
    if indicator.form is Form.MEAN:
        return Figure(indicator, dimensions, quotient(number, base), cases, number, base)
    if indicator.form is Form.CHANGE:
        number -= base
    return Figure(indicator, dimensions, per_cent(number, base), cases, number, base)


def spread_of(indicator: Indicator, counted: Counter[Term]) -> dict[int, int]:
    """How many cases took how many days."""
    wanted = {(term.name, term.window, term.where) for term in indicator.terms}
    return {
        term.days: number
        for term, number in counted.items()
        if term.days is not None and (term.name, term.window, term.where) in wanted and number
    }


def figure_of_register(
    indicator: Indicator, counted: int, dimensions: Mapping[str, str], cases: Mapping[str, Any]
) -> Figure:
    return Figure(indicator, dimensions, counted, cases)


@dataclass(frozen=True, slots=True)
class Answer:
    """All the figures of a place and a period, and what they were counted from."""

    region: str
    region_name: str
    first: date
    last: date
    as_of: date
    basis: Basis
    figures: tuple[Figure, ...]
    organization: int | None = None
    organization_name: str = ""
    restricted: Clearance = Clearance.WHOLE
    known_on: date | None = None
    organized: Organized = Organized.THEN
    compare: Compare | None = None
    base: "Answer | None" = None
    not_reported: tuple[Indicator, ...] = ()
    found: dict[tuple[str, str, frozenset[tuple[str, str]]], Figure] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    parts: dict[tuple[str, frozenset[str]], list[Figure]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for each in self.figures:
            self.found[each.subject, each.measure, frozenset(each.dimensions.items())] = each
            self.parts.setdefault((each.subject, frozenset(each.dimensions)), []).append(each)

    def comparison(self, figure: Figure) -> Comparison | None:
        """How a figure of this answer stands to that of the period it was compared with."""
        if self.base is None:
            return None
        found = self.base.find(figure.subject, figure.measure, **figure.dimensions)
        missing = None if figure.indicator.is_rate else 0
        return compared(figure.value, found.value if found else missing, figure.unit)

    def of(self, subject: str) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.subject == subject)

    def divided_by(self, subject: str, *dimensions: str) -> Sequence[Figure]:
        """The figures of one breakdown, or of all together; a book asks for each of them many times."""
        return self.parts.get((subject, frozenset(dimensions)), ())

    def find(self, subject: str, measure: str, **dimensions: str) -> Figure | None:
        return self.found.get((subject, measure, frozenset(dimensions.items())))

    @property
    def subjects(self) -> tuple[Subject, ...]:
        present = {figure.subject for figure in self.figures}
        return tuple(subject for code, subject in SUBJECTS.items() if code in present)

    def as_dict(self) -> dict[str, Any]:
        place: dict[str, Any] = {"region": self.region, "region_name": self.region_name}
        if self.organization is not None:
            place |= {"organization": self.organization, "organization_name": self.organization_name}
        said = {} if self.restricted is Clearance.WHOLE else {"restricted": self.restricted.value}
        said |= {"organized": "now"} if self.organized is Organized.NOW else {}
        said |= self.compared_with()
        said |= {"known_on": self.known_on.isoformat()} if self.known_on else {}
        return {
            **place,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "as_of": self.as_of.isoformat(),
            "basis": self.basis.value,
            **said,
            "figures": [figure.as_dict() | self.compared_row(figure) for figure in self.figures],
            "not_reported": [f"{each.subject}.{each.measure}" for each in self.not_reported],
        }

    def compared_with(self) -> dict[str, Any]:
        if self.base is None or self.compare is None:
            return {}
        days = {"from": self.base.first, "to": self.base.last, "as_of": self.base.as_of}
        return {"compare": {"with": self.compare.value, **{name: day.isoformat() for name, day in days.items()}}}

    def compared_row(self, figure: Figure) -> dict[str, Any]:
        comparison = self.comparison(figure)
        return comparison.as_dict() if comparison else {}
