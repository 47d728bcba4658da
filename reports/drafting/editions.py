"""Figures as an edition holds them: what a draft says of a closed month stays what was published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from casetrack.lib.months import add_months
from casetrack.organizations.scope import Scope
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import is_cleared
from casetrack.stats.closing.publishing import Entry, for_reader
from casetrack.stats.dimensions import name_of
from reports.adding import Number, Parts, groups_of, together
from reports.drafting.references import Reference
from reports.drafting.sources import Cited


@dataclass(slots=True)
class Published:
    """The figures of an edition's own region, as a reader sees them: of other subjects there is nothing."""

    edition: Edition
    scope: Scope
    subjects: Collection[str]
    rows: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = self.edition.rows.filter(region_code=self.edition.region_id, organization=None, subject__in=self.subjects)
        self.rows = {(row.subject, row.breakdown): row.figures for row in own}

    def parts(self, reference: Reference) -> Parts:
        """A figure with its numerator and denominator; what is not listed was nothing."""
        found = (self.entry(reference, where) for where in groups_of(dict(reference.where)))
        return together(reference.indicator, [parts_of(entry) for entry in found if entry])

    def entry(self, reference: Reference, where: Mapping[str, str]) -> Entry | None:
        listed = self.rows.get((reference.subject, name_of(tuple(where))), [])
        wanted = (reference.measure, list(where.values()))
        found = next((each for each in listed if (each["m"], each["d"]) == wanted), None)
        if found is None:
            return None
        return for_reader(found, cleared=is_cleared(self.edition, reference.subject, self.scope))


def parts_of(entry: Entry) -> Parts:
    return number(entry["v"]), entry["n"] if entry["b"] is not None else None, entry["b"]


def number(written: str | None) -> Number | None:
    if written is None:
        return None
    return Decimal(written) if "." in written else int(written)


@dataclass(slots=True)
class FromEdition:
    """The figures of a closed month beside those that were published for the month and the year before."""

    now: Published
    root: str
    year: Published | None = None
    month: Published | None = None

    def find(self, reference: Reference) -> Cited:
        value, numerator, denominator = self.now.parts(reference)
        year, month = (base.parts(reference)[0] if base else None for base in (self.year, self.month))
        links = tuple(self.link(reference, where) for where in groups_of(dict(reference.where)))
        return Cited(reference, value, numerator, denominator, year_before=year, month_before=month, links=links)

    def link(self, reference: Reference, where: Mapping[str, str]) -> str:
        listed = reverse("closing-cases", args=[self.now.edition.pk])
        asked: dict[str, Any] = {"subject": reference.subject, "measure": reference.measure, **where}
        return f"{self.root.rstrip('/')}{listed}?{urlencode(asked)}"


def from_edition(edition: Edition, *, root: str, scope: Scope, subjects: Collection[str]) -> FromEdition:
    def earlier(months: int) -> Published | None:
        found = Edition.objects.of(edition.region_id, add_months(edition.month, -months)).first()
        return Published(found, scope, subjects) if found else None

    return FromEdition(Published(edition, scope, subjects), root, earlier(12), earlier(1))
