"""The lines of a table by place: what lies just below a region, and the offices that report to it themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from casetrack.kinds import KINDS
from casetrack.organizations.models import Organization, Region
from casetrack.stats.questions import Place

Named = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Places:
    """A region, the places just below it, and its own offices of a kind; two of one name are told apart."""

    region: Region
    below: tuple[Named, ...] = ()
    offices: tuple[Named, ...] = ()

    @property
    def own(self) -> Place:
        return Place(self.region.code, self.region.name)


def places_of(region: Region, *, kind: str, day: date) -> Places:
    """The offices are those that take cases of the kind and were there on the day, or have cases from before."""
    below = tuple((each.name, Place(each.code, each.name)) for each in region.children.order_by("code"))
    takes = (KINDS[kind].office, *KINDS[kind].other_offices)
    offices = Organization.objects.filter(region=region, kind__in=takes).order_by("name", "pk")
    standing = [each for each in offices if was_there(each, day)]
    return Places(region, below, tuple(told_apart(standing, region)))


def was_there(office: Organization, day: date) -> bool:
    """Also one that has ended: what it did before is in the figures of its region."""
    return office.active_from is None or office.active_from <= day


def told_apart(offices: Iterable[Organization], region: Region) -> Iterator[Named]:
    known = list(offices)
    names = Counter(office.name for office in known)
    for office in known:
        label = office.name if names[office.name] == 1 else f"{office.name}（{office.pk}）"
        yield label, Place(region.code, region.name, office.pk, office.name)
