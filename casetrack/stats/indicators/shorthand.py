"""Short ways to declare the indicators that a subject has of its own."""

from datetime import date

from casetrack.stats.indicators.base import Counted, Form, Indicator, Term, Where, Window

Parts = tuple[tuple[Term, ...], tuple[Term, ...]]
Words = tuple[str, str]


def flow(
    subject: str,
    measure: str,
    label: str,
    definition: str,
    *,
    unit: str = "件",
    term: Term | None = None,
    column: str = "",
    since: date | None = None,
) -> Indicator:
    """The milestones of a name in the period; the measure goes by that name unless another term is given."""
    return Indicator(subject, measure, label, unit, definition, (term or Term(measure),), column=column, since=since)


def persons(
    subject: str, measure: str, label: str, definition: str, *, name: str, column: str = "", since: date | None = None
) -> Indicator:
    term = Term(name, counted=Counted.PERSONS)
    return Indicator(subject, measure, label, "人", definition, (term,), column=column, since=since)


def amount(subject: str, measure: str, label: str, definition: str, *, name: str, column: str = "") -> Indicator:
    term = Term(name, counted=Counted.CENTS)
    return Indicator(subject, measure, label, "万元", definition, (term,), form=Form.AMOUNT, decimals=2, column=column)


def rate(
    subject: str,
    measure: str,
    label: str,
    definition: str,
    over: Parts,
    words: Words,
    *,
    version: str = "",
    column: str = "",
    since: date | None = None,
) -> Indicator:
    """A share in per cent, shown to one decimal; `words` say what is divided by what."""
    (terms, base), (numerator, denominator) = over, words
    return Indicator(
        subject,
        measure,
        label,
        "%",
        definition,
        terms,
        base,
        Form.RATE,
        decimals=1,
        version=version,
        numerator=numerator,
        denominator=denominator,
        column=column,
        since=since,
    )


def of(*terms: Term | str) -> tuple[Term, ...]:
    """What happened in the period: by name, or a term that says more."""
    return tuple(term if isinstance(term, Term) else Term(term) for term in terms)


def cohort(*names: str, where: Where = ()) -> tuple[Term, ...]:
    """Of the cases received in the period, what happened up to the cut-off."""
    return tuple(Term(name, Window.COHORT, where=where) for name in names)


def remaining(name: str, *, out: str, where: Where = ()) -> tuple[Term, ...]:
    """Of the cases received in the period, what happened up to the cut-off and `out` did not follow."""
    return (Term(name, Window.REMAINING, where=where, out=out),)
