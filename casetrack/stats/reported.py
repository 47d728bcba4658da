"""Figures that bodies report: counts are added up over months and bodies, shares never are.

A month that nobody reported is not zero: where nothing was reported there is no figure, and where something was, the
figure says of how many of the months it is made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from casetrack.cases.knowing import Known
from casetrack.cases.models import CaseEvent, Milestone
from casetrack.lib.months import Period
from casetrack.organizations.filters import midnight
from casetrack.organizations.models import ReportedVersion
from casetrack.organizations.querysets import within
from casetrack.organizations.reported.catalog import REPORTABLES
from casetrack.organizations.reported.choices import Qualifier, together
from casetrack.organizations.reported.querysets import EVERY_TIME, ReportedVersionQuerySet
from casetrack.stats.indicators import Subject
from casetrack.stats.questions import Days, Place
from casetrack.stats.questions import in_place as in_place_of_cases

Name = tuple[str, str]
"""A subject and a measure."""
Group = tuple[str, str, str]
"""A subject, a measure and its dimensions in one text, as they are told apart."""
INSTEAD = frozenset((each.subject, each.measure) for each in REPORTABLES if each.instead)
"""What is reported where there are no cases to count it from."""
SHARES = {(each.subject, each.measure): each for each in REPORTABLES if each.is_share}
SAME = ("organization", "whole_region", "dimensions", "first", "last")


@dataclass(frozen=True, slots=True)
class Told:
    """What was reported of one number with one set of dimensions, all bodies and periods together."""

    dimensions: Mapping[str, str]
    value: Decimal
    qualifier: Qualifier
    bodies: int
    periods: tuple[tuple[Period, int], ...]  # how many entries there are of each


@dataclass(frozen=True, slots=True)
class Reported:
    """All that was reported of a place and its days: sums of counts, stated shares, and those that counts give."""

    counts: Mapping[Name, Sequence[Told]]
    stated: Mapping[Name, ReportedVersion]
    computed: frozenset[Name]

    def of(self, name: Name, dimensions: Mapping[str, str]) -> list[Told]:
        """What belongs to a figure: all groups that have its dimensions."""
        return [told for told in self.counts.get(name, ()) if dimensions.items() <= told.dimensions.items()]

    def groups(self, name: Name, by: tuple[str, ...]) -> list[dict[str, str]]:
        """The values of dimensions that were reported; without dimensions, everything together."""
        found = [{each: told.dimensions[each] for each in by} for told in self.counts.get(name, ())]
        return found if by else [{}]


def rows_counted(place: Place, days: Days, *, known: Known | None = None) -> ReportedVersionQuerySet:
    """The entries that figures of a place and its days are made of."""
    rows = ReportedVersion.objects.standing(entered_by(known)).filter(in_place(place))
    return rows.within_days(days.period.start, days.period.end).counted_once()


def entered_by(known: Known | None) -> Q:
    """Which values were known; all of them where those of now are asked for."""
    if known and known.value is not None:
        return Q(pk__lte=known.value)
    return Q(entered_at__lt=midnight(known.on + timedelta(days=1))) if known and known.on else EVERY_TIME


def in_place(place: Place) -> Q:
    if place.organization:
        return Q(figure__organization=place.organization)
    return within("figure__organization__region" if place.now else "figure__region_code", place.region)


def reported(place: Place, days: Days, subjects: Iterable[Subject], *, known: Known | None = None) -> Reported:
    """What was reported: a query for what is added up and one for shares, and a few more where there is any."""
    of_cases = {subject for subject, _ in INSTEAD}
    asked = [subject.code for subject in subjects if subject.stated or subject.code in of_cases]
    if not asked:
        return Reported({}, {}, frozenset())
    rows = rows_counted(place, days, known=known).filter(figure__subject__in=asked)
    counts = added(rows.exclude(named(SHARES)))
    shares = {name: found for name, found in SHARES.items() if name[0] in asked}
    statements = stated_as(place, days, shares, known=known) if shares else []
    return Reported(
        counts,
        {(row.figure.subject, row.figure.measure): row for row in statements},
        frozenset(name for name, found in shares.items() if found.over and follows(rows, name[0], found.over, counts)),
    )


def stands_in(place: Place, name: Name, *, known: Known | None = None) -> bool:
    """Whether bodies report a figure there that is counted from cases elsewhere: the record has none of its kind."""
    return name in INSTEAD and not has_cases(place, name[0], known=known)


def has_cases(place: Place, kind: str, *, known: Known | None = None) -> bool:
    """Whether the record has, or had by then, any case of a kind there."""
    cases = Milestone.objects.filter(in_place_of_cases(place), kind=kind, name="received")
    if known:
        opened = CaseEvent.objects.filter(case=OuterRef("case"), sequence=1)
        cases = cases.exclude(Exists(opened.filter(known.later)))
    return cases.exists()


def reporting_in(place: Place, days: Days, subject: str, known: Known) -> set[tuple[str, int]]:
    """Who reported anything of a subject there for these days, and where they then lay."""
    rows = ReportedVersion.objects.standing(entered_by(known)).within_days(days.period.start, days.period.end)
    found = rows.filter(in_place(place), figure__subject=subject).values_list(
        "figure__region_code", "figure__organization"
    )
    return set(found.distinct())


def named(names: Iterable[Name]) -> Q:
    found = Q(pk__in=[])
    for subject, measure in names:
        found |= Q(figure__subject=subject, figure__measure=measure)
    return found


def stated_as(
    place: Place, days: Days, names: Iterable[Name], *, known: Known | None = None
) -> ReportedVersionQuerySet:
    """Shares stated for exactly this place and these days: no other statement is one about them."""
    rows = ReportedVersion.objects.standing(entered_by(known)).filter(named(names), of_place(place))
    exact = rows.filter(figure__first=days.period.start, figure__last=days.period.end).select_related("figure")
    return exact.order_by("-figure__whole_region", "pk")  # of two, the body's own is read last, and stands


def reported_rows(
    place: Place, days: Days, name: Name, dimensions: Mapping[str, str], *, known: Known | None = None
) -> ReportedVersionQuerySet:
    """The entries that a count is the sum of."""
    return rows_counted(place, days, known=known).filter(named([name]), figure__dimensions__contains=dict(dimensions))


def statements(place: Place, days: Days, name: Name, *, known: Known | None = None) -> ReportedVersionQuerySet:
    """The one entry that a stated share is, if there is one."""
    newest = stated_as(place, days, [name], known=known).order_by("figure__whole_region", "-pk").values("pk")[:1]
    return ReportedVersion.objects.filter(pk__in=newest)


def of_place(place: Place) -> Q:
    if place.organization:
        return Q(figure__organization=place.organization)
    return Q(figure__whole_region=True, figure__region_code=place.region)


def follows(rows: ReportedVersionQuerySet, subject: str, over: tuple[str, str], counts: Mapping[Name, Any]) -> bool:
    """Whether a share follows from two counts: the same bodies reported both, for the same periods."""
    if any((subject, measure) not in counts for measure in over):
        return False
    one, other = (rows.filter(figure__subject=subject, figure__measure=measure) for measure in over)
    alike = {f"figure__{name}": OuterRef(f"figure__{name}") for name in SAME}
    return not (
        one.exclude(Exists(other.filter(**alike))).exists() or other.exclude(Exists(one.filter(**alike))).exists()
    )


def added(rows: ReportedVersionQuerySet) -> dict[Name, list[Told]]:
    names = ("figure__subject", "figure__measure", "figure__dimensions")
    found: dict[Group, list[Mapping[str, Any]]] = {}
    sums = rows.values(*names, "figure__first", "figure__last").annotate(
        total=Sum("value"),
        entries=Count("pk"),
        at_least=Count("pk", filter=Q(qualifier=Qualifier.AT_LEAST)),
        approximate=Count("pk", filter=Q(qualifier=Qualifier.APPROXIMATE)),
    )
    for row in sums.order_by(*names, "figure__first", "figure__last"):
        found.setdefault(group_of(row), []).append(row)
    bodies = rows.values(*names).annotate(n=Count("figure__organization", distinct=True)).order_by() if found else []
    count = {group_of(row): row["n"] for row in bodies}
    told: dict[Name, list[Told]] = {}
    for group, parts in found.items():
        told.setdefault(group[:2], []).append(told_of(parts, count[group]))
    return told


def group_of(row: Mapping[str, Any]) -> Group:
    return row["figure__subject"], row["figure__measure"], repr(sorted(row["figure__dimensions"].items()))


def told_of(parts: Sequence[Mapping[str, Any]], bodies: int) -> Told:
    qualifiers = [
        qualifier
        for row in parts
        for qualifier, count in (
            (Qualifier.AT_LEAST, row["at_least"]),
            (Qualifier.APPROXIMATE, row["approximate"]),
        )
        if count
    ]
    return Told(
        dimensions=parts[0]["figure__dimensions"],
        value=sum((row["total"] for row in parts), Decimal(0)),
        qualifier=together(qualifiers),
        bodies=bodies,
        periods=tuple((Period(row["figure__first"], row["figure__last"]), row["entries"]) for row in parts),
    )
