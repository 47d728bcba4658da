"""A mediator or a training entered or changed by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import About, record
from casetrack.accounts.fields import blind_index, blind_indexes
from casetrack.accounts.models import Action, User
from casetrack.accounts.versions import refuse_unless_at
from casetrack.lib.months import EARLIEST
from casetrack.organizations import keeping_organizations
from casetrack.organizations.keeping import (
    AlreadyRegistered,
    RegisterRefused,
    changed,
    details_of,
    refuse_backwards,
    registered,
)
from casetrack.organizations.mediators import HAVE_MEDIATORS
from casetrack.organizations.models import Mediator, Organization, Region, Training
from casetrack.organizations.registers import key_of, lock

MASKED = "*"
NOBODY = 0  # no row has this key


@dataclass(frozen=True, slots=True)
class MediatorDraft:
    """A mediator to enter."""

    organization: Organization
    name: str
    sex: str = ""
    full_time: bool = False
    education: str = ""
    phone: str = ""
    active_from: date | None = None


@dataclass(frozen=True, slots=True)
class TrainingDraft:
    """A training to enter."""

    region: Region
    held_on: date
    name: str
    attendance: int
    organizer: str = ""


def about_mediator(mediator: Mediator) -> About:
    return keeping_organizations.about(mediator.organization)


def about_training(training: Training) -> About:
    return About(region_code=training.region_id)


@transaction.atomic
def read_mediator(*, mediator_id: int, purpose: str, actor: User, now: datetime) -> Mediator:
    """A mediator with the telephone. That it was read, and what for, is logged, or it is not read."""
    mediator = Mediator.objects.select_related("organization").get(pk=mediator_id)
    said = details_of(mediator, ["phone"] if mediator.phone else [])
    record(
        action=Action.READ_PERSONAL, actor=actor, now=now, about=about_mediator(mediator), purpose=purpose, details=said
    )
    return mediator


@transaction.atomic
def add_mediator(*, draft: MediatorDraft, actor: User, now: datetime) -> Mediator:
    """Enter a mediator of a committee or room."""
    if draft.organization.kind not in HAVE_MEDIATORS:
        raise RegisterRefused({"organization": f"“{draft.organization.name}”不是调解组织，没有调解员"})
    lock(draft.organization.county)
    refuse_person(draft.organization, draft.name, draft.phone)
    mediator = Mediator(
        organization=draft.organization,
        name=draft.name,
        sex=draft.sex,
        full_time=draft.full_time,
        education=draft.education,
        phone=draft.phone,
        phone_index=blind_index(draft.phone),
        active_from=draft.active_from,
    )
    return registered(mediator, about=about_mediator, actor=actor, now=now)


@transaction.atomic
def change_mediator(
    *, mediator_id: int, changes: Mapping[str, Any], actor: User, now: datetime, version: str | None = None
) -> Mediator:
    """Say anew who a mediator is, and from when to when they serve."""
    lock(Region.objects.get(registered_organizations__mediators=mediator_id))
    mediator = (
        Mediator.objects.select_for_update(of=("self",), no_key=True).select_related("organization").get(pk=mediator_id)
    )
    refuse_unless_at(mediator, version)
    began = changes.get("active_from", mediator.active_from)
    refuse_backwards(began, changes.get("active_to", mediator.active_to), what="解聘")
    name, phone = changes.get("name", mediator.name), changes.get("phone", mediator.phone)
    if (name, phone) != (mediator.name, mediator.phone):
        refuse_person(mediator.organization, name, phone, other_than=mediator.pk)
    derived = {"phone_index": blind_index(phone)} if phone != mediator.phone else {}
    changed(mediator, {**changes, **derived}, about=about_mediator, actor=actor, now=now)
    return mediator


def refuse_person(organization: Organization, name: str, phone: str, other_than: int = NOBODY) -> None:
    """Call with the register locked. Two telephones tell two people of one name apart; one missing doesn't."""
    if MASKED in phone:
        raise RegisterRefused({"phone": "含有星号，像是隐去后的内容；请填写完整号码，不修改则不要填写"})
    indexes = blind_indexes(phone)
    for known in organization.mediators.exclude(pk=other_than):
        same_phone = known.phone_index in indexes
        if key_of(known.name) == key_of(name) and (same_phone or not (known.phone_index and indexes)):
            way = "" if same_phone else "；如为同名的另一人，请填写双方的电话以示区别"
            raise AlreadyRegistered(
                f"“{organization.name}”已有调解员“{known.name}”（编号{known.pk}），请修改其记录{way}"
            )


@transaction.atomic
def add_training(*, draft: TrainingDraft, actor: User, now: datetime) -> Training:
    """Enter a training that was held."""
    lock(draft.region)
    refuse_training(draft.region, draft.held_on, draft.name, today=localdate(now))
    training = Training(
        region=draft.region,
        held_on=draft.held_on,
        name=draft.name,
        attendance=draft.attendance,
        organizer=draft.organizer,
    )
    return registered(training, about=about_training, actor=actor, now=now)


@transaction.atomic
def change_training(
    *, training_id: int, changes: Mapping[str, Any], actor: User, now: datetime, version: str | None = None
) -> Training:
    """Say anew what was held, when, and how many came."""
    region = Region.objects.get(trainings=training_id)
    lock(region)
    training = Training.objects.select_for_update(no_key=True).get(pk=training_id)
    refuse_unless_at(training, version)
    day, name = changes.get("held_on", training.held_on), changes.get("name", training.name)
    refuse_training(region, day, name, today=localdate(now), other_than=training.pk)
    changed(training, changes, about=about_training, actor=actor, now=now)
    return training


def refuse_training(region: Region, day: date, name: str, *, today: date, other_than: int = NOBODY) -> None:
    if day < EARLIEST:
        raise RegisterRefused({"held_on": f"培训日期{day}早于{EARLIEST}，请核对年份"})
    if day > today:
        raise RegisterRefused({"held_on": f"培训日期{day}晚于今天（{today}），举办后再登记"})
    others = region.trainings.filter(held_on=day).exclude(pk=other_than).values_list("name", flat=True)
    if key_of(name) in {key_of(other) for other in others}:
        raise AlreadyRegistered(f"{region.name}{day}的“{name}”已登记，请修改已有的记录")
