"""What bodies had reported when an edition was made, behind each stated figure, and what they said since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from casetrack.cases.knowing import Known
from casetrack.organizations.models import ReportedVersion
from casetrack.organizations.reported.querysets import ReportedVersionQuerySet
from casetrack.organizations.scope import EVERYTHING
from casetrack.stats.asking import place_of
from casetrack.stats.closing.gathering import Name
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, days_of, entry_of, is_stated, known_by
from casetrack.stats.closing.restated import Entered
from casetrack.stats.indicators import SUBJECTS
from casetrack.stats.questions import Days, Place
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.reported import SHARES, named, rows_counted, stated_as
from casetrack.stats.tracing import Part, Traced, entries_of, terms_of

Versions = Mapping[int, ReportedVersion]
"""By the figure that they are versions of."""


def entries_behind(edition: Edition, asked: Asked, part: Part = "value") -> ReportedVersionQuerySet:
    """The entries of a stated figure as they stood when it was published: what they add up to is the figure."""
    found = entry_of(edition, asked)
    indicator = SUBJECTS[asked.subject].measures[asked.measure]
    if not indicator.is_reported and not is_stated(found):
        raise StatisticsRefused(
            f"该版的“{indicator.label}”由案件或名册统计，不是报送数字；案件见 /closings/{edition.pk}/cases/"
        )
    indicator = indicator if indicator.is_reported else indicator.as_reported()
    here = place_of(region=asked.region or edition.region_id, organization=asked.organization)
    days, known, terms = days_of(edition, asked.subject), known_by(edition), terms_of(indicator, part)
    return entries_of(Traced(indicator, terms, part, here, days, asked.dimensions, EVERYTHING, known=known))


def said_since(versions: Iterable[ReportedVersion], known: Known) -> dict[int, list[ReportedVersion]]:
    """By figure, every later version of it: who said what else, when and why."""
    figures = [each.figure_id for each in versions]
    later = ReportedVersion.objects.filter(figure__in=figures, pk__gt=known.value or 0).select_related("entered_by")
    found: dict[int, list[ReportedVersion]] = {figure: [] for figure in figures}
    for version in later.in_order():
        found[version.figure_id].append(version)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """The entries of a place and its days as they were known and as they are now."""

    then: Versions
    now: Versions
    later: Mapping[int, list[ReportedVersion]]

    def of(self, name: Name, *, was_stated: bool, is_stated: bool) -> list[Entered]:
        """Those of a figure that count otherwise; what is counted from cases counts no entry."""
        before = {pk: each for pk, each in self.then.items() if was_stated and belongs(each, name)}
        after = {pk: each for pk, each in self.now.items() if is_stated and belongs(each, name)}
        return [
            Entered((after.get(pk) or before[pk]).figure, before.get(pk), after.get(pk), self.later.get(pk, []))
            for pk in sorted({*before, *after})
            if before.get(pk) != after.get(pk)
        ]


def compared(place: Place, days: Days, subjects: Collection[str], known: Known) -> Comparison:
    then, now = (standing(place, days, subjects, each) for each in (known, None))
    return Comparison(then, now, said_since({**then, **now}.values(), known))


def standing(place: Place, days: Days, subjects: Collection[str], known: Known | None) -> Versions:
    """All that is added up there, and the shares that are stated for exactly this place and these days."""
    rows = rows_counted(place, days, known=known).exclude(named(SHARES)).filter(figure__subject__in=subjects)
    shares = stated_as(place, days, [name for name in SHARES if name[0] in subjects], known=known)
    found = (*rows.select_related("figure__organization"), *shares.select_related("figure__organization"))
    return {each.figure_id: each for each in found}


def belongs(version: ReportedVersion, name: Name) -> bool:
    """Whether a figure is made of an entry: of a share, also of the counts that it follows from."""
    subject, by, values, measure = name
    share = SHARES.get((subject, measure))
    measures = (measure, *(share.over or ())) if share else (measure,)
    figure = version.figure
    said = dict(zip(by, values, strict=True))
    return figure.subject == subject and figure.measure in measures and said.items() <= figure.dimensions.items()
