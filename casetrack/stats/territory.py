"""Where a list of cases looks, as cells are kept: whole regions, or offices. Disjoint, so that their cells add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import NATION, is_under, level_of
from casetrack.organizations.querysets import within
from casetrack.organizations.scope import Scope
from casetrack.stats.recount import KEPT_BY_OFFICES


class NotInCells(Exception):
    """Something was asked that only the cases can say."""


@dataclass(frozen=True, slots=True)
class Area:
    """Regions with all below them; with `offices`, only these among them. Of both kinds of case if `whole`."""

    regions: tuple[str, ...]
    offices: frozenset[int] | None
    whole: bool

    @property
    def together(self) -> bool:
        """Whether its cells are those of offices, which keep all dimensions together."""
        return self.offices is not None or all(level_of(code) in KEPT_BY_OFFICES for code in self.regions)

    def cells(self) -> Q:
        """The cells to add up. A village or town has none but those of its offices."""
        chosen = self.inside("region_code") & Q(organization__isnull=False)
        if not self.together:
            chosen = Q(region_code__in=self.regions, organization__isnull=True)
        elif self.offices is not None:
            chosen &= Q(organization__in=self.offices)
        return chosen if self.whole else chosen & Q(restricted=False)

    def inside(self, field: str) -> Q:
        together = Q(pk__in=[])
        for code in self.regions:
            together |= within(field, code)
        return together


def area_of(scope: Scope, kind: str, under: Sequence[str], organizations: Sequence[int]) -> Area | None:
    """Where a scope shows cases of a kind, as far as it was asked for; None: nowhere.

    Raises NotInCells for what no cells add up to: offices here and regions there, or accusations here and not there.
    """
    if scope.everything:
        return narrowed(Area((NATION,), None, whole=True), under, organizations)
    grants = [grant for grant in scope.grants if grant.is_for(kind)]
    if not grants:
        return None
    clearances = {grant.cleared or not KINDS[kind].restricted_when for grant in grants}
    regions = [grant.codes[0] for grant in grants if grant.codes is not None]
    offices = frozenset().union(*(grant.organizations for grant in grants))
    if len(clearances) > 1 or (regions and offices):
        raise NotInCells
    area = Area(outermost(regions) or (NATION,), None if regions else offices, clearances.pop())
    return narrowed(area, under, organizations)


def narrowed(area: Area, under: Sequence[str], organizations: Sequence[int]) -> Area | None:
    regions = area.regions
    if under:
        pairs = [(here, asked) for here in area.regions for asked in under]
        deeper = [here if is_under(here, asked) else asked for here, asked in pairs if nested(here, asked)]
        regions = outermost(deeper)
    offices = area.offices
    if organizations:
        offices = frozenset(organizations) & (offices if offices is not None else frozenset(organizations))
    by_offices = {level_of(code) in KEPT_BY_OFFICES for code in regions}
    if offices is None and len(by_offices) > 1:
        raise NotInCells
    return Area(regions, offices, area.whole) if regions and (offices is None or offices) else None


def nested(one: str, other: str) -> bool:
    return is_under(one, other) or is_under(other, one)


def outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """The regions that lie in no other of them."""
    known = sorted(set(codes))
    return tuple(code for code in known if not any(code != other and is_under(code, other) for other in known))
