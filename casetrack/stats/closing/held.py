"""What an edition holds: the figures of a place, those of one figure's groups, and the places below that it lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casetrack.organizations.divisions import is_under
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope
from casetrack.stats.closing.models import Edition, PublishedFigures
from casetrack.stats.closing.published import Asked, is_cleared
from casetrack.stats.closing.publishing import Entry, for_reader
from casetrack.stats.dimensions import Breakdown


@dataclass(frozen=True, slots=True)
class Below:
    """A region just below that of an edition, or one of its offices; `entry` where one figure was asked for."""

    name: str
    region: str
    organization: int | None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A figure divided: by which dimensions, and which of their values."""

    by: Breakdown
    values: tuple[str, ...]
    entry: Entry


def figures_at(
    edition: Edition, subjects: Sequence[str], scope: Scope, *, region: str = "", organization: int | None = None
) -> dict[str, dict[str, Entry]]:
    """By subject the undivided figures of a place, by measure."""
    here = edition.rows.filter(region_code=region or edition.region_id, organization=organization, breakdown="")
    cleared = {subject: is_cleared(edition, subject, scope) for subject in subjects}
    return {
        row.subject: {each["m"]: for_reader(each, cleared=cleared[row.subject]) for each in row.figures}
        for row in here.filter(subject__in=subjects)
    }


def places_below(edition: Edition) -> list[Below]:
    """The places that an edition lists beside its own region: regions first, each in the order of its code."""
    elsewhere = edition.rows.exclude(region_code=edition.region_id, organization=None)
    found = set(elsewhere.order_by().values_list("region_code", "organization").distinct())
    return in_order(Below("", region, office) for region, office in found)


def figure_below(edition: Edition, asked: Asked, scope: Scope) -> list[Below]:
    """One figure of an edition's region in each of those places; where it is not listed, it was nothing there."""
    cleared = is_cleared(edition, asked.subject, scope)
    rows = edition.rows.filter(subject=asked.subject, breakdown="").exclude(
        region_code=edition.region_id, organization=None
    )
    return in_order(
        Below("", row.region_code, row.organization_id, for_reader(each, cleared=cleared))
        for row in rows
        for each in row.figures
        if each["m"] == asked.measure
    )


def in_order(places: Iterator[Below]) -> list[Below]:
    """With their names of today, as the register has them."""
    found = list(places)
    regions = dict(Region.objects.filter(pk__in={each.region for each in found}).values_list("code", "name"))
    numbers = {each.organization for each in found if each.organization is not None}
    offices = dict(Organization.objects.filter(pk__in=numbers).values_list("pk", "name"))
    named = (
        Below(
            offices[each.organization] if each.organization is not None else regions.get(each.region, each.region),
            each.region,
            each.organization,
            each.entry,
        )
        for each in found
    )
    return sorted(named, key=lambda each: (each.organization is not None, each.region, each.organization or 0))


def within(places: Sequence[Below], region: str) -> list[Below]:
    """Those of them that lie in a region, itself apart."""
    return [
        each
        for each in places
        if is_under(each.region, region) and (each.organization is not None or each.region != region)
    ]


def groups_of(edition: Edition, asked: Asked, scope: Scope) -> list[Group]:
    """A figure divided by all that the edition divides it by, in the order in which it is kept."""
    cleared = is_cleared(edition, asked.subject, scope)
    place = edition.rows.filter(
        region_code=asked.region or edition.region_id, organization=asked.organization, subject=asked.subject
    )
    return [
        Group(by, tuple(each["d"]), for_reader(each, cleared=cleared))
        for row in place.exclude(breakdown="").order_by("breakdown")
        for by in [divided_by(row)]
        for each in row.figures
        if each["m"] == asked.measure
    ]


def divided_by(row: PublishedFigures) -> Breakdown:
    return tuple(row.breakdown.split(","))
