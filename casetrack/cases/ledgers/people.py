"""Rows of the registers, handed to the storey of organizations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.ledgers.registers import MEDIATORS, ORGANIZATIONS, REPORTED, TRAININGS
from casetrack.cases.ledgers.stated import reported_row
from casetrack.cases.ledgers.values import RowRefused, Values
from casetrack.cases.offices import moving_now, reclassify, relocate
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.organizations.models import Region
from casetrack.organizations.operations import (
    MediatorRow,
    OrganizationRow,
    Outcome,
    TrainingRow,
    load_mediators,
    load_organizations,
    load_trainings,
)
from casetrack.organizations.reported.loading import ReportedRow, load_reported

Draft = OrganizationRow | MediatorRow | TrainingRow | ReportedRow


class Result(Protocol):
    """A verdict of the storey below."""

    @property
    def outcome(self) -> Outcome: ...

    @property
    def reason(self) -> str: ...


class Sender(Protocol):
    """Who sends a register in, and when: what is reported says so."""

    @property
    def actor(self) -> User | None: ...

    @property
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row of a register."""

    outcome: Outcome
    reason: str = ""


def take_register(code: str, region: Region, rows: Sequence[Values], *, by: Sender) -> list[Taken]:
    """Take in the rows of a register, a verdict each."""
    taken: list[Taken | None] = [None] * len(rows)
    ready: list[int] = []
    drafts: list[Draft] = []
    for place, values in enumerate(rows):
        try:
            drafts.append(DRAFTS[code](values))
            ready.append(place)
        except RowRefused as refused:
            taken[place] = Taken(Outcome.REJECTED, str(refused))
    for place, result in zip(ready, load(code, region, drafts, by), strict=True):
        taken[place] = Taken(result.outcome, result.reason)
    return [each for each in taken if each is not None]


def load(code: str, region: Region, rows: Sequence[Draft], by: Sender) -> Sequence[Result]:
    if code == ORGANIZATIONS.code:
        return take_organizations(region, [row for row in rows if isinstance(row, OrganizationRow)], by)
    if code == MEDIATORS.code:
        return load_mediators(county=region, rows=[row for row in rows if isinstance(row, MediatorRow)])
    if code == REPORTED.code:
        figures = [row for row in rows if isinstance(row, ReportedRow)]
        return load_reported(region=region, rows=figures, actor=by.actor, now=by.now)
    return load_trainings(county=region, rows=[row for row in rows if isinstance(row, TrainingRow)])


@transaction.atomic
def take_organizations(region: Region, rows: Sequence[OrganizationRow], by: Sender) -> Sequence[Result]:
    """A register may say that a committee is of another kind, under which its cases are counted from then on.

    Or that it now lies elsewhere: its cases go along, and those that it had before are counted where they were.
    """
    before = {pk: rest for pk, *rest in region.registered_organizations.values_list("pk", "committee_kind", "region")}
    results = load_organizations(county=region, rows=rows, moving=moving_now(by.actor, by.now))
    known = [result.record for result in results if result.record and result.record.pk in before]
    reclassify({each.pk: each.committee_kind for each in known if each.committee_kind != before[each.pk][0]})
    relocate([each for each in known if each.region_id != before[each.pk][1]])
    return results


def organization_row(values: Values) -> OrganizationRow:
    try:
        region_code = complete(str(values["region_code"]))
    except InvalidCode as invalid:
        raise RowRefused([str(invalid)]) from invalid
    return OrganizationRow(
        name=str(values["name"]),
        region_code=region_code,
        committee_kind=str(values["committee_kind"]),
        active_from=day(values, "active_from_on"),
        moved_on=day(values, "moved_on"),
    )


def mediator_row(values: Values) -> MediatorRow:
    return MediatorRow(
        name=str(values["name"]),
        organization_name=str(values["organization_name"]),
        sex=str(values.get("sex", "")),
        full_time=values.get("full_time") == "yes",
        education=str(values.get("education", "")),
        phone=str(values.get("phone", "")),
    )


def training_row(values: Values) -> TrainingRow:
    held_on = day(values, "held_on")
    attendance = values["attendance"]
    if held_on is None or not isinstance(attendance, int):
        raise RowRefused(["培训日期或参加人次未填"])
    return TrainingRow(held_on, str(values["name"]), attendance, str(values.get("organizer", "")))


def day(values: Values, name: str) -> date | None:
    value = values.get(name)
    return value if isinstance(value, date) else None


DRAFTS: dict[str, Callable[[Values], Draft]] = {
    ORGANIZATIONS.code: organization_row,
    MEDIATORS.code: mediator_row,
    TRAININGS.code: training_row,
    REPORTED.code: reported_row,
}
