"""The clocks of a case: started, extended, paused, resumed and ended by steps, each date by the rule that governs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casetrack.kinds.lifecycle import Start, Whose
from casetrack.kinds.refusals import TermRefused
from casetrack.law.arithmetic import Due, DueDateRefused, due
from casetrack.law.calendar import WorkCalendar
from casetrack.law.counting import Exclusion
from casetrack.law.statutes import duty, rule
from casetrack.law.terms import NoTermInForce, Rule, Unit


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty that runs, or ran, in a case, with all that its date rests on.

    While `paused_on` is set the date stands still: `due` is then what it was before the pause.
    """

    duty: str
    label: str
    whose: Whose
    due: Due
    governed_on: date
    started_by: int
    extended_by: tuple[int, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    named: tuple[int, Unit] | None = None
    paused_on: date | None = None
    paused_for: str = ""
    ended_by: int | None = None
    ended_on: date | None = None
    dropped: bool = False

    @property
    def runs(self) -> bool:
        return self.ended_on is None

    @property
    def in_time(self) -> bool:
        return self.ended_on is None or self.dropped or self.ended_on <= self.due.act_by

    @property
    def presses(self) -> bool:
        """Whether the office must act by its date."""
        return self.runs and self.paused_on is None and self.whose is Whose.OFFICE

    @property
    def rule(self) -> Rule:
        return rule(self.due.rule_id)


def start(
    declared: Start,
    governing: Rule,
    *,
    counted_from: date,
    governed_on: date,
    calendar: WorkCalendar,
    by: int,
    days: int | None = None,
) -> Clock:
    """A clock under a rule; `days` is the length that the step names. Raises TermRefused where it may not name one."""
    named = (days, governing.term_on(governed_on).unit) if days else None
    try:
        counted = due(governing, counted_from, calendar=calendar, governed_on=governed_on, named=named)
    except DueDateRefused as refused:
        raise TermRefused(str(refused)) from refused
    return Clock(
        duty=declared.duty,
        label=duty(declared.duty).label,
        whose=declared.whose,
        due=counted,
        governed_on=governed_on,
        started_by=by,
        named=named,
    )


def recounted(clock: Clock, calendar: WorkCalendar) -> Clock:
    """The clock with its date counted anew. Raises TermRefused where the rule doesn't allow what was asked."""
    try:
        counted = due(
            clock.rule,
            clock.due.start,
            calendar=calendar,
            governed_on=clock.governed_on,
            extended_by=clock.extended_by,
            exclusions=clock.exclusions,
            named=clock.named,
        )
    except DueDateRefused as refused:
        raise TermRefused(str(refused)) from refused
    return replace(clock, due=counted)


def governed_anew(
    clock: Clock,
    governed_on: date,
    region_code: str,
    calendar: WorkCalendar,
    day_of: Callable[[str], date | None] = lambda fact: None,
) -> Clock:
    """The clock under the rule of another version of the law.

    `day_of` gives the day of a fact: one version may count from receipt what another counts from acceptance.
    """
    try:
        governing = duty(clock.duty).rule_on(governed_on, region_code)
    except NoTermInForce as gap:
        raise TermRefused(f"不能改按{governed_on}有效的法律办理：{gap}") from gap
    other_start = day_of(governing.counted_from) if governing.counted_from != clock.rule.counted_from else None
    due_then = replace(clock.due, rule_id=governing.id, start=other_start or clock.due.start)
    return recounted(replace(clock, governed_on=governed_on, due=due_then), calendar)


def extended(clock: Clock, days: int, calendar: WorkCalendar) -> Clock:
    return recounted(replace(clock, extended_by=(*clock.extended_by, days)), calendar)


def paused(clock: Clock, on: date, reason: str) -> Clock:
    """Stopped from `on`, where the rule lets this reason stop it; a clock that stands still already stays so."""
    if clock.paused_on is not None or reason not in clock.rule.pauses:
        return clock
    return replace(clock, paused_on=on, paused_for=reason)


def resumed(clock: Clock, on: date, calendar: WorkCalendar) -> Clock:
    """Running again from `on`: the days from the pause, inclusive, to the resumption, exclusive, are given back."""
    if clock.paused_on is None:
        return clock
    pause = Exclusion(clock.paused_on, on, clock.paused_for)
    running = replace(clock, exclusions=(*clock.exclusions, pause), paused_on=None, paused_for="")
    return recounted(running, calendar)


def excluded(clock: Clock, exclusion: Exclusion, calendar: WorkCalendar) -> Clock:
    """An interval taken out, where the rule lets this reason be taken out."""
    if exclusion.reason not in clock.rule.pauses:
        return clock
    return recounted(replace(clock, exclusions=(*clock.exclusions, exclusion)), calendar)


def changed(clocks: Sequence[Clock], duties: Sequence[str], change: Callable[[Clock], Clock]) -> list[Clock]:
    """The clocks with a change made to those that run for one of the duties."""
    return [change(clock) if clock.runs and clock.duty in duties else clock for clock in clocks]
