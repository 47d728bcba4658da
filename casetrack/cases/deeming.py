"""What the law takes to have happened when a clock ran out, recorded as an event once the day has surely passed."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import localdate

from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import CaseEvent, Deadline, Milestone
from casetrack.cases.operations import advance_many
from casetrack.kinds import KINDS
from casetrack.kinds.base import Deemed, Whose

DEEMED: dict[tuple[str, str], Deemed] = {
    (kind.code, deemed.duty): deemed for kind in KINDS.values() for deemed in kind.deemed
}


def deem(*, now: datetime, limit: int, refused: dict[int, str]) -> int:
    """Record what is deemed by today in every case where it is; how many events there were.

    A case whose lifecycle no longer allows it is named in `refused`, and does not keep the others waiting. Run twice,
    it finds the clocks ended.
    """
    recorded = 0
    for chunk in lapsed(localdate(now), limit):
        # a case that two of its clocks have run out for takes the step of the first, and the second is looked at anew
        steps = {clock.case_id: step_of(clock) for clock in reversed(chunk)}
        problems = advance_many(steps=steps, actor=None, now=now)
        refused.update({case: str(problem) for case, problem in problems.items()})
        recorded += len(steps) - len(problems)
    return recorded


def deemed_events(cases: Collection[int]) -> list[CaseEvent]:
    """What was recorded in some cases by the law: events that people or ledgers log name one or the other."""
    by_nobody = CaseEvent.objects.of_cases(cases).filter(actor=None, batch=None, replaces=None)
    steps = {(kind, deemed.step) for (kind, _), deemed in DEEMED.items()}
    found = by_nobody.filter(step__in={step for _, step in steps}).select_related("case").order_by("case", "sequence")
    return [event for event in found if (event.case.kind, event.step) in steps]


def step_of(clock: Deadline) -> StepDraft:
    return deemed_step(DEEMED[clock.kind, clock.duty], max(clock.due_on, clock.rolled_on or clock.due_on))


def deemed_step(deemed: Deemed, last_day: date) -> StepDraft:
    """The step that the law takes to have been taken once a clock's last day has passed."""
    return StepDraft(deemed.step, last_day + timedelta(days=1) if deemed.day_after else last_day)


def not_noted(milestone: str) -> Q:
    """Own duties that are overdue and were not said to be yet."""
    noted = Milestone.objects.filter(case=OuterRef("case"), name=milestone)
    return Q(whose=Whose.OFFICE) & ~Q(Exists(noted))


def lapsed(today: date, limit: int) -> Iterator[list[Deadline]]:
    """The running clocks, whosever they are, whose last day has passed by every reading of the law, in chunks."""
    wanted = Q(pk__in=[])
    for (kind, duty), deemed in DEEMED.items():
        wanted |= Q(kind=kind, duty=duty) & (not_noted(deemed.unless) if deemed.unless else Q())
    clocks = Deadline.objects.filter(wanted, ended_on=None, paused_on=None, act_by__lt=today).annotate(
        last_day=Greatest("due_on", Coalesce("rolled_on", "due_on"))
    )
    reached = 0
    while chunk := list(clocks.filter(last_day__lt=today, pk__gt=reached).order_by("pk")[:limit]):
        yield chunk
        reached = chunk[-1].pk
