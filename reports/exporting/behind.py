"""The list behind a figure as a table, current or published: its rows, and what each of them adds to the figure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet, Sum

from casetrack.cases.models import Case
from casetrack.organizations.models import Mediator, Organization, Training
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats import tracing
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import (
    Asked,
    Share,
    entry_of,
    is_cleared,
    list_behind,
    refuse_unlisted,
    visible_numbers,
)
from casetrack.stats.closing.publishing import Entry
from casetrack.stats.indicators import SUBJECTS, Counted, Form
from casetrack.stats.tracing import Traced
from reports.exporting import columns, registers
from reports.exporting.cases import OF_ALL_CASES, case_columns, case_rows, usual_case_columns
from reports.exporting.columns import CHUNK, Column, Row, Rows
from reports.exporting.question import published_question, question

COUNTED = Column("counted", "计入", columns.Form.NUMBER)
IN_YUAN = Column("counted", "计入（元）", columns.Form.MONEY)
NUMBERED = OF_ALL_CASES[:2]
REGISTERS: Mapping[type[Model], tuple[Sequence[Column], Callable[[QuerySet[Any], Collection[str], date], Rows]]] = {
    Organization: (registers.OF_ORGANIZATIONS, registers.organization_rows),
    Mediator: (registers.OF_MEDIATORS, registers.mediator_rows),
    Training: (registers.OF_TRAININGS, registers.training_rows),
}
UNTOLD = ("kind", "due_on", "light", "title")
"""Of a case what a list of one kind, as of the day of a figure, does not say."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A list: its columns, its rows and how many these are, and the figure or its two parts as it is stated.

    `name` is the column by which a person knows a row, `adds` those with what it adds to the figure and to its base.
    """

    columns: Sequence[Column]
    rows: Rows
    expected: int
    figure: tuple[int | Decimal, ...]
    name: str = "number"
    adds: tuple[str, ...] = ("counted",)
    above: tuple[str, ...] = ()

    def added(self, row: Row) -> tuple[Decimal, ...]:
        return tuple(Decimal(str(row[name])) for name in self.adds)


def of_figure(traced: Traced) -> Behind:
    """What a figure as it now stands, or as it was known once, counts; above it the question that it answers."""
    by_form = {Form.REPORTED: of_entries, Form.REGISTER: of_register}
    found = by_form.get(traced.indicator.form, of_cases)(traced)
    return replace(found, above=question(traced, found.figure[0], found.expected))


def of_cases(traced: Traced) -> Behind:
    kind, cases = traced.indicator.subject, tracing.cases_of(traced).order_by("pk")
    names = [name for name in usual_case_columns(kind) if name not in UNTOLD]
    known = case_columns(kind)
    counted = IN_YUAN if traced.summed == Counted.CENTS else COUNTED
    shown = (*(known[name] for name in names), counted)
    rows = as_open(with_shares(traced, cases, names), traced, Case.objects)
    return Behind(shown, rows, cases.count(), (tracing.stated(traced),))


def with_shares(traced: Traced, cases: QuerySet[Case], names: Sequence[str]) -> Rows:
    rows = case_rows(cases, names, traced.days.as_of)
    while chunk := list(islice(rows, CHUNK)):
        keys = [int(str(row["id"])) for row in chunk]
        shares = tracing.shares_of(traced, keys)
        for key, row in zip(keys, chunk, strict=True):
            yield {**row, "counted": shares[key]}


def as_open(rows: Rows, traced: Traced, known: Any) -> Rows:
    """Of what has moved out of the reader's sight since it was counted, no more than what it adds."""
    while chunk := list(islice(rows, CHUNK)):
        keys = [row["id"] for row in chunk]
        everything = traced.scope.everything
        seen = set(
            keys if everything else known.in_scope(traced.scope).filter(pk__in=keys).values_list("pk", flat=True)
        )
        for row in chunk:
            yield row if row["id"] in seen else {"counted": row["counted"]}


def of_register(traced: Traced) -> Behind:
    """Committees, mediators or trainings."""
    found = tracing.entered_of(traced).order_by("pk")
    known, read = REGISTERS[found.model]
    columns = tuple(column for column in known if column.name != "phone")
    read_rows = read(found, [column.name for column in columns], traced.days.as_of)
    adds = ({**row, "counted": row[traced.summed] if traced.summed else 1} for row in read_rows)
    rows = as_open(adds, traced, found.model._default_manager)
    return Behind((*columns, COUNTED), rows, found.count(), (tracing.stated(traced),), name="name")


def of_entries(traced: Traced) -> Behind:
    """What bodies reported."""
    found = tracing.entries_of(traced).order_by("pk")
    total = found.aggregate(n=Sum("value"))["n"] or 0
    rows = registers.reported_rows(found, [column.name for column in registers.OF_REPORTED], traced.days.as_of)
    return Behind(registers.OF_REPORTED, rows, found.count(), (total,), name="organization", adds=("value",))


def of_edition(edition: Edition, asked: Asked, scope: Scope = EVERYTHING) -> Behind:
    """What a published figure counted, as it was known when it was published; above it the figure and its edition."""
    entry = published_for(edition, asked, scope)
    listed = list(list_behind(edition, asked, scope))
    shown = columns_of(asked, entry)
    return Behind(
        shown,
        published_rows(listed, scope),
        len(listed),
        tuple(part for part in (entry["n"], entry["b"]) if part is not None),
        adds=tuple(column.name for column in shown if column not in NUMBERED),
        above=published_question(edition, asked, entry, len(listed)),
    )


def published_for(edition: Edition, asked: Asked, scope: Scope) -> Entry:
    """What was published, as this reader is told it. Raises StatisticsRefused where no list lies behind it."""
    entry = entry_of(edition, asked, cleared=is_cleared(edition, asked.subject, scope))
    refuse_unlisted(asked, entry)
    return entry


def columns_of(asked: Asked, entry: Entry) -> tuple[Column, ...]:
    if entry["b"] is not None:
        return (*NUMBERED, COUNTED, Column("base", "计入分母", columns.Form.NUMBER))
    indicator = SUBJECTS[asked.subject].measures[asked.measure]
    return (*NUMBERED, IN_YUAN if indicator.form is Form.AMOUNT else COUNTED)


def published_rows(listed: Sequence[Share], scope: Scope) -> Rows:
    """Of what is not open to the reader today no more than what it adds."""
    left = iter(listed)
    while chunk := list(islice(left, CHUNK)):
        numbers = visible_numbers([each.case for each in chunk], scope)
        for each in chunk:
            shown: Row = {"id": each.case, "number": numbers[each.case]} if each.case in numbers else {}
            yield {**shown, "counted": each.number, "base": each.base}
