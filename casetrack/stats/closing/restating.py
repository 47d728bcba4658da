"""What differs now from what was published, figure by figure, with the events that made it: the restatement."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from casetrack.cases.knowing import Changed, Known
from casetrack.cases.models import Case, CaseEvent, Milestone
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import code_range
from casetrack.organizations.scope import EVERYTHING, Clearance, Grant, Scope
from casetrack.stats.answering import understood
from casetrack.stats.asking import place_of
from casetrack.stats.closing.closing import ClosingRefused
from casetrack.stats.closing.gathering import Name, published_breakdowns, shares
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.publishing import for_reader, parts_of
from casetrack.stats.closing.taking import answered, name_of
from casetrack.stats.computing import ask, best_basis, instead_of_cases, of_bodies, question
from casetrack.stats.counting import lies_in
from casetrack.stats.dimensions import applies
from casetrack.stats.figures import Figure, figure_of, spread_of
from casetrack.stats.indicators import SUBJECTS, Indicator, Term
from casetrack.stats.known import changes
from casetrack.stats.questions import Days, Place, clearance_of
from casetrack.stats.reported import reported
from casetrack.stats.snapshot import one_view

Parts = tuple[int, int]
"""What is counted for a figure: its terms, and of a rate the base."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure: its value and what was counted for it."""

    value: int | Decimal | None
    parts: Parts


def nothing(name: Name) -> Stated:
    """What a figure is that is not listed: a rate of no cases and what nobody reported are none, anything else is 0."""
    indicator = SUBJECTS[name[0]].measures[name[3]]
    return Stated(None if indicator.is_rate or indicator.is_reported else 0, (0, 0))


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that counts otherwise than it did, and what was entered since. Hidden from whom it may not be shown."""

    case: Case
    before: Parts
    after: Parts
    events: Sequence[CaseEvent]
    hidden: bool = False


@dataclass(slots=True)
class Restated:
    """A figure as published and as it is now. The cases' differences, and `otherwise` (the registers, a definition),
    add up to its own.
    """

    name: Name
    published: Stated
    now: Stated
    moved: list[Moved] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return SUBJECTS[self.name[0]].measures[self.name[3]]

    @property
    def differs(self) -> bool:
        """A rate of nothing was no figure, and is none."""
        return self.published != self.now and (self.published.value, self.now.value) != (None, None)

    @property
    def difference(self) -> Parts:
        (number, base), (number_now, base_now) = self.published.parts, self.now.parts
        return number_now - number, base_now - base

    @property
    def otherwise(self) -> Parts:
        made = [sum(each.after[part] - each.before[part] for each in self.moved) for part in (0, 1)]
        return self.difference[0] - made[0], self.difference[1] - made[1]

    def as_dict(self) -> dict[str, Any]:
        rate = self.indicator.is_rate
        return {
            "subject": self.name[0],
            "measure": self.name[3],
            "label": self.indicator.label,
            "unit": self.indicator.unit,
            "dimensions": dict(zip(self.name[1], self.name[2], strict=True)),
            "published": shown(self.published, rate=rate),
            "now": shown(self.now, rate=rate),
            "difference": counted(self.difference, rate=rate),
            "otherwise": counted(self.otherwise, rate=rate),
            "cases": [moved_as_dict(each, rate=rate) for each in self.moved],
        }


def shown(found: Stated, *, rate: bool) -> dict[str, Any]:
    return {"value": None if found.value is None else float(found.value), **counted(found.parts, rate=rate)}


def counted(found: Parts, *, rate: bool) -> dict[str, int | None]:
    """What is counted: cases, times, persons, days, or cents of an amount."""
    return {"counted": found[0], "base": found[1] if rate else None}


def moved_as_dict(moved: Moved, *, rate: bool) -> dict[str, Any]:
    hidden = moved.hidden
    return {
        "case": None if hidden else moved.case.pk,
        "number": None if hidden else moved.case.number,
        "before": counted(moved.before, rate=rate),
        "after": counted(moved.after, rate=rate),
        "events": [] if hidden else [event_as_dict(event) for event in moved.events],
    }


def event_as_dict(event: CaseEvent) -> dict[str, Any]:
    return {
        "event": event.pk,
        "sequence": event.sequence,
        "step": event.step,
        "occurred_on": event.occurred_on.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "actor": str(event.actor) if event.actor else None,
        "replaces": event.replaces_id,
        "retracts": event.retracts,
        "reason": event.reason,
    }


def latest(region: str, month: date) -> Edition:
    edition = Edition.objects.of(region, month).first()
    if edition is None:
        raise ClosingRefused(
            f"{place_of(region=region, organization=None).name}{month:%Y-%m}尚未结账，没有可比较的数字"
        )
    return edition


def restatement(edition: Edition, *, scope: Scope = EVERYTHING, subjects: Sequence[str] = ()) -> list[Restated]:
    """Every figure of the region that differs now from an edition, as far as the reader sees them."""
    with one_view():
        place = place_of(region=edition.region_id, organization=None)
        found = [each for subject in subjects or edition.days for each in restated(edition, place, subject, scope)]
    return [each for each in found if each.differs]


def restated(edition: Edition, place: Place, subject: str, scope: Scope) -> Iterator[Restated]:
    first, last = map(date.fromisoformat, edition.days[subject])
    days = Days(first, last, last)
    cleared = subject not in KINDS or clearance_of(scope, place, subject) is Clearance.WHOLE
    seen = EVERYTHING if cleared else Scope(grants=(Grant("", code_range(place.region)),))
    published = published_parts(edition, subject, cleared=cleared)
    now = parts_now(place, days, subject, seen)
    found = {
        name: Restated(name, published.get(name, nothing(name)), now.get(name, nothing(name)))
        for name in {**published, **now}
    }
    if subject in KINDS:
        for changed in changes(Known(mark=edition.mark), subject, place):
            for name, before, after in differences(changed, place, days, seen):
                moved = Moved(changed.case, before, after, changed.later, hidden=not may_see(changed.case, scope))
                found.setdefault(name, Restated(name, nothing(name), nothing(name))).moved.append(moved)
    yield from found.values()


def differences(changed: Changed, place: Place, days: Days, seen: Scope) -> Iterator[tuple[Name, Parts, Parts]]:
    then, now = (counts_of(rows, place, days, seen) for rows in (changed.then, changed.now))
    for name in dict.fromkeys([*then, *now]):
        before, after = then.get(name, (0, 0)), now.get(name, (0, 0))
        if before != after:
            yield name, before, after


def counts_of(rows: Sequence[Milestone], place: Place, days: Days, seen: Scope) -> dict[Name, Parts]:
    open_to = [row for row in rows if lies_in(row, place) and (seen.everything or not row.restricted)]
    if not open_to:
        return {}
    kind = open_to[0].kind
    return {name: (number, base or 0) for name, number, base in shares(kind, open_to, days, published_breakdowns(kind))}


def published_parts(edition: Edition, subject: str, *, cleared: bool) -> dict[Name, Stated]:
    found: dict[Name, Stated] = {}
    for row in edition.rows.filter(region_code=edition.region_id, organization=None, subject=subject):
        by = tuple(name for name in row.breakdown.split(",") if name)
        for entry in row.figures:
            said = for_reader(entry, cleared=cleared)
            if entry["m"] in SUBJECTS[subject].measures:
                value = None if said["v"] is None else Decimal(said["v"])
                found[subject, by, tuple(entry["d"]), entry["m"]] = Stated(value, (said["n"], said["b"] or 0))
    return found


def parts_now(place: Place, days: Days, subject: str, seen: Scope) -> dict[Name, Stated]:
    """What is counted now, of figures too that an answer leaves out for want of a base."""
    if subject not in KINDS:
        return {name_of(figure): stated(figure) for figure in answered(place, days, subject, scope=seen).figures}
    by = published_breakdowns(subject)
    request = replace(understood(place, days, [subject], by[1:]), scope=seen)
    about, basis = request.subjects[0], best_basis(request, request.subjects[0], by)
    told = reported(place, days, [about])
    said = [*of_bodies(request, about, [], told), *instead_of_cases(request, about, told)]
    found = {name_of(figure): stated(figure) for figure in said}
    for names in by:
        for key, tallied in ask(question(request, about, names), basis).items():
            for indicator in (each for each in about.counted if applies(each, names)):
                counts = counted_for(indicator, tallied)
                if counts != (0, 0):
                    value = figure_of(indicator, tallied, {}, {}).value
                    found[subject, names, tuple(map(str, key)), indicator.measure] = Stated(value, counts)
    return found


def stated(figure: Figure) -> Stated:
    number, base = parts_of(figure)
    return Stated(figure.value, (number, base or 0))


def counted_for(indicator: Indicator, tallied: Counter[Term]) -> Parts:
    """As the lists of cases have it: of a median, the days that the cases took together."""
    number, base = (sum(tallied[term] for term in terms) for terms in (indicator.terms, indicator.base))
    if indicator.is_ranked:
        number = sum(days * cases for days, cases in spread_of(indicator, tallied).items())
    return number, base


def may_see(case: Case, scope: Scope) -> bool:
    return scope.allows(
        region_code=case.region_code, organization_id=case.organization_id, kind=case.kind, restricted=case.restricted
    )
