"""Steps become events as a clerk would have logged them: mostly the same day, now and then wrong, and put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone, localdate

from casetrack.cases.deeming import DEEMED, deemed_step
from casetrack.cases.drafts import StepDraft, checked_steps
from casetrack.cases.generating.courses.diary import Dice
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.projection import Folded, fold_case, set_standing
from casetrack.kinds import KINDS
from casetrack.kinds.base import Whose
from casetrack.organizations.models import Organization

MISCOUNTED = 1.5  # percent of the cases in which the number of persons was first written down wrong
DAYS_LATE = {0: 84, 1: 9, 3: 5, 12: 2}
OPENS_AT = time(8, 30)
OPEN_SECONDS = 9 * 3600


@dataclass(frozen=True, slots=True)
class Logbook:
    """An office's log of one kind of case; `seed` decides how late and how well it is kept."""

    kind: str
    office: Organization
    seed: str
    now: datetime

    @property
    def today(self) -> date:
        return localdate(self.now)

    def up_to_date(self, steps: Sequence[StepDraft]) -> Folded:
        """The steps with all that the daily sweep would have recorded of the case by now."""
        folded = self.folded(steps)
        while lapsed := self.deemed(folded):
            steps = sorted([*steps, lapsed], key=lambda step: step.on)
            folded = self.folded(steps)
        return folded

    def deemed(self, folded: Folded) -> StepDraft | None:
        for clock in folded.standing.clocks:
            deemed = DEEMED.get((self.kind, clock.duty))
            if deemed and deemed.unless and (clock.whose is not Whose.OFFICE or folded.standing.first(deemed.unless)):
                continue  # it runs on, and was noted
            if deemed and clock.runs and clock.paused_on is None and clock.due.last_day < self.today:
                return deemed_step(deemed, clock.due.last_day)
        return None

    def folded(self, steps: Sequence[StepDraft]) -> Folded:
        """The case as its steps leave it, its events known by their places. Raises Refused, as for any case."""
        checked, _ = checked_steps(KINDS[self.kind], self.office, tuple(steps), today=self.today)
        case = Case(pk=0, kind=self.kind, organization=self.office, region_code=self.office.region_id)
        folded = fold_case(case, self.events(case, checked), {self.office.pk: self.office})
        case.created_at = folded.events[0].recorded_at
        set_standing(folded)
        return folded

    def events(self, case: Case, steps: Sequence[StepDraft]) -> list[CaseEvent]:
        dice = Dice(f"{self.seed}/log")
        wrong = len(steps) > 1 and "persons" in steps[0].facts and dice.percent(MISCOUNTED)
        events: list[CaseEvent] = []
        for step in steps:
            before = events[-1].recorded_at if events else None
            events.append(
                CaseEvent(
                    pk=len(events) + 1,
                    case=case,
                    sequence=len(events) + 1,
                    step=step.step,
                    occurred_on=step.on,
                    recorded_at=self.entered(step.on, before, dice),
                    facts=dict(step.facts),
                )
            )
        return [*events, self.put_right(case, events, dice)] if wrong else events

    def entered(self, on: date, before: datetime | None, dice: Dice) -> datetime:
        """When a step was logged: after the one before it, and not tomorrow."""
        day = on + timedelta(days=dice.one_of(DAYS_LATE))
        moment = datetime.combine(day, OPENS_AT, get_default_timezone())
        moment += timedelta(seconds=dice.number(0, OPEN_SECONDS))
        return min(max(moment, before or moment), self.now)

    def put_right(self, case: Case, events: Sequence[CaseEvent], dice: Dice) -> CaseEvent:
        """The correction of the first event, which is made to count one person too many."""
        first, last = events[0], events[-1]
        right = dict(first.facts)
        first.facts = right | {"persons": int(right["persons"]) + 1}
        return CaseEvent(
            pk=last.sequence + 1,
            case=case,
            sequence=last.sequence + 1,
            step=first.step,
            occurred_on=first.occurred_on,
            recorded_at=self.entered(last.occurred_on, last.recorded_at, dice),
            facts=right,
            replaces=first,
            reason="录入人数有误",
        )
