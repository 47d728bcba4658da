"""Cases whose period is over, counted for a person to look at: nothing is ever erased because a day has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from casetrack.cases.querysets import CaseQuerySet
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.retention import Retention, Retentions


@dataclass(frozen=True, slots=True)
class Ended:
    """Of a kind in a place (the first digits of its code; empty: everywhere else) those closed up to a day, by year."""

    kind: Kind
    place: str
    retention: Retention
    until: date | None
    years: Sequence[tuple[int, int]]

    @property
    def cases(self) -> int:
        return sum(number for _, number in self.years)


def ended(cases: CaseQuerySet, *, retentions: Retentions, today: date) -> Iterator[Ended]:
    """Of some cases those whose period is over and whose personal data are still there, kind by kind."""
    for kind in KINDS.values():
        nearer: list[str] = []
        for place in [*retentions.places(kind.code), ""]:
            retention = retentions.of(kind.code, place)
            here = Q(region_code__startswith=place)
            for each in nearer:
                here &= ~Q(region_code__startswith=each)
            until = retention.closed_until(today)
            there = cases.filter(here, kind=kind.code, erased_at=None, closed_on__lte=until) if until else cases.none()
            by_year = there.order_by().annotate(year=ExtractYear("closed_on")).values_list("year")
            years = list(by_year.annotate(number=Count("pk")).order_by("year"))
            yield Ended(kind, place, retention, until, years)
            nearer.append(place)
