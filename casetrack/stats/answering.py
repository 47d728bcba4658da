"""The one way to figures, for commands, API, workbooks and reports alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casetrack.cases.knowing import Known
from casetrack.kinds import KINDS
from casetrack.lib.months import Period, month_range
from casetrack.organizations.models import Organization
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats import balance, from_cells
from casetrack.stats.asking import breakdowns_asked, days_of, place_of, refuse_unknowable, subjects_of
from casetrack.stats.comparing import Compare, before
from casetrack.stats.computing import COUNTERS, Request, ask, best_basis, chapters, in_groups, question
from casetrack.stats.dimensions import in_order
from casetrack.stats.federation.standing import refuse_unready
from casetrack.stats.figures import Answer, Figure
from casetrack.stats.from_cells import keeps_together
from casetrack.stats.indicators import SUBJECTS, Indicator
from casetrack.stats.known import exchanges
from casetrack.stats.questions import Basis, Days, Organized, Place, Tally
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.snapshot import one_view

SLOWEST_FIRST = (Basis.NODES, Basis.EVENTS, Basis.BOTH)


def statistics(
    *,
    first: date,
    last: date,
    region: str = "",
    organization: int | None = None,
    as_of: date | None = None,
    subjects: Sequence[str] = (),
    by: Sequence[Sequence[str]] = (),
    basis: Basis | None = None,
    scope: Scope = EVERYTHING,
    known_on: date | Known | None = None,
    compare: Compare | None = None,
    organized: Organized = Organized.THEN,
) -> Answer:
    """The figures of a region with all below it, or of one organization, of the cases that a scope opens.

    They come from the cells where these can answer, unless a `basis` is given; with `known_on` they are what the record
    knew by the end of that day, or at that moment (an edition's), and with `compare` they stand beside those of a year
    or a month before. Organizations are counted where they were, or as they are `organized` now. Raises
    StatisticsRefused for what can't be meant and BalanceBroken where figures that must add up do not.
    """
    days = days_of(first=first, last=last, as_of=as_of)
    known = moment(known_on)
    if known:
        refuse_unknowable(subjects, known, organized)
    with one_view():
        place = place_of(region=region, organization=organization, organized=organized, with_nodes=True)
        request = replace(understood(place, days, subjects, by, basis), scope=scope)
        request = on_nodes(request, known) if place.on_nodes else request
        request = as_known(request, known) if known else request
        found = answer(request)
        return beside(found, answer(replace(request, days=before(days, compare))), compare) if compare else found


def beside(found: Answer, base: Answer, compare: Compare) -> Answer:
    """An answer with its base; groups that had something then and have nothing now are shown with nothing."""
    gone = [
        now_empty(each, found) for each in base.figures if not found.find(each.subject, each.measure, **each.dimensions)
    ]
    subjects = dict.fromkeys(each.subject for each in (*found.figures, *gone))
    figures = [each for code in subjects for each in (*found.of(code), *(one for one in gone if one.subject == code))]
    return replace(found, figures=tuple(figures), compare=compare, base=base)


def now_empty(figure: Figure, found: Answer) -> Figure:
    days = {"from": found.first.isoformat(), "to": found.last.isoformat(), "as_of": found.as_of.isoformat()}
    parts = 0 if figure.indicator.is_rate else None
    return replace(
        figure,
        value=None if figure.indicator.is_rate else 0,
        numerator=None if figure.indicator.is_ranked else parts,
        denominator=parts,
        cases={**figure.cases, **days},
    )


def on_nodes(request: Request, known: Known | None) -> Request:
    """A request to the nodes of a place: of cases, of whole months, by what cells hold, and of all that lies there."""
    place, days = request.place, request.days
    if known or place.now or request.basis is Basis.EVENTS:
        raise StatisticsRefused(f"{place.name}的数字由各节点的月度汇总相加，不能按所知日期、现在的机构所在或逐案统计")
    registers = [each.label for each in request.subjects if each.code not in KINDS]
    if registers and len(request.subjects) < len(SUBJECTS):
        raise StatisticsRefused(f"“{'、'.join(registers)}”取自各节点的名册，不能由统计单元相加，请到节点查询")
    about = tuple(each for each in request.subjects if each.code in KINDS)
    for subject in about:
        bys = [in_order(subject.code, by) for by in request.by if subject.has(by)]
        if not from_cells.can_answer(subject.code, place, days, bys, request.scope) or keeps_together(place):
            raise StatisticsRefused(
                f"{place.name}的“{subject.label}”由各节点的月度汇总相加：只有县级以上、全地区、整月（含截止日）和汇总所存的分组，请改选"
            )
    refuse_unready(place.region, [each.code for each in about], days.as_of)
    return replace(request, subjects=about, basis=Basis.NODES)


def moment(known_on: date | Known | None) -> Known | None:
    return Known(on=known_on) if isinstance(known_on, date) else known_on


def as_known(request: Request, known: Known) -> Request:
    """Registers keep no history of what was entered when, so they are left out."""
    return replace(request, known=known, subjects=tuple(each for each in request.subjects if each.keeps_history))


def months(
    *,
    year: int,
    region: str = "",
    organization: int | None = None,
    as_of: date | None = None,
    subjects: Sequence[str] = (),
    by: Sequence[Sequence[str]] = (),
    known: Known | None = None,
    scope: Scope = EVERYTHING,
) -> list[Answer]:
    """The months of a year, one answer each, up to the month of the cut-off, of the cases that a scope opens."""
    whole = Period.of_year(year)
    days_of(first=whole.start, last=whole.end, as_of=as_of)
    until = min(as_of or whole.end, whole.end)
    with one_view():
        place = place_of(region=region, organization=organization)
        request = replace(understood(place, Days(whole.start, whole.end, until), subjects, by), scope=scope)
        request = as_known(request, known) if known else request
        periods = [Period.of_month(month) for month in month_range(whole.start, until)]
        answers = [
            answer(replace(request, days=Days(month.start, month.end, min(month.end, until)))) for month in periods
        ]
    for kind in KINDS.values():
        balance.check_succession(f"{kind.label}（{place.name}）", stocks(answers, kind.code))
    return answers


def understood(
    place: Place, days: Days, subjects: Sequence[str], by: Sequence[Sequence[str]], basis: Basis | None = None
) -> Request:
    about, groups = tuple(subjects_of(subjects, place)), tuple(breakdowns_asked(by))
    return Request(place, days, about, groups, from_cells.behind(place), basis)


def answer(request: Request) -> Answer:
    place, days = request.place, request.days
    found = list(chapters(request))
    figures = tuple(figure for chapter in found for figure in chapter.figures)
    told = {figure.indicator for figure in figures}
    return Answer(
        region=place.region,
        region_name=place.region_name,
        first=days.first,
        last=days.last,
        as_of=days.as_of,
        basis=next((basis for basis in SLOWEST_FIRST if any(chapter.basis is basis for chapter in found)), Basis.CELLS),
        figures=figures,
        organization=place.organization,
        organization_name=place.organization_name,
        restricted=request.restricted,
        known_on=request.known.on if request.known else None,
        organized=Organized.NOW if place.now else Organized.THEN,
        not_reported=() if place.on_nodes else tuple(each for each in stated_in(request) if each not in told),
    )


def stated_in(request: Request) -> Iterator[Indicator]:
    return (each for subject in request.subjects for each in subject.stated)


def stocks(answers: Sequence[Answer], kind: str) -> Iterator[balance.Stocks]:
    for found in answers:
        carried_over, pending = found.find(kind, "carried_over"), found.find(kind, "pending")
        if carried_over and pending:
            yield balance.Stocks(found.first, int(carried_over.value or 0), int(pending.value or 0))


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """One line of a table by organization."""

    organization: Organization
    figures: tuple[Figure, ...]


def by_organization(
    *,
    region: str,
    first: date,
    last: date,
    subject: str,
    as_of: date | None = None,
    known: Known | None = None,
    scope: Scope = EVERYTHING,
) -> list[OfficeFigures]:
    """The figures of each organization of a region that has any in a scope, in the order of the divisions."""
    days = days_of(first=first, last=last, as_of=as_of)
    with one_view():
        place = place_of(region=region, organization=None)
        request = replace(understood(place, days, [subject], ()), known=known, scope=scope)
        about = request.subjects[0]
        asked = question(request, about, (), each_organization=True)
        moved = exchanges(known, [asked])[asked] if known else None
        tally = ask(asked, COUNTERS[best_basis(request, about)], moved)
        offices = Organization.objects.filter(pk__in=[key[0] for key in tally]).select_related("region")
        ordered = list(offices.order_by("region", "name", "pk"))
    return [
        OfficeFigures(office, figures) for office in ordered if (figures := figures_of_office(request, office, tally))
    ]


def figures_of_office(request: Request, office: Organization, tally: Tally) -> tuple[Figure, ...]:
    """All figures of an office, or none where it has nothing to report."""
    own = replace(request, place=Place(office.region_id, office.region.name, office.pk, office.name))
    figures = tuple(in_groups(own, request.subjects[0], (), {(): tally[office.pk,]}))
    return figures if any(figure.value for figure in figures) else ()
