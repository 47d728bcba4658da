"""From indicators to columns: in which order, under which heading, and what a figure puts into its cell."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from casetrack.stats.dimensions import applies
from casetrack.stats.figures import NO_CASES, Answer, Figure
from casetrack.stats.indicators import Form, Indicator, Subject, Window
from reports.books.layout import Column, Format, Value

NOT_BROKEN_DOWN = "×"
COURSE = ("carried_over", "received", "handled", "accepted", "not_accepted", "withdrawn", "closed", "pending")
RATES = (
    "closure_rate",
    "flow_closure_rate",
    "on_time_closure_rate",
    "acceptance_on_time_rate",
    "received_year_on_year",
)
IN_COURSE, OF_RATES, OTHER = "收案与办结", "比率", "其他情况"

Row = Mapping[str, Figure]
"""The figures of one row, by measure."""


def in_order(subject: Subject) -> tuple[Indicator, ...]:
    """First the course of cases from carried over to pending, then the rates, then what the subject has of its own."""
    measures = subject.measures
    first = [measures[name] for name in (*COURSE, *RATES) if name in measures]
    rest = [indicator for indicator in subject.counted if indicator not in first]
    return (*first, *(found for found in rest if found.is_rate), *(found for found in rest if not found.is_rate))


def column_of(indicator: Indicator) -> Column:
    group = IN_COURSE if indicator.measure in COURSE else OF_RATES if indicator.is_rate else OTHER
    return Column(heading_of(indicator), format_of(indicator), group)


def heading_of(indicator: Indicator) -> str:
    """With the unit, where it is neither the usual one nor said by the name."""
    told = indicator.unit in ("件", "%") or indicator.unit in indicator.label
    return indicator.label if told else f"{indicator.label}（{indicator.unit}）"


def format_of(indicator: Indicator) -> Format:
    if indicator.unit == "%":
        return Format.SHARE
    return Format.AMOUNT if indicator.decimals else Format.COUNT


def units_of(indicators: Iterable[Indicator]) -> str:
    return "、".join(dict.fromkeys(indicator.unit for indicator in indicators))


def cells(figures: Row, indicators: Sequence[Indicator], by: tuple[str, ...] = ()) -> tuple[Value, ...]:
    return tuple(cell(figures.get(indicator.measure), indicator, by) for indicator in indicators)


def cell(figure: Figure | None, indicator: Indicator, by: tuple[str, ...]) -> Value:
    if not applies(indicator, by):
        return NOT_BROKEN_DOWN
    if figure is None:
        return NO_CASES if indicator.is_rate else 0  # answers leave out rates of no cases
    if figure.value is None:
        return NO_CASES
    return Decimal(figure.value) / 100 if figure.unit == "%" else figure.value


def whole(answer: Answer, subject: Subject) -> Row:
    return {figure.measure: figure for figure in answer.divided_by(subject.code)}


def by_value(answer: Answer, subject: Subject, dimension: str) -> dict[str, Row]:
    """The figures of each value of a dimension, in the order in which the answer declares them."""
    found: dict[str, dict[str, Figure]] = {}
    for figure in answer.divided_by(subject.code, dimension):
        found.setdefault(figure.dimensions[dimension], {})[figure.measure] = figure
    return dict(found)


def is_additive(indicator: Indicator) -> bool:
    """Whether parts of a whole add up in it, as they never do in a rate."""
    return not indicator.is_rate


def is_flow(indicator: Indicator) -> bool:
    """Whether the months of a year add up in it: so they do in what happens, not in what stands open."""
    return indicator.form in (Form.COUNT, Form.AMOUNT) and all(term.window is Window.FLOW for term in indicator.terms)


def number(figure: Figure | None) -> int | Decimal:
    return figure.value or 0 if figure else 0


def added(rows: Iterable[Row], measure: str) -> int | Decimal:
    return sum((number(row.get(measure)) for row in rows), 0)
