"""Who may see what: a user's memberships compiled into one predicate, for the database and for Python alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q

from casetrack.accounts.models import User
from casetrack.accounts.narrowing import Narrowing
from casetrack.organizations.capabilities import Capability, roles_with
from casetrack.organizations.choices import Role
from casetrack.organizations.divisions import NATION, code_range, is_under


class Clearance(StrEnum):
    """How much of a place's restricted cases someone sees."""

    WHOLE = "included"
    PARTLY = "partly_left_out"
    NONE = "left_out"


@dataclass(frozen=True, slots=True)
class Grant:
    """What one membership opens: a range of region codes or some organizations, for some kinds or for all.

    Restricted cases (accusations) are open only where it is `cleared`.
    """

    role: str
    codes: tuple[str, str] | None
    organizations: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    cleared: bool = False

    def on(
        self, *, region_field: str, organization_field: str | None, kind_field: str | None, restricted_field: str
    ) -> Q:
        if self.codes is not None:
            first, beyond = self.codes
            place = Q(**{f"{region_field}__gte": first, f"{region_field}__lt": beyond})
        elif organization_field is not None:
            place = Q(**{f"{organization_field}__in": sorted(self.organizations)})
        else:
            place = nothing()
        if kind_field is None:
            return place
        of_kinds = Q(**{f"{kind_field}__in": sorted(self.kinds)}) if self.kinds else Q()
        return place & of_kinds & (Q() if self.cleared else Q(**{restricted_field: False}))

    def allows(self, *, region_code: str, organization_id: int | None, kind: str | None, restricted: bool) -> bool:
        placed = self.covers(region_code) or organization_id in self.organizations
        if kind is None:
            return placed
        return placed and self.is_for(kind) and (self.cleared or not restricted)

    def covers(self, region_code: str) -> bool:
        """Whether the whole subtree of a region lies within."""
        return self.codes is not None and self.codes[0] <= region_code < self.codes[1]

    def is_for(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def may_reach_into(self, region: str) -> bool:
        """Whether something in the region may be open; where an organization lies is not known here."""
        return self.codes is None or self.codes[0] <= region < self.codes[1] or is_under(self.codes[0], region)


def narrowed(grant: Grant, to: Narrowing, regions: Mapping[int, str]) -> Grant | None:
    """What a token leaves of a grant, None if nothing; `regions` are those of the grant's own organizations."""
    kinds = grant.kinds & to.kinds if grant.kinds and to.kinds else grant.kinds | to.kinds
    if (grant.kinds or to.kinds) and not kinds:
        return None
    codes, organizations = grant.codes, grant.organizations
    if to.organizations is not None:
        there = to.organizations.items()
        organizations = frozenset(pk for pk, region in there if pk in grant.organizations or grant.covers(region))
        codes = None
    elif to.codes is not None:
        first, beyond = to.codes
        if codes is not None:  # of two subtrees one lies in the other, or they have nothing in common
            codes = (max(first, codes[0]), min(beyond, codes[1]))
        organizations = frozenset(pk for pk in organizations if first <= regions[pk] < beyond)
    if not organizations and (codes is None or codes[0] >= codes[1]):
        return None
    return replace(grant, codes=codes, organizations=organizations, kinds=kinds)


@dataclass(frozen=True, slots=True)
class Scope:
    """All that a user may see: the one predicate behind every list, total, page, figure and file.

    Leaving out the kind asks about the place alone, as of offices and registers: what is in a case is then no matter.
    """

    everything: bool = False
    grants: tuple[Grant, ...] = ()

    def on(
        self,
        *,
        region_field: str = "region_code",
        organization_field: str | None = "organization_id",
        kind_field: str | None = "kind",
        restricted_field: str = "restricted",
    ) -> Q:
        if self.everything:
            return Q()
        allowed = nothing()
        for grant in self.grants:
            allowed |= grant.on(
                region_field=region_field,
                organization_field=organization_field,
                kind_field=kind_field,
                restricted_field=restricted_field,
            )
        return allowed

    def allows(
        self, *, region_code: str, organization_id: int | None, kind: str | None, restricted: bool = False
    ) -> bool:
        return self.everything or any(
            grant.allows(region_code=region_code, organization_id=organization_id, kind=kind, restricted=restricted)
            for grant in self.grants
        )

    def allows_region(self, code: str, *, kind: str | None = None) -> bool:
        """Whether the whole subtree of a region is open."""
        return self.allows(region_code=code, organization_id=None, kind=kind)

    def clearance(self, *, region_code: str, organization_id: int | None, kind: str) -> Clearance:
        """How much is open of the restricted cases of a kind, of a place that is open itself."""
        if self.allows(region_code=region_code, organization_id=organization_id, kind=kind, restricted=True):
            return Clearance.WHOLE
        cleared = [grant for grant in self.grants if grant.cleared and grant.is_for(kind)]
        if any(grant.may_reach_into(region_code) for grant in cleared):
            return Clearance.PARTLY
        return Clearance.NONE

    def kinds_in(self, code: str) -> frozenset[str] | None:
        """The kinds that are open throughout a region: None for all of them, empty where nothing is."""
        if self.everything:
            return None
        wide = [grant for grant in self.grants if grant.covers(code)]
        if any(not grant.kinds for grant in wide):
            return None
        return frozenset().union(*(grant.kinds for grant in wide))

    def of_roles(self, roles: Collection[str]) -> "Scope":
        """What is open to the user in one of these roles only, as for writing."""
        return replace(self, grants=tuple(grant for grant in self.grants if grant.role in roles))

    def able(self, capability: Capability) -> "Scope":
        """Where the user may do something: nowhere, where no role of theirs may."""
        return self.of_roles(roles_with(capability))

    def of_kind(self, kind: str) -> "Scope":
        """What is open of one kind of case: where offices are asked for that may be given one."""
        return replace(self, grants=tuple(grant for grant in self.grants if grant.is_for(kind)))

    @property
    def is_handled(self) -> bool:
        """Whether the user handles cases, or checks those who do, wherever they see any."""
        handling = roles_with(Capability.WRITE_CASES) | roles_with(Capability.READ_PERSONAL)
        return self.everything or all(grant.role in handling for grant in self.grants)

    @property
    def is_empty(self) -> bool:
        return not (self.everything or self.grants)


EVERYTHING = Scope(everything=True)
# asked with every request: written once, where the ORM would write it each time
HELD = """
SELECT m.id, m.role, m.region_id, m.kinds, m.cleared, o.id, o.region_id, room.id, room.region_id
FROM organizations_membership m
LEFT JOIN organizations_organization o ON o.id = m.organization_id
LEFT JOIN organizations_organization room ON room.parent_id = o.id
WHERE m.user_id = %s ORDER BY m.id
"""


def nothing() -> Q:
    return Q(pk__in=[])


def scope_of(user: User | AnonymousUser) -> Scope:
    """The scope of a user: nothing for the anonymous, the inactive and those without a membership.

    Where a token acts for the user, it is what the token is limited to, too.
    """
    if not isinstance(user, User) or not user.is_active:
        return Scope()
    if user.is_superuser and user.narrowing is None:
        return EVERYTHING
    if user.is_superuser:
        held: list[tuple[Grant, dict[int, str]]] = [
            (Grant(role, code_range(NATION), cleared=True), {}) for role in Role.values
        ]
    else:
        held = grants_held(user)
    if user.narrowing is None:
        return Scope(grants=tuple(grant for grant, _ in held))
    left = (narrowed(grant, user.narrowing, regions) for grant, regions in held)
    return Scope(grants=tuple(grant for grant in left if grant is not None))


def grants_held(user: User) -> list[tuple[Grant, dict[int, str]]]:
    """What each membership opens, and its organization and rooms with the regions they lie in."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [user.pk])
        rows = cursor.fetchall()
    held: dict[int, tuple[tuple[str, str | None, list[str], bool], dict[int, str]]] = {}
    for key, role, region, kinds, cleared, *places in rows:
        offices = held.setdefault(key, ((role, region, kinds, cleared), {}))[1]
        offices.update({place: code for place, code in (places[:2], places[2:]) if place is not None})
    return [(grant_of(membership, offices), offices) for membership, offices in held.values()]


def grant_of(membership: tuple[str, str | None, list[str], bool], offices: Collection[int]) -> Grant:
    role, region, kinds, cleared = membership
    if region is not None:
        return Grant(role=role, codes=code_range(region), kinds=frozenset(kinds), cleared=cleared)
    return Grant(role=role, codes=None, organizations=frozenset(offices), kinds=frozenset(kinds), cleared=cleared)


def whole_regions_to_write(user: User) -> list[tuple[str, str]]:
    """The ranges of region codes throughout which a user may write cases of every kind."""
    scope = scope_of(user).able(Capability.WRITE_CASES)
    if scope.everything:
        return [("", ":")]
    return [grant.codes for grant in scope.grants if grant.codes is not None and not grant.kinds]
