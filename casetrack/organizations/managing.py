"""Which users an administrator looks after, with their memberships and tokens, and who holds which role."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from casetrack.accounts.models import Token, User
from casetrack.lib.grams import Grams
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.models import Membership
from casetrack.organizations.querysets import LOOKED_THROUGH, has_in_name
from casetrack.organizations.scope import Scope, scope_of


def managed_users(manager: User) -> QuerySet[User]:
    """The manager, and everyone who works within the manager's places and nowhere beyond them.

    Who also works outside is left to whoever manages both places: a county never holds the key to a province.
    """
    scope = scope_of(manager).able(Capability.MANAGE_USERS)
    if scope.everything:
        return User.objects.all()
    if scope.is_empty:
        return User.objects.filter(pk=manager.pk)
    held = Membership.objects.filter(user=OuterRef("pk"))
    inside = Exists(held.filter(within(scope)))
    outside = Exists(held.exclude(pk__in=Membership.objects.filter(within(scope)).values("pk")))
    return User.objects.filter(Q(pk=manager.pk) | (inside & ~outside & Q(is_superuser=False)))


def within(scope: Scope) -> Q:
    """Memberships of regions within the scope, and of organizations there."""
    of_regions = scope.on(region_field="region_id", organization_field=None, kind_field=None)
    of_offices = scope.on(region_field="organization__region_id", organization_field="organization_id", kind_field=None)
    return of_regions | of_offices


def managed_tokens(manager: User) -> QuerySet[Token]:
    return Token.objects.filter(user__in=managed_users(manager)).select_related("user")


def managed_memberships(manager: User) -> QuerySet[Membership]:
    """What the accounts that a manager looks after may do, and where."""
    return Membership.objects.filter(user__in=managed_users(manager))


def holds_role(user: User, roles: Collection[str]) -> bool:
    """Whether the user holds one of the roles anywhere. A superuser holds all of them.

    People have a few posts: read whole, they are asked for once where a page has asked for them already.
    """
    return user.is_superuser or any(post.role in roles for post in user.memberships.all())


def people_suggested(scope: Scope, text: str) -> QuerySet[User]:
    """The accounts within a scope whose username begins so, or whose name has these characters, the nearest first."""
    here = Membership.objects.filter(within(scope), user=OuterRef("pk"))
    named = User.objects.alias(grams=Grams("display_name"))
    named = named.filter(Q(username__startswith=text) | has_in_name(text, "display_name"))
    near = named.filter(Exists(here)) if not scope.everything else named
    keys = near.order_by("pk").values("pk")[:LOOKED_THROUGH]
    return User.objects.filter(pk__in=keys).order_by(Length("display_name"), "pk")
