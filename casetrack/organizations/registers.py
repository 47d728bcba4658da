"""Registers of organizations and trainings, taken in whole: a few queries a register, a verdict a row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.organizations.choices import CommitteeKind, OrganizationKind
from casetrack.organizations.divisions import InvalidCode, Level, is_under, level_of
from casetrack.organizations.models import Organization, Region, Training
from casetrack.organizations.moving import Moving, leave, why_not
from casetrack.organizations.outcomes import Intake, RowResult
from casetrack.organizations.regions import ensure_regions

COMMITTEE_SUFFIX = re.compile(r"(人民)?(调解委员会|调委会)$")
NAMES_ITS_REGION = {
    CommitteeKind.TOWNSHIP: Level.TOWNSHIP,
    CommitteeKind.VILLAGE: Level.VILLAGE,
    CommitteeKind.COMMUNITY: Level.VILLAGE,
}
LONGEST_NAME = 200
LONGEST_REGION_NAME = 100


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organization as a register has it. A missing date leaves the known one; a move without one is of today."""

    name: str
    region_code: str
    committee_kind: str = ""
    active_from: date | None = None
    kind: str = OrganizationKind.MEDIATION_COMMITTEE
    moved_on: date | None = None


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A training as a register has it."""

    held_on: date
    name: str
    attendance: int
    organizer: str = ""


def key_of(name: str) -> str:
    """What a name is looked up under: registers differ in their spaces."""
    return re.sub(r"\s", "", name)


def lock(county: Region) -> None:
    """One register of a county at a time; `no_key`, so that cases may be logged there meanwhile."""
    Region.objects.select_for_update(no_key=True).get(pk=county.pk)


@transaction.atomic
def load_organizations(
    *, county: Region, rows: Sequence[OrganizationRow], moving: Moving | None = None
) -> list[RowResult[Organization]]:
    """Organizations of a county's register, each with its town or village; those that lie elsewhere now have moved."""
    lock(county)
    known = {key_of(organization.name): organization for organization in county.registered_organizations.all()}
    sent: dict[str, OrganizationRow] = {}
    intake: Intake[Organization] = Intake()
    for row in rows:
        key = key_of(row.name)
        if reason := _why_not(county, row, known.get(key), sent.get(key, row)) or _why_no_move(
            row, known.get(key), moving
        ):
            intake.reject(reason)
            continue
        sent[key] = row
        if key in known:
            intake.update(known[key], _facts(row, known[key]), note=_moved(row, known[key], moving))
        else:
            known[key] = intake.create(_new(county, row))
    ensure_regions(names=_region_names(county, sent.values()))
    Organization.objects.bulk_create(intake.created)
    Organization.objects.bulk_update(intake.changed, ["region", "kind", "committee_kind", "active_from", "settled_on"])
    return intake.results


def _why_not(county: Region, row: OrganizationRow, known: Organization | None, first: OrganizationRow) -> str:
    """Why a row can't be taken; empty if it can."""
    try:
        level_of(row.region_code)
    except InvalidCode as error:
        return str(error)
    if not is_under(row.region_code, county.code):
        return f"区划代码“{row.region_code}”不在{county.name}（{county.code}）之内"
    if not row.name.strip() or len(row.name) > LONGEST_NAME:
        return f"机构名称应为1至{LONGEST_NAME}字"
    if row.kind == OrganizationKind.MEDIATION_COMMITTEE and row.committee_kind not in CommitteeKind.values:
        return f"调解委员会类型“{row.committee_kind}”无法识别"
    if row != first:
        return f"“{row.name}”在同一份名册中已出现过，且内容不同"
    if known and known.active_to and row.active_from and known.active_to <= row.active_from:
        return f"成立日期{row.active_from}不早于已登记的撤销日期{known.active_to}"
    return ""


def _why_no_move(row: OrganizationRow, known: Organization | None, moving: Moving | None) -> str:
    if known is None or known.region_id == row.region_code:
        return ""
    if moving is None:
        return f"“{known.name}”登记在{known.region_id}，与本行的区划{row.region_code}不同"
    on = row.moved_on or moving.on
    return "；".join(why_not(known, row.region_code, on, today=localdate(moving.now)).values())


def _moved(row: OrganizationRow, known: Organization, moving: Moving | None) -> str:
    """Let a committee lie where its row says from now on; what is to be told about it."""
    left, since = known.region_id, known.settled_on
    if moving is None or left == row.region_code:
        return ""
    known.region_id, known.settled_on = row.region_code, row.moved_on or moving.on
    return leave(known, left, since, replace(moving, on=known.settled_on))


def _new(county: Region, row: OrganizationRow) -> Organization:
    return Organization(
        county=county,
        region_id=row.region_code,
        name=row.name.strip(),
        kind=row.kind,
        committee_kind=row.committee_kind,
        active_from=row.active_from,
    )


def _facts(row: OrganizationRow, organization: Organization) -> dict[str, object]:
    return {
        "kind": row.kind,
        "committee_kind": row.committee_kind,
        "active_from": row.active_from or organization.active_from,
    }


def _region_names(county: Region, rows: Iterable[OrganizationRow]) -> dict[str, str]:
    """A village is called as its committee is, without the words for a committee."""
    names: dict[str, str] = {}
    for row in rows:
        level = NAMES_ITS_REGION.get(CommitteeKind(row.committee_kind)) if row.committee_kind else None
        name = COMMITTEE_SUFFIX.sub("", key_of(row.name)).removeprefix(county.name)[:LONGEST_REGION_NAME]
        if level is level_of(row.region_code):
            names[row.region_code] = names.get(row.region_code) or name
        else:
            names.setdefault(row.region_code, "")
    return names


@transaction.atomic
def load_trainings(*, county: Region, rows: Sequence[TrainingRow]) -> list[RowResult[Training]]:
    """Trainings of a county; one is known by its day and name."""
    lock(county)
    known = {(training.held_on, key_of(training.name)): training for training in county.trainings.all()}
    sent: dict[tuple[date, str], TrainingRow] = {}
    intake: Intake[Training] = Intake()
    for row in rows:
        key = (row.held_on, key_of(row.name))
        if reason := _why_no_training(row, sent.get(key, row)):
            intake.reject(reason)
            continue
        sent[key] = row
        if key in known:
            facts = {"attendance": row.attendance, "organizer": row.organizer or known[key].organizer}
            intake.update(known[key], facts)
        else:
            known[key] = intake.create(
                Training(
                    region=county,
                    held_on=row.held_on,
                    name=row.name.strip(),
                    attendance=row.attendance,
                    organizer=row.organizer,
                )
            )
    Training.objects.bulk_create(intake.created)
    Training.objects.bulk_update(intake.changed, ["attendance", "organizer"])
    return intake.results


def _why_no_training(row: TrainingRow, first: TrainingRow) -> str:
    if not row.name.strip() or len(row.name) > LONGEST_NAME:
        return f"培训名称应为1至{LONGEST_NAME}字"
    if row.attendance < 0:
        return f"参加人次{row.attendance}不能为负数"
    if row != first:
        return f"{row.held_on}的“{row.name}”在同一份台账中已出现过，且内容不同"
    return ""
