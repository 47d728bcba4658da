"""From a figure back to what lies behind it: the count of that list is the figure, always."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable

from casetrack.cases.knowing import Known
from casetrack.cases.models import Case, Milestone
from casetrack.organizations.reported.querysets import ReportedVersionQuerySet
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats import from_cells, registers
from casetrack.stats.asking import breakdowns_asked, days_of, place_of, refuse_unknowable, subjects_of
from casetrack.stats.computing import COUNTERS, Request, best_basis, question
from casetrack.stats.counting import contribution
from casetrack.stats.dimensions import UNSPECIFIED, applies, from_opening, values_of
from casetrack.stats.from_events import DAYS_TAKEN, any_of
from casetrack.stats.from_events import behind as behind_term
from casetrack.stats.indicators import SUBJECTS, Counted, Form, Indicator, Term
from casetrack.stats.known import changes, rows_then
from casetrack.stats.questions import Days, Organized, Place, Question, in_place
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.reported import reported, reported_rows, stands_in, statements

Part = Literal["value", "numerator", "denominator"]
SUMMED = (Counted.PERSONS, Counted.CENTS, Counted.DAYS)


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure, or a part of one, made sense of: what it counts, where, when, in which group, of which cases.

    Of a figure as it was known once, `then` are the cases that changed since, and how much each added to it.
    """

    indicator: Indicator
    terms: tuple[Term, ...]
    part: Part
    place: Place
    days: Days
    dimensions: Mapping[str, str]
    scope: Scope
    then: Mapping[int, int] = field(default_factory=dict)
    known: Known | None = None  # of a reported figure, whose versions are kept themselves
    known_on: date | None = None

    @property
    def summed(self) -> str:
        """The column that is added up; empty where the milestones themselves are counted."""
        if self.indicator.form is Form.REPORTED:
            return "value"
        if self.indicator.form is Form.REGISTER:
            return "attendance" if self.indicator.measure == "attendance" else ""
        counted = self.terms[0].counted
        return counted.value if counted in SUMMED else ""


def understood(query: Mapping[str, Any], part: Part = "value", scope: Scope = EVERYTHING) -> Traced:
    """`query` is a figure's `cases`. Of a rate, ask for its numerator or its denominator; of a change, these are the
    cases of this period and those of the year before, whose difference it shows.
    """
    indicator = indicator_of(query)
    organized = Organized(query.get("organized") or Organized.THEN)
    place = place_of(region=query["region"], organization=query.get("organization"), organized=organized)
    days = days_of(first=day(query["from"]), last=day(query["to"]), as_of=day(query["as_of"]))
    refuse_groups_without_figure(indicator, query["dimensions"])
    refuse_place_without_figure(indicator, place)
    known = Known(on=day(query["known_on"])) if query.get("known_on") else None
    indicator = as_answered(indicator, place, days, query["dimensions"], known)
    traced = Traced(indicator, terms_of(indicator, part), part, place, days, query["dimensions"], scope)
    if known is None or known.on is None:
        return traced
    refuse_unknowable([indicator.subject], known, organized)
    traced = replace(traced, known_on=known.on)
    return replace(traced, known=known) if indicator.form is Form.REPORTED else as_known(traced, known)


def as_answered(
    indicator: Indicator, place: Place, days: Days, dimensions: Mapping[str, str], known: Known | None
) -> Indicator:
    """Where bodies state a figure instead of cases there are entries to list, and no cases."""
    name = (indicator.subject, indicator.measure)
    if dimensions or not stands_in(place, name, known=known):
        return indicator
    return indicator.as_reported() if reported_rows(place, days, name, {}, known=known).exists() else indicator


def as_known(traced: Traced, known: Known) -> Traced:
    """The figure as it was known once."""
    asked = asked_of(traced)
    found = changes(known, [asked.kind], asked.place)
    return replace(traced, then={each.case.pk: share(traced, asked, rows_then(each, asked.scope)) for each in found})


def asked_of(traced: Traced) -> Question:
    by, terms = tuple(traced.dimensions), tuple(dict.fromkeys(traced.terms))
    return Question(traced.indicator.subject, terms, traced.place, traced.days, by, scope=traced.scope)


def share(traced: Traced, asked: Question, rows: Sequence[Milestone]) -> int:
    """What a case with these milestones adds to the figure."""
    counted = contribution(asked, rows).get(tuple(traced.dimensions.values()), Counter())
    return sum(counted[term] for term in traced.terms)


def behind(query: Mapping[str, Any], part: Part = "value", scope: Scope = EVERYTHING) -> QuerySet[Any]:
    """What a figure counts, one row for each: milestones of cases, entries of the registers, or what was reported."""
    return rows_of(understood(query, part, scope))


def cases_behind(query: Mapping[str, Any], part: Part = "value", scope: Scope = EVERYTHING) -> QuerySet[Case]:
    """The cases of a figure, each once, however many hearings of it were counted."""
    return cases_of(understood(query, part, scope))


def total_of(query: Mapping[str, Any], part: Part = "value", scope: Scope = EVERYTHING) -> int:
    """What the list adds up to, added up row by row: the figure itself, in cents for an amount."""
    traced = understood(query, part, scope)
    rows = rows_of(traced)
    if traced.then:
        rows = rows.exclude(case__in=list(traced.then))
    then = sum(traced.then.values())
    return then + added_up(traced, rows)


def rows_of(traced: Traced) -> QuerySet[Any]:
    if traced.indicator.form is Form.REPORTED:
        return entries_of(traced)
    if traced.indicator.form is Form.REGISTER:
        return entered_of(traced)
    return milestones(traced)


def entered_of(traced: Traced) -> QuerySet[Any]:
    """The committees, mediators or trainings that a figure of the registers counts."""
    if traced.indicator.form is not Form.REGISTER:
        raise StatisticsRefused("该指标不取自名册，请查看其案件或报送记录")
    return registers.rows_behind(traced.indicator, traced.place, traced.days, traced.dimensions)


def entries_of(traced: Traced) -> ReportedVersionQuerySet:
    """The entries behind a figure that bodies report: of a share, those of its counts, or the statement itself."""
    if traced.indicator.form is not Form.REPORTED:
        raise StatisticsRefused("该指标由案件或名册统计，不是报送数字，请查看其案件")
    indicator, place, days, known = traced.indicator, traced.place, traced.days, traced.known
    name = (indicator.subject, indicator.measure)
    if not indicator.is_rate:
        return reported_rows(place, days, name, traced.dimensions, known=known)
    if name not in reported(place, days, [SUBJECTS[indicator.subject]], known=known).computed:
        return statements(place, days, name, known=known)
    if traced.part == "value":
        raise StatisticsRefused(f"“{indicator.label}”由两项报送数计算，请指明要查看分子还是分母的报送记录")
    return reported_rows(place, days, (indicator.subject, traced.terms[0].name), {}, known=known)


def cases_of(traced: Traced) -> QuerySet[Case]:
    if traced.indicator.form is Form.REPORTED:
        raise StatisticsRefused("该指标由单位报送，没有对应的案件；报送记录见 /statistics/reported/")
    if traced.indicator.form is Form.REGISTER:
        raise StatisticsRefused("该指标取自名册，没有对应的案件；名册见 /statistics/registers/")
    # a semi-join: read by the newest case where there are many, by milestone where there are few
    found = Q(pk__in=milestones(traced).values("case"))
    if traced.then:
        found = found & ~Q(pk__in=list(traced.then)) | Q(pk__in=[case for case, share in traced.then.items() if share])
    return Case.objects.filter(found)  # within the scope that the figure was counted in, wherever they lie now


def shares_of(traced: Traced, keys: Iterable[int]) -> dict[int, int]:
    """What each of some cases of the figure, by their keys, adds to it: times, persons or cents."""
    share = Sum(share_summed(traced)) if traced.summed else Count("pk")
    listed = list(keys)
    rows = milestones(traced).filter(case__in=[case for case in listed if case not in traced.then])
    found = dict(rows.values("case").annotate(share=share).order_by().values_list("case", "share"))
    return found | {case: traced.then[case] for case in listed if case in traced.then}


def stated(traced: Traced) -> int:
    """The figure, or its part, as it is answered: from the cells where they hold it. The list adds up to it."""
    if traced.indicator.form is Form.REGISTER:
        return counted_in_register(traced)
    subject = SUBJECTS[traced.indicator.subject]
    by = tuple(traced.dimensions)
    behind_there = from_cells.behind(traced.place)
    request = Request(traced.place, traced.days, (subject,), (by,), behind_there, scope=traced.scope)
    basis = best_basis(request, subject, [by] if by else [])
    asked = replace(question(request, subject, by), terms=tuple(dict.fromkeys(traced.terms)))
    counted = COUNTERS[basis](asked).get(tuple(traced.dimensions.values()), Counter())
    stands = sum(counted[term] for term in traced.terms)
    return stands - shares_now(traced) + sum(traced.then.values())


def counted_in_register(traced: Traced) -> int:
    counts = registers.count([traced.indicator], traced.place, traced.days, tuple(traced.dimensions))
    return counts[traced.indicator.measure].get(tuple(traced.dimensions.values()), 0)


def shares_now(traced: Traced) -> int:
    """What the cases that changed since add to the figure as it now stands."""
    if not traced.then:
        return 0
    rows = milestones(traced).filter(case__in=list(traced.then))
    return added_up(traced, rows)


def added_up(traced: Traced, rows: QuerySet[Any]) -> int:
    return (rows.aggregate(n=Sum(share_summed(traced)))["n"] or 0) if traced.summed else rows.count()


def share_summed(traced: Traced) -> Combinable:
    return DAYS_TAKEN if traced.summed == Counted.DAYS else F(traced.summed)


def indicator_of(query: Mapping[str, Any]) -> Indicator:
    subject = SUBJECTS.get(query["subject"])
    if subject is None or query["measure"] not in subject.measures:
        raise StatisticsRefused(f"没有“{query['subject']}.{query['measure']}”这一指标，可用的指标见 /indicators/")
    return subject.measures[query["measure"]]


def refuse_groups_without_figure(indicator: Indicator, dimensions: Mapping[str, str]) -> None:
    """A group that no figure is given for has no cases to list: silence would look like none."""
    breakdowns_asked([list(dimensions)])
    if not applies(indicator, dimensions):
        raise StatisticsRefused(f"“{indicator.label}”不按“{'、'.join(dimensions)}”分组，没有可以查看的案件")
    refuse_values_unknown(indicator.subject, dimensions)


def refuse_values_unknown(subject: str, dimensions: Mapping[str, str]) -> None:
    for name, value in dimensions.items():
        values = (*values_of(subject, name), UNSPECIFIED)
        if value not in values:
            raise StatisticsRefused(f"维度“{name}”没有“{value}”这一取值，可用的有：{'、'.join(values)}")


def refuse_place_without_figure(indicator: Indicator, place: Place) -> None:
    if not subjects_of([indicator.subject], place):
        raise StatisticsRefused(f"“{indicator.label}”属于地区，不按机构统计，请改填地区（region）")


def terms_of(indicator: Indicator, part: Part) -> tuple[Term, ...]:
    if indicator.is_rate and indicator.form is not Form.REPORTED and part == "value":
        raise StatisticsRefused(f"“{indicator.label}”是比率，请指明要查看分子还是分母的案件")
    if indicator.is_ranked and part == "numerator":
        raise StatisticsRefused(f"“{indicator.label}”没有分子，请查看分母，即排列的全部案件")
    return indicator.base if part == "denominator" else indicator.terms


def milestones(traced: Traced) -> QuerySet[Milestone]:
    kind = traced.indicator.subject
    counted = any_of(behind_term(term, traced.days) for term in traced.terms)
    rows = Milestone.objects.filter(in_place(traced.place), counted, traced.scope.on(), kind=kind)
    for name, value in traced.dimensions.items():
        if value == UNSPECIFIED and name in from_opening(kind):
            rows = rows.exclude(dimensions__has_key=name)
        else:
            rows = rows.filter(dimensions__contains={name: value})
    return rows


def day(text: str | date) -> date:
    return date.fromisoformat(text) if isinstance(text, str) else text
