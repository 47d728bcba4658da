"""What bodies below a region reported for its month: an edition holds it place by place, down to who stated it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from casetrack.cases.knowing import Known
from casetrack.organizations.divisions import ancestors_of, level_of
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.reported.catalog import REPORTABLES
from casetrack.stats.answering import understood
from casetrack.stats.closing.gathering import OFFICES_BELOW, Where
from casetrack.stats.computing import instead_of_cases, of_bodies
from casetrack.stats.figures import Figure
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.indicators.reported import dimensions_of
from casetrack.stats.questions import Days, Place
from casetrack.stats.reported import reported, reporting_in

Stated = tuple[Where, Figure]
STATED = frozenset(each.subject for each in REPORTABLES)


def stated_by_all(place: Place, days: Mapping[str, Days], known: Known) -> Iterator[Stated]:
    """The reported figures of a region and of each part below it: all that an edition holds of what bodies stated."""
    for subject, asked in ((code, each) for code, each in days.items() if code in STATED):
        yield from stated_in(place, (place.region, None), asked, subject, known)
    yield from stated_below(place, days, known)


def stated_below(place: Place, days: Mapping[str, Days], known: Known) -> Iterator[Stated]:
    """The reported figures of each part just below a region, and in a county of each of its bodies."""
    for subject, asked in ((code, each) for code, each in days.items() if code in STATED):
        bodies = list(reporting_in(place, asked, subject, known))
        below = {part_of(code, place.region) for code, _ in bodies} - {""}
        for part in Region.objects.filter(pk__in=below).order_by("pk"):
            yield from stated_in(Place(part.code, part.name), (part.code, None), asked, subject, known)
        if level_of(place.region) in OFFICES_BELOW:
            where = {body: code for code, body in bodies}
            for body in Organization.objects.filter(pk__in=where).order_by("pk"):
                own = Place(where[body.pk], "", body.pk, body.name)
                yield from stated_in(own, (where[body.pk], body.pk), asked, subject, known)


def part_of(code: str, region: str) -> str:
    """The region just below another that a place lies in; empty for a place of the other itself."""
    below = [each for each in (code, *ancestors_of(code)) if region in ancestors_of(each)]
    return below[-1] if below else ""


def stated_in(place: Place, where: Where, days: Days, subject: str, known: Known) -> Iterator[Stated]:
    request = replace(understood(place, days, [subject], ()), known=known)
    about, told = SUBJECTS[subject], reported(place, days, [SUBJECTS[subject]], known=known)
    divided: list[tuple[str, ...]] = [] if place.organization else [(each.name,) for each in dimensions_of(subject)]
    for figure in (*of_bodies(request, about, divided, told), *instead_of_cases(request, about, told)):
        yield where, figure
