"""Recorded values in the words of the forms: what a person reads of a case."""

from casetrack.kinds.base import ORGANIZATION, Fact, Facts, Field, FieldType, Kind


def in_words(field: Field, value: Fact) -> str:
    """A value as it is said: official terms, yes and no, yuan."""
    if field.type is FieldType.CHOICE:
        return field.label_of(str(value))
    if field.type is FieldType.FLAG:
        return "是" if value else "否"
    if field.type is FieldType.MONEY:
        return f"{yuan(int(value))}元"
    if field.type is FieldType.MOMENT:
        return str(value).replace("T", " ")
    return str(value)


def yuan(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


def facts_in_words(kind: Kind, facts: Facts) -> list[tuple[str, str]]:
    """Labels and values in the order of the declaration; one that is declared no more keeps its own name."""
    declared = [
        (field.label, in_words(field, facts[field.name])) for field in kind.fields if facts.get(field.name) is not None
    ]
    dropped = [name for name in facts if name not in kind.field_named and name != ORGANIZATION]
    return declared + [(name, str(facts[name])) for name in dropped]
