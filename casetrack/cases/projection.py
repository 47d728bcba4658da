"""What is kept beside the events for speed: a case's standing, milestones and clocks, always set from their fold."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from casetrack.cases.copying import copy_in, copy_over
from casetrack.cases.drafts import context_of
from casetrack.cases.entry import entry_of
from casetrack.cases.footing import Footing
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone, Unsettled
from casetrack.cases.searching import text_of
from casetrack.kinds.base import ORGANIZATION
from casetrack.kinds.clocks import Clock
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.law.calendar import calendar_for
from casetrack.law.terms import Unit
from casetrack.lib.months import month_of
from casetrack.lib.queues import nudge
from casetrack.organizations.models import FormerRegion, Organization
from casetrack.organizations.moving import at_any_time, region_on

SETTLE = "workers.jobs.settle_statistics"
CASE_FIELDS = (
    "organization",
    "region_code",
    "state",
    "received_on",
    "closed_on",
    "due_on",
    "restricted",
    "yellow_on",
    "red_on",
    "values",
    "private",
    "version",
    "head",
    "ledger_digest",
    "search_text",
)
Bucket = tuple[int, str, date]


@dataclass(frozen=True, slots=True)
class Folded:
    """A case with all its events and the standing they leave it in."""

    case: Case
    events: Sequence[CaseEvent]
    standing: Standing
    organization: Organization

    @property
    def restricted(self) -> bool:
        """Whether the case, and all that is kept of it, is for those cleared only."""
        return self.case.declared.restricts(self.standing.values)


def effective(events: Iterable[CaseEvent]) -> list[tuple[CaseEvent, int]]:
    """The events that stand, each with its place: a correction takes the place of what it replaces."""
    known = {event.pk: event for event in events}
    replaced = {event.replaces_id for event in known.values() if event.replaces_id}
    standing = [event for event in known.values() if event.pk not in replaced and not event.retracts]
    return [(event, root_of(event, known).sequence) for event in standing]


def root_of(event: CaseEvent, known: Mapping[int, CaseEvent]) -> CaseEvent:
    while event.replaces_id:
        event = known[event.replaces_id]
    return event


def fold_case(case: Case, events: Sequence[CaseEvent], organizations: Mapping[int, Organization]) -> Folded:
    """Fold a case anew. Raises Refused where the events, with the one just added, are not lawful."""
    pairs = effective(events)
    organization = organization_in(pairs, organizations) or case.organization
    happenings = [Happening(place, event.step, event.occurred_on, event.facts) for event, place in pairs]
    standing = fold(case.declared, happenings, region_code=organization.region_id, context=context_of(organization))
    return Folded(case, events, standing, organization)


def organization_in(
    pairs: Iterable[tuple[CaseEvent, int]], organizations: Mapping[int, Organization]
) -> Organization | None:
    return next((organizations[event.facts[ORGANIZATION]] for event, _ in pairs if ORGANIZATION in event.facts), None)


def project(folded: Sequence[Folded], *, fresh: bool = False) -> None:
    """Write what the folds say, mark the months whose figures they move, and ask for a count.

    Call inside the transaction that wrote the events; `fresh` cases were saved as they stand and have nothing to
    replace.
    """
    before = {} if fresh else stored_milestones([item.case.pk for item in folded])
    after = {item.case.pk: milestones_of(item) for item in folded}
    if not fresh:
        Milestone.objects.filter(case__in=after).delete()
        Deadline.objects.filter(case__in=after).delete()
    copy_in([row for rows in after.values() for row in rows])
    copy_in([row for item in folded for row in deadlines_of(item)])
    if not fresh:
        for item in folded:
            set_standing(item)
        copy_over([item.case for item in folded], CASE_FIELDS)
    mark(row for pk, rows in after.items() for row in moved(before.get(pk, []), rows))


def set_standing(item: Folded) -> None:
    case, standing = item.case, item.standing
    is_open = case.declared.state_named[standing.state].open if standing.state else False
    case.organization, case.region_code = item.organization, item.organization.region_id
    case.state = standing.state
    case.values = {name: value for name, value in standing.values.items() if name != ORGANIZATION}
    case.received_on = standing.first("received")
    case.closed_on = None if is_open else standing.first("closed")
    case.due_on = standing.due_on
    case.restricted = item.restricted
    lights = [lights_of(clock, case.region_code) for clock in standing.clocks if clock.presses]
    case.yellow_on = min((yellow for yellow, _ in lights), default=None)
    case.red_on = min((red for _, red in lights), default=None)
    case.version = item.events[-1].sequence
    case.head = item.events[-1].hash
    case.search_text = text_of(case)


def stored_milestones(cases: Sequence[int]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    for row in Milestone.objects.filter(case__in=cases):
        found.setdefault(row.case_id, []).append(row)
    return found


def mark(changed: Iterable["Counted"]) -> None:
    """Have these milestones counted anew, with all of their names in their months: one mark a month of an office."""
    found: dict[Bucket, set[str]] = {}
    for row in changed:
        found.setdefault((row.organization, row.kind, month_of(row.happened_on)), set()).add(row.name)
    marks = [
        Unsettled(organization_id=office, kind=kind, month=month, names=sorted(names))
        for (office, kind, month), names in sorted(found.items())
    ]
    if marks:
        copy_in(marks)
        nudge(SETTLE)


class Counted(NamedTuple):
    """All that figures read of a milestone."""

    organization: int
    kind: str
    name: str
    happened_on: date
    received_on: date
    dimensions: tuple[tuple[str, str], ...]
    persons: int
    cents: int
    in_time: bool
    region_code: str
    restricted: bool


def moved(before: Iterable[Milestone], after: Iterable[Milestone]) -> Iterable[Counted]:
    """What figures read of a case's milestones before and not after, or the other way round.

    Two may be the same to them, such as two sessions of one day.
    """
    old, new = Counter(map(counted, before)), Counter(map(counted, after))
    return (old - new) + (new - old)


def counted(row: Milestone) -> Counted:
    return Counted(
        row.organization_id,
        row.kind,
        row.name,
        row.happened_on,
        row.received_on,
        tuple(sorted(row.dimensions.items())),
        row.persons,
        row.cents,
        row.in_time,
        row.region_code,
        row.restricted,
    )


def milestones_of(item: Folded, *, knows: Callable[[FormerRegion], bool] = at_any_time) -> list[Milestone]:
    """They count where the office lay when the case came to it, all in one place, so that what came in there goes out.

    `knows` leaves out moves of offices that were entered later.
    """
    places = {place: event for event, place in effective(item.events)}
    received = next((made for made in item.standing.milestones if made.name == "received"), None)
    if received is None:
        return []
    region_code = region_on(item.organization, received.on, knows=knows)
    return [
        Milestone(
            case=item.case,
            event=places[made.sequence],
            organization=item.organization,
            region_code=region_code,
            kind=item.case.kind,
            restricted=item.restricted,
            name=made.name,
            happened_on=made.on,
            received_on=received.on,
            dimensions=dict(made.dimensions),
            persons=made.persons,
            cents=made.cents,
            in_time=made.in_time,
        )
        for made in (*item.standing.milestones, entry_of(item.events, received))
    ]


def deadlines_of(item: Folded) -> list[Deadline]:
    places = {place: event for event, place in effective(item.events)}
    return [deadline_row(item, clock, places) for clock in item.standing.clocks]


def deadline_row(item: Folded, clock: Clock, places: Mapping[int, CaseEvent]) -> Deadline:
    region_code = item.organization.region_id
    footing = Footing.of(clock)
    due = footing.explained(clock.rule, region_code)
    yellow, red = lights_of(clock, region_code)
    return Deadline(
        case=item.case,
        organization=item.organization,
        region_code=region_code,
        kind=item.case.kind,
        restricted=item.restricted,
        duty=clock.duty,
        whose=clock.whose.value,
        label=clock.label,
        rule=due.rule_id,
        article=due.article,
        counted_from=due.start,
        due_on=due.due_on,
        rolled_on=due.rolled_on,
        act_by=due.act_by,
        yellow_on=yellow,
        red_on=red,
        verified=due.verified,
        provisional=due.provisional,
        receipt=[line.as_json() for line in due.receipt],
        started_by=places[clock.started_by],
        ended_by=places[clock.ended_by] if clock.ended_by else None,
        ended_on=clock.ended_on,
        dropped=clock.dropped,
        paused_on=clock.paused_on,
        **footing.columns(clock.rule),
    )


def lights_of(clock: Clock, region_code: str) -> tuple[date, date]:
    """The days from which a clock shows yellow and red."""
    yellow, red = clock.rule.warn
    unit = clock.due.unit
    return days_before(clock.due.act_by, yellow, unit, region_code), days_before(
        clock.due.act_by, red, unit, region_code
    )


def days_before(day: date, number: int, unit: Unit, region_code: str) -> date:
    """A warning day: counted as the rule counts, so that three working days of warning are three to work in."""
    if unit is Unit.WORKING_DAY:
        return calendar_for(region_code).add_working_days(day, -number)
    return day - timedelta(days=number)
