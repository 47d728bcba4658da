"""Putting a case under another version of the law than the one its dates choose: a person's decision, with a reason."""

from casetrack.kinds.fields import Field, FieldType
from casetrack.kinds.lifecycle import Step

GOVERNING_FIELDS = (
    Field("governing_on", "适用何日有效的法律", FieldType.DATE),
    Field("governing_reason", "变更适用法律的理由"),
)


def governing(sources: tuple[str, ...], basis: str) -> Step:
    """The step that does it, from these states: running clocks are counted anew, later ones begin under that law."""
    return Step(
        "govern",
        "变更适用的法律版本",
        sources,
        None,
        basis,
        records=("governing_on", "governing_reason"),
        needs=("governing_on", "governing_reason"),
        governs="governing_on",
    )
