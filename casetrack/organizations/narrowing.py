"""What a token narrows its user to, as its limits are today: an organization may have got a room since."""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Q

from casetrack.accounts.models import UNLIMITED, Token, TokenLimits, User
from casetrack.accounts.narrowing import Narrowing
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import code_range
from casetrack.organizations.models import Organization


def acting_for(token: Token) -> User:
    """The user of a token, narrowed to what the token is limited to, on every surface."""
    token.user.narrowing = narrowing_of(token)
    return token.user


class LimitsWider(Refused):
    """A token was asked, by a limited token, for more than that is limited to."""

    code = "fields_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


def limits_below(user: User, above: TokenLimits, asked: TokenLimits) -> TokenLimits:
    """The limits of a token that one with the limits `above` asks for: no wider, and the same where none are asked for.

    `user` is narrowed to `above`: what that leaves says whether an organization lies within.
    """
    if above.kinds and not set(asked.kinds) <= set(above.kinds):
        raise LimitsWider({"kinds": f"所用令牌只限于{'、'.join(above.kinds)}，不能签发范围更大的令牌"})
    kinds = asked.kinds or above.kinds
    if not (asked.region_code or asked.organization_id):
        return replace(above, kinds=kinds)
    narrowing = user.narrowing
    if narrowing is None:
        return asked
    region, organization = asked.region_code, asked.organization_id
    if region and (narrowing.organizations is not None or not inside(region, narrowing.codes)):
        raise LimitsWider({"region": "所用令牌的范围不含这一地区，不能签发范围更大的令牌"})
    if organization and narrowing.organizations is not None and organization not in narrowing.organizations:
        raise LimitsWider({"organization": "所用令牌的范围不含这一机构，不能签发范围更大的令牌"})
    return replace(asked, kinds=kinds)


def inside(region: str, codes: tuple[str, str] | None) -> bool:
    return codes is None or codes[0] <= region < codes[1]


def narrowing_of(token: Token) -> Narrowing | None:
    limits = token.limits
    if limits == UNLIMITED:
        return None
    organizations = None
    if limits.organization_id is not None:
        own_and_rooms = Q(pk=limits.organization_id) | Q(parent=limits.organization_id)
        organizations = dict(Organization.objects.filter(own_and_rooms).values_list("pk", "region_id"))
    codes = code_range(limits.region_code) if limits.region_code else None
    return Narrowing(token.pk, codes, organizations, frozenset(limits.kinds))
