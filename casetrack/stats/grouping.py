"""Sums of milestones or of cells, group by group: both keep their dimensions in the same way."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from casetrack.stats.dimensions import UNSPECIFIED, from_opening
from casetrack.stats.questions import Key, Question

Row = TypeVar("Row", bound=Model)


def grouped(
    rows: QuerySet[Row], question: Question, sums: dict[str, Combinable], *, days: Combinable | None = None
) -> Iterable[tuple[Key, dict[str, Any]]]:
    """The sums of each group; with `days`, of each number of days in it.

    What can't have a value yet is in no group of that dimension.
    """
    later = [name for name in question.by if name not in from_opening(question.kind)]
    if later:
        rows = rows.filter(dimensions__has_keys=later)
    names = [f"d{number}" for number in range(len(question.by))]
    values = {alias: value_of(name) for alias, name in zip(names, question.by, strict=True)}
    keys = (["organization_id"] if question.each_organization else []) + names
    if not keys and days is None:
        yield (), rows.aggregate(**sums)
        return
    further = {"days": days} if days is not None else {}
    for row in rows.annotate(**values).values(*keys, **further).annotate(**sums).order_by():
        yield tuple(row[key] for key in keys), row


def value_of(dimension: str) -> Combinable:
    return Coalesce(KT(f"dimensions__{dimension}"), Value(UNSPECIFIED, output_field=TextField()))
