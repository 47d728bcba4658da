"""What an administrator may give: never more than the administrator holds, and nothing to oneself.

- A place within the administrator's own, for kinds that are the administrator's own: a county makes no administrator of
  its province. Within them any role may be given, also one that does what administrators may not: that is their office.
- Clearance for accusations (检举控告) only where the administrator is cleared. The first is given at the server.
- Who could take over an account, by a new password for it, must hold all that it holds.
- Somebody must remain who administers the place, there or above.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from casetrack.accounts.models import User
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability, roles_with
from casetrack.organizations.divisions import ancestors_of
from casetrack.organizations.models import Membership, Organization
from casetrack.organizations.scope import Grant, scope_of

ACCOUNTS = 0xACC0C7  # the name of our advisory lock


@dataclass(frozen=True, slots=True)
class Held:
    """What a membership is to say: a role in a region with all below it, or in one organization with its rooms."""

    role: str
    region_code: str | None = None
    organization: Organization | None = None
    kinds: tuple[str, ...] = ()
    cleared: bool = False

    @classmethod
    def by(cls, membership: Membership) -> "Held":
        return cls(
            membership.role,
            membership.region_id,
            membership.organization,
            tuple(membership.kinds),
            membership.cleared,
        )

    @property
    def administers(self) -> bool:
        return self.role in roles_with(Capability.MANAGE_USERS)


class GrantTooWide(Refused):
    """More was to be given, or taken charge of, than the administrator holds."""

    code = "grant_too_wide"


class OwnAccount(Refused):
    """Somebody was to change their own rights."""

    code = "own_account"


class LastAdministrator(Refused):
    """Nobody would remain who administers the place."""

    code = "last_administrator"


def one_at_a_time() -> None:
    """Accounts change seldom, so one change waits for another: two administrators can't remove each other at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ACCOUNTS])


def refuse_own(actor: User | None, user: User) -> None:
    if actor is not None and actor.pk == user.pk:
        raise OwnAccount("不能变更自己的账号和任职，请另一位管理员办理；自己的密码和第二因素在登录后自行修改")


def refuse_beyond(actor: User | None, held: Held) -> None:
    """The keeper of the server, who is nobody here, gives what there is to give."""
    if actor is None:
        return
    scope = scope_of(actor).able(Capability.MANAGE_USERS)
    if scope.everything:
        return
    places = places_of(held)
    here = [grant for grant in scope.grants if all(covers(grant, *place) for place in places)]
    if not here:
        raise GrantTooWide("所授地区或机构超出您管理的范围，请上级管理员办理")
    if not open_for(here, held.kinds):
        raise GrantTooWide("您只管理部分案件类型，只能授予这些类型（kinds）的权限，请填写或请上级管理员办理")
    if held.cleared and not open_for([grant for grant in here if grant.cleared], held.kinds):
        raise GrantTooWide("知悉检举控告的许可只能由自己获准知悉的管理员授予，请上级管理员或系统运维人员办理")


def refuse_unless_in_charge(actor: User | None, user: User) -> None:
    """Before an account's ways in are given anew: whoever does it could use them."""
    refuse_own(actor, user)
    for membership in user.memberships.select_related("organization").order_by("pk"):
        refuse_beyond(actor, Held.by(membership))


def places_of(held: Held) -> list[tuple[str, int | None]]:
    if held.organization is None:
        return [(held.region_code or "", None)]
    rooms = held.organization.rooms.values_list("region_id", "pk")
    return [(held.organization.region_id, held.organization.pk), *rooms]


def covers(grant: Grant, region_code: str, organization_id: int | None) -> bool:
    return grant.allows(region_code=region_code, organization_id=organization_id, kind=None, restricted=False)


def open_for(grants: Sequence[Grant], kinds: Sequence[str]) -> bool:
    """Whether the grants together are for these kinds; none named are all kinds."""
    if any(not grant.kinds for grant in grants):
        return True
    return bool(kinds) and set(kinds) <= frozenset().union(*(grant.kinds for grant in grants))


def refuse_last(user: User, leaving: Sequence[Membership]) -> None:
    """Call with `one_at_a_time`, before the account loses these memberships or is closed."""
    if not user.is_active or user.is_service:
        return
    for membership in leaving:
        if Held.by(membership).administers and not administering_beside(user, membership).exists():
            place = membership.organization or membership.region
            raise LastAdministrator(f"“{user}”是{place}最后一位管理员，请先任命另一位，再变更")


def administering_beside(user: User, membership: Membership) -> QuerySet[User]:
    """The other people in post who administer a membership's place, there or above, for all of its kinds."""
    office = membership.organization
    code = str(membership.region_id if office is None else office.region_id)
    there = Q(region__in=[code, *ancestors_of(code)])
    if office is not None:
        there |= Q(organization__in=[pk for pk in (office.pk, office.parent_id) if pk])
    of_kinds = Q(kinds=[]) | (Q(kinds__contains=membership.kinds) if membership.kinds else Q(pk__in=[]))
    held = Membership.objects.filter(there, of_kinds, role__in=roles_with(Capability.MANAGE_USERS))
    able = Q(pk__in=held.values("user")) | Q(is_superuser=True)
    return User.objects.filter(able, is_active=True, is_service=False).exclude(pk=user.pk)
