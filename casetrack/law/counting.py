"""Counting days: the last day is the n-th day that counts.

One definition serves every unit. A day counts when it lies after the first day, is not excluded, and (for
terms in working days) is worked.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casetrack.law.calendar import WorkCalendar
from casetrack.law.terms import PAUSES, Roll, Term, Unit

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An interval [start, end) that does not count, for one of the reasons the rule knows."""

    start: date
    end: date
    reason: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"扣除的期间不能在开始（{self.start}）之前结束（{self.end}）")
        if self.reason not in PAUSES:
            raise ValueError(f"“{self.reason}”不是已知的扣除事由；已知事由：{'、'.join(PAUSES)}")


@dataclass(frozen=True, slots=True)
class Pause:
    """What an exclusion did to a term: by how many days (of the unit's kind) it moved the end."""

    start: date
    end: date
    days: int


def count(
    start: date,
    length: int,
    unit: Unit,
    extra: int,
    term: Term,
    calendar: WorkCalendar,
    exclusions: Sequence[Exclusion] = (),
) -> tuple[date, list[Pause]]:
    """The last day that counts, before any roll, and the pauses that moved it there."""
    early = DAY if term.first_day_counts else timedelta(0)
    before = start - early
    if unit is Unit.WORKING_DAY:
        last = calendar.add_working_days(before, length + extra)
    elif extra and term.extension and term.extension.unit is not unit:
        last = shift(shift(start, length, unit), extra, term.extension.unit) - early
    else:
        last = shift(start, length + extra, unit) - early
    pauses = []
    for begin, end in merged(exclusions):
        # the first day does not count anyway, and what comes after the last day comes too late
        begin = max(begin, before + DAY)
        if begin > last or begin >= end:
            continue
        if unit is Unit.WORKING_DAY:
            days = calendar.working_days_between(begin, end)
            last = calendar.add_working_days(last, days)
        else:
            days = (end - begin).days
            last += end - begin
        pauses.append(Pause(begin, end, days))
    return last, pauses


def count_back(day: date, length: int, unit: Unit, calendar: WorkCalendar) -> date:
    """The last day that leaves `length` whole days between itself and `day`."""
    if unit is Unit.WORKING_DAY:
        return calendar.add_working_days(day, -length - 1)
    return shift(day, -length, unit) - DAY


def shift(day: date, n: int, unit: Unit) -> date:
    """`day` moved by n days, months or years: to the corresponding day, or else the last of the month."""
    if unit is Unit.DAY:
        return day + timedelta(days=n)
    months = day.year * 12 + day.month - 1 + n * (12 if unit is Unit.YEAR else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def merged(exclusions: Sequence[Exclusion]) -> list[tuple[date, date]]:
    """The intervals in order, those that touch or overlap made one, so that no day is excluded twice."""
    found: list[tuple[date, date]] = []
    for begin, end in sorted((each.start, each.end) for each in exclusions):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def roll(
    day: date, mode: Roll, calendar: WorkCalendar, exclusions: Sequence[Exclusion] = (), *, backwards: bool = False
) -> date | None:
    """The working day to which a last day on a rest day moves; None where it is worked or the law lets it stay."""
    if mode is Roll.STAYS or calendar.is_working(day):
        return None
    if backwards:
        return calendar.on_or_before(day)
    moved = calendar.on_or_after(day)
    for begin, end in merged(exclusions):
        if begin <= moved < end:
            moved = calendar.on_or_after(end)
    return moved
