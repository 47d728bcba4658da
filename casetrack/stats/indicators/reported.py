"""The indicators that no case holds: one for each number that bodies may report, under the subject it belongs to."""

from casetrack.kinds.base import Field, FieldType
from casetrack.organizations.reported.catalog import (
    BY_NAME,
    DIMENSION_LABELS,
    DIMENSIONS,
    REPORTABLES,
    SUBJECT_LABELS,
    Reportable,
)
from casetrack.stats.indicators.base import Form, Indicator, Subject, Term

FIELDS = {
    name: Field(name, DIMENSION_LABELS[name], FieldType.CHOICE, choices, dimension=True)
    for name, choices in DIMENSIONS.items()
}


def declared(found: Reportable) -> Indicator:
    """A share is declared over two reported counts, by whose names its terms go."""
    terms, base = ((Term(found.over[0]),), (Term(found.over[1]),)) if found.over else ((), ())
    parts = [BY_NAME[found.subject, measure].label for measure in found.over or ()] or ["", ""]
    return Indicator(
        found.subject,
        found.measure,
        found.label,
        found.unit,
        found.definition,
        terms,
        base,
        Form.REPORTED,
        decimals=found.decimals,
        version=found.version,
        numerator=parts[0],
        denominator=parts[1],
    )


def reported_for(subject: str) -> tuple[Indicator, ...]:
    """What is reported instead of cases has its indicator already, which counts them."""
    return tuple(declared(each) for each in REPORTABLES if each.subject == subject and not each.instead)


def dimensions_of(subject: str) -> tuple[Field, ...]:
    names = dict.fromkeys(name for each in REPORTABLES if each.subject == subject for name in each.dimensions)
    return tuple(FIELDS[name] for name in names)


REPORTED_SUBJECTS: dict[str, Subject] = {
    code: Subject(code, label, reported_for(code), dimensions_of(code)) for code, label in SUBJECT_LABELS.items()
}
