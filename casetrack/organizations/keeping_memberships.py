"""Who works where as what: memberships given, changed and taken back, each with before and after in the log."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.accounts.versions import refuse_unless_at
from casetrack.accounts.ways_in import locked_row
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.organizations.granting import Held, one_at_a_time, refuse_beyond, refuse_last, refuse_own
from casetrack.organizations.models import Membership

NONE_YET = 0  # no row has this key


class MembershipRefused(Refused):
    """No membership can say that; `errors` maps each field to its message."""

    code = "membership_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


class LastMembership(Refused):
    """Without a membership the account would be nobody's to look after."""

    code = "last_membership"


class AlreadyMember(Refused):
    """The account has that role there already."""

    code = "already_member"


def about(membership: Membership) -> About:
    """The place of a membership."""
    if membership.organization is None:
        return About(region_code=str(membership.region_id))
    return About(region_code=membership.organization.region_id, organization_id=membership.organization_id)


def said(held: Held) -> dict[str, Any]:
    """A membership as the log repeats it."""
    organization = held.organization.pk if held.organization else None
    return {
        "role": held.role,
        "region": held.region_code,
        "organization": organization,
        "kinds": list(held.kinds),
        "cleared": held.cleared,
    }


def enter(user: User, held: Held, *, actor: User | None, now: datetime) -> Membership:
    """Write a new membership, if it can be and the actor may give it."""
    refuse_impossible(user, held)
    refuse_beyond(actor, held)
    refuse_double(user, held)
    return Membership.objects.create(
        user=user,
        role=held.role,
        region_id=held.region_code,
        organization=held.organization,
        kinds=list(held.kinds),
        cleared=held.cleared,
    )


def refuse_double(user: User, held: Held, other_than: int = NONE_YET) -> None:
    same = user.memberships.filter(role=held.role, region=held.region_code, organization=held.organization)
    if same.exclude(pk=other_than).exists():
        raise AlreadyMember("该账号在此处已有这一角色，请修改已有的任职")


def refuse_impossible(user: User, held: Held) -> None:
    if (held.region_code is None) == (held.organization is None):
        raise MembershipRefused({"region": "请填写地区（region）或机构（organization），二者择一"})
    if unknown := [kind for kind in held.kinds if kind not in KINDS]:
        raise MembershipRefused({"kinds": f"没有“{'、'.join(unknown)}”这种案件，可选：{'、'.join(KINDS)}"})
    if user.is_service and held.administers:
        raise MembershipRefused({"role": "服务账号不能任管理员：令牌不经第二因素，不能用来授予权限"})


@transaction.atomic
def add_membership(*, user_id: int, held: Held, actor: User | None, now: datetime) -> Membership:
    """Give an account a further role or place."""
    one_at_a_time()
    user = locked_row(user_id)
    refuse_own(actor, user)
    membership = enter(user, held, actor=actor, now=now)
    details = {"user": user.pk, "membership": membership.pk, "after": said(held)}
    record(action=Action.CREATE, actor=actor, now=now, about=about(membership), details=details)
    return membership


@transaction.atomic
def change_membership(
    *, membership_id: int, changes: Mapping[str, Any], actor: User | None, now: datetime, version: str | None = None
) -> Membership:
    """Change role, kinds or clearance of a membership. To move, give one in the new place and take this one back."""
    one_at_a_time()
    membership = locked(membership_id)
    refuse_own(actor, membership.user)
    refuse_unless_at(membership, version)
    before = Held.by(membership)
    after = replace(before, **changes)
    refuse_impossible(membership.user, after)
    refuse_beyond(actor, after)
    refuse_double(membership.user, after, other_than=membership.pk)
    if before.administers and (not after.administers or narrower(before, after)):
        refuse_last(membership.user, [membership])
    if after != before:
        membership.role, membership.kinds, membership.cleared = after.role, list(after.kinds), after.cleared
        membership.save(update_fields=["role", "kinds", "cleared"])
        details = {"user": membership.user_id, "membership": membership.pk, "before": said(before)}
        record(
            action=Action.CHANGE,
            actor=actor,
            now=now,
            about=about(membership),
            details={**details, "after": said(after)},
        )
    return membership


@transaction.atomic
def remove_membership(*, membership_id: int, actor: User | None, now: datetime, version: str | None = None) -> None:
    """Take a membership back. The last one stays: who has left has the account closed."""
    one_at_a_time()
    membership = locked(membership_id)
    refuse_own(actor, membership.user)
    refuse_unless_at(membership, version)
    refuse_last(membership.user, [membership])
    if not membership.user.memberships.exclude(pk=membership.pk).exists():
        raise LastMembership("这是该账号唯一的任职；已离岗的请停用账号（active: false），调岗的请先登记新的任职")
    held = Held.by(membership)
    details = {"user": membership.user_id, "membership": membership.pk, "before": said(held)}
    record(action=Action.REMOVE, actor=actor, now=now, about=about(membership), details=details)
    membership.delete()


def locked(membership_id: int) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user", "organization", "region")
    return rows.get(pk=membership_id)


def narrower(before: Held, after: Held) -> bool:
    """Whether some kind is no longer held."""
    return bool(after.kinds) and (not before.kinds or not set(before.kinds) <= set(after.kinds))
