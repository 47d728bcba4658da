"""The figures of a month as they are now, with what was counted for each, as they are held against an edition."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casetrack.kinds import KINDS
from casetrack.organizations.scope import Scope
from casetrack.stats.answering import understood
from casetrack.stats.closing.gathering import Name, published_breakdowns, terms_of
from casetrack.stats.closing.publishing import parts_of
from casetrack.stats.closing.restated import Parts, Stated
from casetrack.stats.closing.taking import name_of
from casetrack.stats.computing import (
    COUNTERS,
    Request,
    ask,
    best_basis,
    counter,
    instead_of_cases,
    of_bodies,
    of_registers,
    question,
)
from casetrack.stats.dimensions import applies
from casetrack.stats.figures import Figure, figure_of, spread_of
from casetrack.stats.indicators import SUBJECTS, Indicator, Term
from casetrack.stats.questions import Days, Place, Question
from casetrack.stats.reported import reported


def said_now(place: Place, days: Days, subjects: Sequence[str]) -> dict[Name, Stated]:
    """What registers and bodies say of all subjects at once; where bodies speak for cases, only if there are none."""
    about = tuple(SUBJECTS[code] for code in subjects)
    request, told = Request(place, days, about, ()), reported(place, days, about)
    found: list[Figure] = []
    for subject in about:
        if subject.code in KINDS:
            found += [*of_bodies(request, subject, [], told), *instead_of_cases(request, subject, told)]
        else:
            by: list[tuple[str, ...]] = [(each.name,) for each in subject.dimensions]
            found += [*of_registers(request, subject, by), *of_bodies(request, subject, by, told)]
    return {name_of(figure): stated(figure) for figure in found}


def counted_now(place: Place, days: Days, kind: str, seen: Scope) -> dict[Name, Stated]:
    """What is counted of cases, of figures too that an answer leaves out for want of a base."""
    by = published_breakdowns(kind)
    request = replace(understood(place, days, [kind], by[1:]), scope=seen)
    about = request.subjects[0]
    count = counter(request, about, best_basis(request, about, by))
    found: dict[Name, Stated] = {}
    for names in by:
        for key, tallied in ask(question(request, about, names), count).items():
            values = tuple(map(str, key))
            for each, counted in counted_of([each for each in about.counted if applies(each, names)], tallied):
                found[kind, names, values, each.measure] = counted
    return found


def ranked_now(place: Place, days: Days, kind: str, seen: Scope) -> dict[Name, Stated]:
    """The medians and the like, which no sum of differences gives."""
    request = replace(understood(place, days, [kind], ()), scope=seen)
    about = request.subjects[0]
    wanted = [each for each in about.counted if each.is_ranked]
    asked = Question(kind, terms_of(wanted), place, days, (), scope=seen)
    tallied = COUNTERS[best_basis(request, about)](asked).get((), Counter())
    return {(kind, (), (), each.measure): counted for each, counted in counted_of(wanted, tallied)}


def counted_of(wanted: Iterable[Indicator], tallied: Counter[Term]) -> list[tuple[Indicator, Stated]]:
    counts = [(each, counted_for(each, tallied)) for each in wanted]
    return [(each, Stated(figure_of(each, tallied, {}, {}).value, parts)) for each, parts in counts if parts != (0, 0)]


def counted_for(indicator: Indicator, tallied: Counter[Term]) -> Parts:
    """As the lists of cases have it: of a median, the days that the cases took together."""
    number, base = (sum(tallied[term] for term in terms) for terms in (indicator.terms, indicator.base))
    if indicator.is_ranked:
        number = sum(days * cases for days, cases in spread_of(indicator, tallied).items())
    return number, base


def stated(figure: Figure) -> Stated:
    number, base = parts_of(figure)
    return Stated(figure.value, (number, base or 0))
