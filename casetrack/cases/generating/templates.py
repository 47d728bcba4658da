"""Rows and events written once with gaps, so that the next like them costs one formatting."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Field, Model

from casetrack.cases.chain import canonical, said_by
from casetrack.cases.copying import dump_of
from casetrack.cases.models import CaseEvent
from casetrack.kinds.base import ORGANIZATION

CASE, OFFICE, PREVIOUS, REPLACED = "\ue000case", "\ue000office", "\ue000previous", "\ue000replaced"
"""What stands for keys and digests until they are known; no text begins with this character, it means nothing."""


def columns(model: type[Model], *, without: Sequence[str] = ()) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if field.attname not in without]


def row_template(row: Model, gaps: Mapping[str, str], *, without: Sequence[str] = ()) -> str:
    """A line for COPY, with the gaps named by attribute left as `%(name)s` and everything else as the row has it."""
    cells = [
        gaps.get(field.attname) or escaped(dump_of(field)(getattr(row, field.attname)))
        for field in columns(type(row), without=without)
    ]
    return "\t".join(cells) + "\n"


def facts_template(event: CaseEvent) -> str:
    """The facts of an event as COPY writes them; those of an opening name the office."""
    field: Field[Any, Any] = CaseEvent._meta.get_field("facts")
    return with_keys(escaped(dump_of(field)(with_marks(event))))


def said_template(event: CaseEvent) -> str:
    """What the digest of an event is taken over, in the one way to write it."""
    said = said_by(event) | {"case": CASE, "facts": with_marks(event), "previous": PREVIOUS}
    if event.replaces_id:
        said["replaces"] = REPLACED
    text = with_keys(escaped(canonical(said))).replace(PREVIOUS, previous_hash(event))
    if event.replaces_id:
        text = text.replace(f'"{REPLACED}"', event_key(event.replaces_id))
    return text


def with_marks(event: CaseEvent) -> dict[str, object]:
    return {**event.facts, ORGANIZATION: OFFICE} if ORGANIZATION in event.facts else event.facts


def with_keys(text: str) -> str:
    return text.replace(f'"{CASE}"', "%(case)s").replace(f'"{OFFICE}"', "%(office)s")


def event_key(place: int) -> str:
    """The gap for the key of an event, which a shape knows by its place."""
    return f"%(event{place})s"


def previous_hash(event: CaseEvent) -> str:
    """The gap for the digest of the event before; the first has none."""
    return f"%(hash{event.sequence - 1})s" if event.sequence > 1 else ""


def escaped(text: str) -> str:
    return text.replace("%", "%%")
