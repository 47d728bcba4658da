"""A shape: one course of a case, folded once, from which any number of cases are written that differ only in who."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casetrack.cases.copying import NULL
from casetrack.cases.generating.courses import COURSES
from casetrack.cases.generating.courses.diary import Diary, Dice
from casetrack.cases.generating.logbook import Logbook
from casetrack.cases.generating.templates import event_key, facts_template, previous_hash, row_template, said_template
from casetrack.cases.models import Case, CaseEvent, Deadline, Milestone
from casetrack.cases.projection import Folded, deadlines_of, milestones_of
from casetrack.kinds.base import Fact
from casetrack.law.calendar import calendar_for
from casetrack.lib.months import month_of
from casetrack.organizations.models import Organization

STALLED = 4  # percent of the cases in which nobody goes on
PLACE = {"case_id": "%(case)s", "organization_id": "%(office)s", "region_code": "%(region)s"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What is written for each case of a shape; the gaps take its keys, its number, its office and its people."""

    kind: str
    year: int
    values: Mapping[str, Fact]
    case: str
    said: tuple[str, ...]
    events: str
    milestones: str
    deadlines: str
    months: frozenset[date]


def shape_of(*, kind: str, office: Organization, on: date, seed: str, now: datetime) -> Shape:
    """The course that a case of this kind, received on that day by an office like this one, takes by `seed`."""
    dice = Dice(seed)
    diary = Diary(on, dice, calendar_for(office.region_id))
    COURSES[kind](diary, dice)
    book = Logbook(kind, office, seed, now)
    steps = [step for step in diary.steps if step.on <= book.today]
    if dice.percent(STALLED):
        steps = steps[: dice.number(1, len(steps))]
    return written(book.up_to_date(steps))


def written(folded: Folded) -> Shape:
    case, events, milestones = folded.case, folded.events, milestones_of(folded)
    return Shape(
        kind=case.kind,
        year=events[0].occurred_on.year,
        values=case.values,
        case=case_template(case, len(events)),
        said=tuple(said_template(event) for event in events),
        events="".join(event_template(event) for event in events),
        milestones="".join(milestone_template(row) for row in milestones),
        deadlines="".join(deadline_template(row) for row in deadlines_of(folded)),
        months=frozenset(month_of(row.happened_on) for row in milestones),
    )


def case_template(case: Case, events: int) -> str:
    return row_template(
        case,
        {
            "id": "%(case)s",
            "organization_id": "%(office)s",
            "region_code": "%(region)s",
            "number": "%(number)s",
            "number_scope": "%(scope)s",
            "private": "%(private)s",
            "head": f"%(hash{events})s",
            "search_text": "%(search_text)s",
        },
    )


def event_template(event: CaseEvent) -> str:
    gaps = {
        "id": event_key(event.sequence),
        "case_id": "%(case)s",
        "facts": facts_template(event),
        "replaces_id": event_key(event.replaces_id) if event.replaces_id else NULL,
        "previous_hash": previous_hash(event),
        "hash": f"%(hash{event.sequence})s",
    }
    return row_template(event, gaps)


def milestone_template(row: Milestone) -> str:
    return row_template(row, PLACE | {"event_id": event_key(row.event_id)}, without=("id",))


def deadline_template(row: Deadline) -> str:
    ended = event_key(row.ended_by_id) if row.ended_by_id else NULL
    return row_template(
        row, PLACE | {"started_by_id": event_key(row.started_by_id), "ended_by_id": ended}, without=("id",)
    )
