"""A case as its events leave it: state, values, milestones and clocks are folds of what happened, and nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from casetrack.kinds import clocks
from casetrack.kinds.base import Fact, Facts, Kind, Mark, Pause, Start, Step
from casetrack.kinds.clocks import Clock
from casetrack.kinds.refusals import DateRefused, GuardRefused, StepRefused, TermRefused
from casetrack.kinds.standing import START as START
from casetrack.kinds.standing import Gap as Gap
from casetrack.kinds.standing import Happening as Happening
from casetrack.kinds.standing import Milestone as Milestone
from casetrack.kinds.standing import Standing as Standing
from casetrack.law.calendar import WorkCalendar, calendar_for
from casetrack.law.counting import Exclusion
from casetrack.law.statutes import duty
from casetrack.law.terms import NoTermInForce


def fold(
    kind: Kind, happenings: Iterable[Happening], *, region_code: str = "", context: Mapping[str, str] | None = None
) -> Standing:
    """The standing after `happenings`: the opening first, the others by legal date and, within a day, as logged.

    `region_code` chooses calendar and local rules; `context` holds the dimensions that the office in charge brings
    along. Raises StepRefused or DateRefused for the first happening that the lifecycle does not allow.
    """
    office = Office(region_code, calendar_for(region_code), context or {})
    standing = Standing()
    for happening in in_legal_order(kind, happenings):
        take(kind, standing, happening, office)
    return standing


def in_legal_order(kind: Kind, happenings: Iterable[Happening]) -> list[Happening]:
    opening = kind.opening.name
    return sorted(happenings, key=lambda h: (h.step != opening, h.on, h.sequence))


@dataclass(frozen=True, slots=True)
class Office:
    """What the place of the office in charge decides: local rules, rest days, dimensions."""

    region_code: str
    calendar: WorkCalendar
    context: Mapping[str, str]


def take(kind: Kind, standing: Standing, happening: Happening, office: Office) -> None:
    step = allowed_step(kind, standing, happening)
    for name in step.records:  # a step taken again says everything anew: a second hearing is not attended by the first
        standing.values.pop(name, None)
    standing.values.update(happening.facts)
    standing.values.update(step.sets)
    refuse_guarded(step, standing, happening.on)
    standing.taken.append((step.name, happening.on))
    move_clocks(standing, step, happening, office)
    ended = end_clocks(standing, step, happening, office)
    standing.milestones.extend(marks_made(kind, standing, step, happening, ended, office.context))
    for start in step.starts:
        if starts_now(start, standing.values, happening.on):
            start_clock(kind, start, happening, standing, office)
    standing.opened_on = standing.opened_on or happening.on
    standing.state = step.target or standing.state


def refuse_guarded(step: Step, standing: Standing, on: date) -> None:
    """Raise GuardRefused where a guard of the step objects, TermRefused where it finds no law in force that day."""
    for guard in step.guards:
        try:
            problem = guard(standing, on)
        except NoTermInForce as gap:
            raise TermRefused(f"不能按{on}有效的法律核对“{step.label}”：{gap}；请核对日期") from gap
        if problem:
            raise GuardRefused(problem)


def starts_now(start: Start, values: Facts, on: date) -> bool:
    spared = any(values.get(name) == excluded for name, excluded in start.unless)
    return start.practised_on(on) and holds(start.when, values) and not spared


def allowed_step(kind: Kind, standing: Standing, happening: Happening) -> Step:
    step = kind.step_named.get(happening.step)
    if step is None:
        raise StepRefused(
            f"{kind.label}没有“{happening.step}”这一步骤，可用的有：{'、'.join(s.name for s in kind.steps)}",
            allowed=[s.name for s in kind.steps_from(standing.state)],
        )
    if standing.opened_on and happening.on < standing.opened_on:
        raise DateRefused(f"“{step.label}”的日期{happening.on}早于案件登记的日期{standing.opened_on}，请核对")
    if not (step.opens_case and standing.state == START) and standing.state not in step.sources:
        raise refusal(kind, standing.state, step)
    return step


def refusal(kind: Kind, state: str, step: Step) -> StepRefused:
    if state == START:
        return StepRefused(f"案件尚未登记，应先“{kind.opening.label}”", allowed=[kind.opening.name])
    ways = kind.steps_from(state)
    names = "、".join(f"“{way.label}”" for way in ways) or "无（程序已终结）"
    return StepRefused(
        f"{kind.label}案件处于“{kind.state_named[state].label}”状态，不能“{step.label}”；可进行的步骤：{names}",
        allowed=[way.name for way in ways],
    )


def end_clocks(standing: Standing, step: Step, happening: Happening, office: Office) -> list[Clock]:
    """End the running clocks that the step fulfils or drops; the fulfilled ones, as they ended.

    A clock that stood still gets back the days of its pause first: what was paused can't have become late meanwhile.
    """
    fulfilled = []
    for index, running in enumerate(standing.clocks):
        if running.runs and running.duty in step.ends + step.drops:
            clock = clocks.resumed(running, happening.on, office.calendar)
            dropped = clock.duty in step.drops
            standing.clocks[index] = replace(clock, ended_by=happening.sequence, ended_on=happening.on, dropped=dropped)
            if not dropped:
                fulfilled.append(standing.clocks[index])
    return fulfilled


def move_clocks(standing: Standing, step: Step, happening: Happening, office: Office) -> None:
    """What the step does to clocks already running: another law, an extension, a pause, a resumption."""
    if step.governs and isinstance(chosen := standing.values.get(step.governs), str):
        standing.governed_on = day = date.fromisoformat(chosen)
        duties = [clock.duty for clock in standing.clocks]
        anew = partial(
            clocks.governed_anew,
            governed_on=day,
            region_code=office.region_code,
            calendar=office.calendar,
            day_of=lambda fact: counted_from(fact, standing),
        )
        standing.clocks = clocks.changed(standing.clocks, duties, anew)
    standing.clocks = clocks.changed(
        standing.clocks, step.resumes, lambda clock: clocks.resumed(clock, happening.on, office.calendar)
    )
    for name, by in step.extends:
        days = number(standing.values.get(by), 0)
        standing.clocks = clocks.changed(
            standing.clocks, (name,), partial(clocks.extended, days=days, calendar=office.calendar)
        )
    for pause in step.pauses:
        standing.clocks = clocks.changed(standing.clocks, pause.duties, pausing(pause, standing, happening, office))


def pausing(pause: Pause, standing: Standing, happening: Happening, office: Office) -> Callable[[Clock], Clock]:
    first, beyond = standing.values.get(pause.start), standing.values.get(pause.end)
    if isinstance(first, str) and isinstance(beyond, str):
        try:
            interval = Exclusion(date.fromisoformat(first), date.fromisoformat(beyond), pause.reason)
        except ValueError as backwards:
            raise TermRefused(str(backwards)) from backwards
        return lambda clock: clocks.excluded(clock, interval, office.calendar)
    return lambda clock: clocks.paused(clock, happening.on, pause.reason)


def start_clock(kind: Kind, start: Start, happening: Happening, standing: Standing, office: Office) -> None:
    """Start the clock under the law that governs the case, or note that the law has a gap there.

    Some old rules count from an earlier milestone: in the 1999 law a reconsideration ran from receipt.
    """
    governed_on = standing.governed_on or standing.first(kind.governed_by) or happening.on
    try:
        governing = duty(start.duty).rule_on(governed_on, office.region_code)
        day = counted_from(start.fact or governing.counted_from, standing)
        if start.past and day is None:
            return
        clock = clocks.start(
            start,
            governing,
            counted_from=day or happening.on,
            governed_on=governed_on,
            calendar=office.calendar,
            by=happening.sequence,
            days=number(standing.values.get(start.named_days), 0),
        )
    except NoTermInForce as gap:
        if not start.local:
            standing.gaps.append(Gap(start.duty, happening.sequence, str(gap)))
    else:
        over = replace(clock, ended_by=happening.sequence, ended_on=happening.on)
        standing.clocks.append(over if start.past else clock)


def counted_from(fact: str, standing: Standing) -> date | None:
    """The day of the fact that a rule counts from, where the case knows it: a date among its values, or a milestone.

    Of a moment, with its hour: the law counts some terms in hours.
    """
    day = standing.values.get(fact)
    if isinstance(day, str):
        return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    return standing.first(fact.removesuffix("_on"))


def marks_made(
    kind: Kind, standing: Standing, step: Step, happening: Happening, ended: Sequence[Clock], context: Mapping[str, str]
) -> list[Milestone]:
    in_time = all(clock.in_time for clock in ended)
    wanted = [
        mark
        for mark in step.marks
        if is_made(mark, standing.values)
        and follows(mark, standing)
        and not repeats(mark, standing)
        and is_timed_so(mark, ended, standing, happening)
    ]
    if not wanted:
        return []
    dimensions = {**context, **dimensions_of(kind, standing.values)}
    return [
        Milestone(
            mark.name,
            day_of(mark, standing.values, happening.on),
            happening.sequence,
            dimensions,
            number(standing.values.get(mark.persons), mark.unsaid),
            number(standing.values.get(mark.cents), 0),
            in_time,
        )
        for mark in wanted
    ]


def is_made(mark: Mark, values: Facts) -> bool:
    if mark.given and not values.get(mark.given):
        return False
    return holds(mark.when, values) and not any(values.get(name) == excluded for name, excluded in mark.unless)


def follows(mark: Mark, standing: Standing) -> bool:
    return not mark.after or standing.first(mark.after) is not None


def day_of(mark: Mark, values: Facts, on: date) -> date:
    """The day of the step, or that of the date which the mark waits for."""
    waited_for = values.get(mark.on)
    return max(on, date.fromisoformat(waited_for)) if isinstance(waited_for, str) else on


def is_timed_so(mark: Mark, ended: Sequence[Clock], standing: Standing, happening: Happening) -> bool:
    if mark.lapsed:
        lasts = [standing.last_day(duty) for duty in mark.lapsed]
        return any(last is not None and last < happening.on for last in lasts)
    if mark.kept is None:
        return True
    return bool(ended) and mark.kept is all(clock.in_time for clock in ended)


def repeats(mark: Mark, standing: Standing) -> bool:
    return mark.once and standing.first(mark.name) is not None


def number(value: Fact | None, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def dimensions_of(kind: Kind, values: Facts) -> dict[str, str]:
    return {f.name: coded(values[f.name]) for f in kind.fields if f.dimension and f.name in values}


def coded(value: Fact) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def holds(conditions: Sequence[tuple[str, Fact]], values: Facts) -> bool:
    return all(values.get(name) == wanted for name, wanted in conditions)
