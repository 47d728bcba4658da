"""An organization entered, renamed or dissolved by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import About
from casetrack.accounts.models import User
from casetrack.accounts.versions import refuse_unless_at
from casetrack.organizations.choices import CommitteeKind, OrganizationKind
from casetrack.organizations.divisions import InvalidCode, Level, level_of, parent_of
from casetrack.organizations.keeping import AlreadyRegistered, RegisterRefused, changed, refuse_backwards, registered
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.moving import Moving, leave, why_not
from casetrack.organizations.regions import ensure_region, ensure_regions
from casetrack.organizations.registers import key_of, lock

NONE_YET = 0  # no row has this key
WITHOUT_REGISTER = (Level.TOWNSHIP, Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class OrganizationDraft:
    """An organization to enter; a room names the committee that it belongs to."""

    name: str
    kind: str
    region_code: str
    committee_kind: str = ""
    parent: Organization | None = None
    active_from: date | None = None


def about(organization: Organization) -> About:
    return About(region_code=organization.region_id, organization_id=organization.pk)


@transaction.atomic
def add_organization(*, draft: OrganizationDraft, actor: User, now: datetime) -> Organization:
    """Enter an organization in the register of its county, with its town or village if that is new."""
    county, _ = ensure_region(code=register_of(draft.region_code))
    refuse(draft, county)
    lock(county)
    refuse_name(draft.name, county)
    ensure_regions(names={draft.region_code: ""})
    organization = Organization(
        county=county,
        region_id=draft.region_code,
        name=draft.name,
        kind=draft.kind,
        committee_kind=draft.committee_kind,
        parent=draft.parent,
        active_from=draft.active_from,
    )
    return registered(organization, about=about, actor=actor, now=now)


@transaction.atomic
def change_organization(
    *,
    organization_id: int,
    changes: Mapping[str, Any],
    actor: User | None,
    now: datetime,
    version: str | None = None,
    moving: Moving | None = None,
) -> dict[str, Any]:
    """Say anew what an organization is called, where it lies and from when to when it is there: what differed, by name.

    Its cases are counted by the kind of their committee and lie where it does: `casetrack.cases.offices` makes them
    follow.
    """
    lock(Region.objects.get(registered_organizations=organization_id))
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization_id)
    refuse_unless_at(organization, version)
    refuse_committee_kind(organization.kind, changes.get("committee_kind", organization.committee_kind))
    began = changes.get("active_from", organization.active_from)
    refuse_backwards(began, changes.get("active_to", organization.active_to), what="撤销")
    left, since = organization.region_id, organization.settled_on
    changes = with_move(organization, changes, moving)
    if changes.keys() & {"name", "county_id"}:
        county = Region.objects.get(pk=changes.get("county_id", organization.county_id))
        refuse_name(changes.get("name", organization.name), county, other_than=organization.pk)
    news = changed(organization, changes, about=about, actor=actor, now=now)
    if moving and "settled_on" in news:
        leave(organization, left, since, replace(moving, on=news["settled_on"]))
    return news


def with_move(organization: Organization, changes: Mapping[str, Any], moving: Moving | None) -> dict[str, Any]:
    """What a move changes of an organization: its region, since when, and the register that names it."""
    rest = {name: value for name, value in changes.items() if name not in ("region", "moved_on")}
    code, on = changes.get("region", organization.region_id), changes.get("moved_on")
    if on and "region" not in changes:
        raise RegisterRefused({"region": "填写迁移日期的，请同时填写迁入的区划（region）"})
    if moving is None or code == organization.region_id:
        return rest
    if on is None:
        raise RegisterRefused({"moved_on": "请填写迁移日期；自该日起收到的案件计入新的区划，此前的仍计入原区划"})
    if errors := why_not(organization, code, on, today=localdate(moving.now)):
        raise RegisterRefused(errors)
    county, _ = ensure_region(code=register_of(code))
    if county.pk != organization.county_id:
        refuse_to_part(organization)
        lock(county)
    ensure_regions(names={code: ""})
    return {**rest, "region_id": code, "county_id": county.pk, "settled_on": on}


def refuse_to_part(organization: Organization) -> None:
    """A committee and its rooms stand in one register."""
    if organization.parent_id or organization.rooms.filter(active_to=None).exists():
        raise RegisterRefused(
            {"region": "调解室与其上级调解委员会须在同一名册，不能单独迁往其他县；请先撤销调解室，在新的地区另行登记"}
        )


def register_of(region_code: str) -> str:
    """The division whose register names the organizations of a place: the county, or what stands in its stead."""
    try:
        code = region_code
        while level_of(code) in WITHOUT_REGISTER:
            code = parent_of(code) or code
    except InvalidCode as invalid:
        raise RegisterRefused({"region": str(invalid)}) from invalid
    return code


def refuse(draft: OrganizationDraft, county: Region) -> None:
    refuse_committee_kind(draft.kind, draft.committee_kind)
    if draft.parent is None:
        return
    if draft.kind != OrganizationKind.MEDIATION_ROOM:
        raise RegisterRefused({"parent": "只有派驻调解室、个人调解工作室填写上级机构"})
    if draft.parent.kind != OrganizationKind.MEDIATION_COMMITTEE or draft.parent.county_id != county.pk:
        raise RegisterRefused({"parent": f"上级机构应为{county.name}名册中的人民调解委员会"})


def refuse_committee_kind(kind: str, committee_kind: str) -> None:
    is_committee = kind == OrganizationKind.MEDIATION_COMMITTEE
    if is_committee and committee_kind not in CommitteeKind.values:
        said = "、".join(f"{code}（{label}）" for code, label in CommitteeKind.choices)
        raise RegisterRefused({"committee_kind": f"人民调解委员会须填写调委会类型，可选：{said}"})
    if committee_kind and not is_committee:
        raise RegisterRefused({"committee_kind": "只有人民调解委员会填写调委会类型"})


def refuse_name(name: str, county: Region, other_than: int = NONE_YET) -> None:
    """Call with the register locked. Registers differ in their spaces, so names that differ only there are one."""
    others = county.registered_organizations.exclude(pk=other_than).values_list("name", flat=True)
    if key_of(name) in {key_of(other) for other in others}:
        raise AlreadyRegistered(f"{county.name}的名册中已有“{name}”；请修改已有的机构，或换一个名称")
