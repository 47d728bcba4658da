"""What a case is about, in words that name nobody."""

from casetrack.kinds import KINDS
from casetrack.kinds.base import Facts


def subject_of(kind_code: str, values: Facts) -> str:
    """The official term of its category, or that it is a case of its kind."""
    kind = KINDS[kind_code]
    category, code = kind.field_named.get("category"), values.get("category")
    return category.label_of(str(code)) if category and code else f"{kind.label}案件"
