"""What offices see of their running clocks: by light, and by the days on which they end."""

from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casetrack.cases.counting import counted
from casetrack.cases.models import Deadline
from casetrack.cases.querysets import DeadlineQuerySet
from casetrack.cases.sweep import Light
from casetrack.kinds import KINDS
from casetrack.law.calendar import WorkCalendar
from casetrack.lib.months import last_day

MOST_URGENT_FIRST = (Light.OVERDUE, Light.RED, Light.YELLOW, Light.GREEN)
IN_COLUMN, ON_DAY = 20, 3
COUNTED_ON_DAY = 99
MONDAYS_FIRST = Calendar()


@dataclass(frozen=True, slots=True)
class Group:
    """The clocks of one kind of case."""

    kind: str
    clocks: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The clocks that show one light, the most urgent of them by kind, and how many there are in all."""

    light: Light
    number: int
    groups: tuple[Group, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with the clocks that end on it. `rest` is why nobody works then, `worked` why one does on a weekend."""

    day: date
    within: bool
    rest: str
    worked: str
    lines: tuple[dict[str, Any], ...]
    number: int

    @property
    def more(self) -> bool:
        return self.number > len(self.lines)


def columns(clocks: DeadlineQuerySet, lights: Sequence[Light], today: date) -> list[Column]:
    """A column a light, each with the first of its clocks: as many as people look through."""
    shown = {light: clocks.showing([light], today) for light in lights}
    numbers = counted({light.value: each for light, each in shown.items()})
    return [column(light, numbers[light.value], list(each.shown()[:IN_COLUMN])) for light, each in shown.items()]


def column(light: Light, number: int, clocks: Sequence[Deadline]) -> Column:
    return Column(light, number, by_kind(clocks), number > len(clocks))


def by_kind(clocks: Iterable[Deadline]) -> tuple[Group, ...]:
    kinds: dict[str, list[Deadline]] = {code: [] for code in KINDS}
    for clock in clocks:
        kinds[clock.kind].append(clock)
    return tuple(Group(KINDS[code].label, tuple(found)) for code, found in kinds.items() if found)


def month_of_days(clocks: DeadlineQuerySet, month: date, calendar: WorkCalendar) -> list[list[CalendarDay]]:
    """The weeks of a month; of each day the first clocks, and how many end on it up to a hundred."""
    ending: dict[date, list[dict[str, Any]]] = {}
    for line in lines_by_day(clocks, month):
        ending.setdefault(line["act_by"], []).append(line)
    weeks = MONDAYS_FIRST.monthdatescalendar(month.year, month.month)
    return [[calendar_day(day, month, calendar, ending.get(day, [])) for day in week] for week in weeks]


def lines_by_day(clocks: DeadlineQuerySet, month: date) -> list[dict[str, Any]]:
    """One question for all days, of which each is answered from its own stretch of the index."""
    columns = ("case_id", "case__number", "label", "act_by", "yellow_on", "red_on")
    days = (month.replace(day=number) for number in range(1, last_day(month).day + 1))
    first, *others = (clocks.filter(act_by=day).order_by("pk").values(*columns)[: COUNTED_ON_DAY + 1] for day in days)
    return list(first.union(*others, all=True))


def calendar_day(day: date, month: date, calendar: WorkCalendar, lines: Sequence[dict[str, Any]]) -> CalendarDay:
    works = calendar.is_working(day)
    return CalendarDay(
        day=day,
        within=(day.year, day.month) == (month.year, month.month),
        rest="" if works else calendar.reason_of(day),
        worked=calendar.reason_of(day) if calendar.is_made_up(day) else "",
        lines=tuple(lines[:ON_DAY]),
        number=len(lines),
    )
