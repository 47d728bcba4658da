"""One figure unfolded: over the months, over the places below, and over what it divides by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casetrack.cases.knowing import Known
from casetrack.kinds import KINDS
from casetrack.lib.months import EARLIEST
from casetrack.organizations.divisions import Level, level_of
from casetrack.organizations.models import Region
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.answering import by_organization, months, statistics
from casetrack.stats.comparing import Compare, before
from casetrack.stats.dimensions import applies, told_by_cells
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.indicators import SUBJECTS, Indicator
from casetrack.stats.questions import Days, Place

MOST_BELOW = 100
OFFICES_LISTED_AT = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure of a place and some days, of the cases that a scope opens; with `known_on`, as it was known then."""

    indicator: Indicator
    place: Place
    first: date
    last: date
    as_of: date
    known_on: date | None = None
    scope: Scope = EVERYTHING

    @property
    def measure(self) -> str:
        return self.indicator.measure

    @property
    def question(self) -> dict[str, Any]:
        """What `statistics` is asked, but for the days."""
        return {
            "region": self.place.region,
            "organization": self.place.organization,
            "known_on": self.known_on,
            "subjects": [self.indicator.subject],
            "scope": self.scope,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """The figure of one place below, whose figures can be opened in turn; None where there is nothing to tell."""

    name: str
    region: str
    organization: int | None
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Unfolded:
    """`answer` holds the figure and its groups by each dimension. `before` and `after` are the months of two years."""

    answer: Answer
    figure: Figure | None
    months: tuple[Figure | None, ...]
    months_before: tuple[Figure | None, ...]
    regions: tuple[Part, ...]
    offices: tuple[Part, ...]

    def groups(self, dimension: str) -> tuple[Figure, ...]:
        indicator = self.figure.indicator if self.figure else None
        found = self.answer.figures if indicator else ()
        return tuple(each for each in found if each.indicator == indicator and list(each.dimensions) == [dimension])


def unfold(asked: Asked) -> Unfolded:
    """Raises StatisticsRefused for what can't be meant, and BalanceBroken where figures that must add up do not."""
    by = [(name,) for name in divided_by(asked)]
    days: dict[str, Any] = {"first": asked.first, "last": asked.last, "as_of": asked.as_of}
    answer = statistics(**asked.question, **days, by=by, compare=Compare.YEAR)
    year = asked.last.year
    return Unfolded(
        answer=answer,
        figure=answer.find(asked.indicator.subject, asked.measure),
        months=of_months(asked, year, min(asked.as_of, date(year, 12, 31))),
        months_before=of_months(asked, year - 1, date(year - 1, 12, 31)),
        regions=tuple(of_regions(asked)),
        offices=tuple(of_offices(asked)),
    )


def over_years(asked: Asked, count: int) -> list[Answer]:
    """The same days of so many years up to the one asked for, the latest first; none before the record can begin."""
    days, found = Days(asked.first, asked.last, asked.as_of), list[Answer]()
    while len(found) < count and days.first >= EARLIEST:
        found.append(statistics(**asked.question, first=days.first, last=days.last, as_of=days.as_of))
        days = before(days, Compare.YEAR)
    return found


def divided_by(asked: Asked) -> list[str]:
    """High up, where counting every case would take minutes, only what the cells hold; else all."""
    names, kind = dimensions_of(asked.indicator), asked.indicator.subject
    small = asked.place.organization is not None or level_of(asked.place.region) in OFFICES_LISTED_AT
    return names if small or kind not in KINDS else [name for name in names if (name,) in told_by_cells(kind)]


def dimensions_of(indicator: Indicator) -> list[str]:
    """What a figure can be divided by, one at a time."""
    return [each.name for each in SUBJECTS[indicator.subject].dimensions if applies(indicator, (each.name,))]


def of_months(asked: Asked, year: int, until: date) -> tuple[Figure | None, ...]:
    answers = months(
        year=year,
        region=asked.place.region,
        organization=asked.place.organization,
        as_of=until,
        subjects=[asked.indicator.subject],
        scope=asked.scope,
        known=Known(on=asked.known_on) if asked.known_on else None,
    )
    return tuple(answer.find(asked.indicator.subject, asked.measure) for answer in answers)


def of_regions(asked: Asked) -> list[Part]:
    """The regions just below, in the order of their codes."""
    if asked.place.organization is not None:
        return []
    found = Region.objects.filter(parent=asked.place.region).order_by("code")[:MOST_BELOW]
    return [Part(each.name, each.code, None, figure_in(asked, each)) for each in found]


def figure_in(asked: Asked, region: Region) -> Figure | None:
    answer = statistics(
        region=region.code,
        first=asked.first,
        last=asked.last,
        as_of=asked.as_of,
        known_on=asked.known_on,
        subjects=[asked.indicator.subject],
        scope=asked.scope,
    )
    return answer.find(asked.indicator.subject, asked.measure)


def of_offices(asked: Asked) -> list[Part]:
    """Where offices are few enough to be read, those that have anything to tell, the most first."""
    place, indicator = asked.place, asked.indicator
    if place.organization is not None or level_of(place.region) not in OFFICES_LISTED_AT or indicator.is_reported:
        return []
    if not indicator.terms:  # of the registers no office has figures of its own
        return []
    found = by_organization(
        region=place.region,
        first=asked.first,
        last=asked.last,
        as_of=asked.as_of,
        subject=indicator.subject,
        known=Known(on=asked.known_on) if asked.known_on else None,
        scope=asked.scope,
    )
    parts = [
        Part(each.organization.name, "", each.organization.pk, figure)
        for each in found
        if (figure := measured(each.figures, asked.measure)) and figure.value
    ]
    return sorted(parts, key=lambda part: (-(part.figure and part.figure.value or 0), part.name))[:MOST_BELOW]


def measured(figures: Sequence[Figure], measure: str) -> Figure | None:
    return next((each for each in figures if each.measure == measure and not each.dimensions), None)
