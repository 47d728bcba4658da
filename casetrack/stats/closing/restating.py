"""What differs now from what was published, figure by figure, with the events that made it: the restatement."""

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
from casetrack.stats.closing.definitions import value_of
from casetrack.stats.closing.gathering import Name, published_breakdowns, shares
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.publishing import for_reader
from casetrack.stats.closing.taking import answered, name_of, parts
from casetrack.stats.computing import ask, best_basis, question
from casetrack.stats.counting import lies_in
from casetrack.stats.dimensions import applies
from casetrack.stats.indicators import SUBJECTS, Indicator
from casetrack.stats.known import changes
from casetrack.stats.questions import Days, Place, clearance_of
from casetrack.stats.snapshot import one_view

Parts = tuple[int, int]
"""What is counted for a figure: its terms, and of a rate the base."""


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
    published: Parts
    now: Parts
    moved: list[Moved] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return SUBJECTS[self.name[0]].measures[self.name[3]]

    @property
    def differs(self) -> bool:
        """A rate of nothing was no figure, and is none."""
        figures = (self.value(self.published), self.value(self.now))
        return self.published != self.now and figures != (None, None)

    @property
    def otherwise(self) -> Parts:
        made = [sum(each.after[part] - each.before[part] for each in self.moved) for part in (0, 1)]
        return self.now[0] - self.published[0] - made[0], self.now[1] - self.published[1] - made[1]

    def value(self, counted: Parts) -> int | Decimal | None:
        return value_of(self.indicator.form, counted[0], counted[1] if self.indicator.is_rate else None)

    def as_dict(self) -> dict[str, Any]:
        rate = self.indicator.is_rate
        return {
            "subject": self.name[0],
            "measure": self.name[3],
            "label": self.indicator.label,
            "unit": self.indicator.unit,
            "dimensions": dict(zip(self.name[1], self.name[2], strict=True)),
            "published": shown(self.value(self.published), self.published, rate=rate),
            "now": shown(self.value(self.now), self.now, rate=rate),
            "difference": counted((self.now[0] - self.published[0], self.now[1] - self.published[1]), rate=rate),
            "otherwise": counted(self.otherwise, rate=rate),
            "cases": [moved_as_dict(each, rate=rate) for each in self.moved],
        }


def shown(value: int | Decimal | None, found: Parts, *, rate: bool) -> dict[str, Any]:
    return {"value": None if value is None else float(value), **counted(found, rate=rate)}


def counted(found: Parts, *, rate: bool) -> dict[str, int | None]:
    """What is counted: cases, times, persons, or cents of an amount."""
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
    found = {name: Restated(name, published.get(name, (0, 0)), now.get(name, (0, 0))) for name in {**published, **now}}
    if subject in KINDS:
        for changed in changes(Known(mark=edition.mark), subject, place):
            for name, before, after in differences(changed, place, days, seen):
                moved = Moved(changed.case, before, after, changed.later, hidden=not may_see(changed.case, scope))
                found.setdefault(name, Restated(name, (0, 0), (0, 0))).moved.append(moved)
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


def published_parts(edition: Edition, subject: str, *, cleared: bool) -> dict[Name, Parts]:
    found: dict[Name, Parts] = {}
    for row in edition.rows.filter(region_code=edition.region_id, organization=None, subject=subject):
        by = tuple(name for name in row.breakdown.split(",") if name)
        for entry in row.figures:
            said = for_reader(entry, cleared=cleared)
            if entry["m"] in SUBJECTS[subject].measures:
                found[subject, by, tuple(entry["d"]), entry["m"]] = said["n"], said["b"] or 0
    return found


def parts_now(place: Place, days: Days, subject: str, seen: Scope) -> dict[Name, Parts]:
    """What is counted now, of figures too that an answer leaves out for want of a base."""
    if subject not in KINDS:
        figures = answered(place, days, subject, scope=seen).figures
        return {name_of(figure): (parts(figure)[0], 0) for figure in figures}
    by = published_breakdowns(subject)
    request = replace(understood(place, days, [subject], by[1:]), scope=seen)
    about, basis = request.subjects[0], best_basis(request, request.subjects[0], by)
    found: dict[Name, Parts] = {}
    for names in by:
        for key, tallied in ask(question(request, about, names), basis).items():
            for indicator in (each for each in about.indicators if applies(each, names)):
                number, base = (sum(tallied[term] for term in terms) for terms in (indicator.terms, indicator.base))
                if number or base:
                    found[subject, names, tuple(map(str, key)), indicator.measure] = number, base
    return found


def may_see(case: Case, scope: Scope) -> bool:
    return scope.allows(
        region_code=case.region_code, organization_id=case.organization_id, kind=case.kind, restricted=case.restricted
    )
