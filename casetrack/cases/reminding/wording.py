"""What a message says: numbers of cases, what is due and when, the address of the page. No person, no matter.

Of a restricted case it says that there is one, and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casetrack.cases.models import Deadline, DueReminder, ReminderMessage
from casetrack.cases.sweep import time_left
from casetrack.organizations.scope import scope_of

RESTRICTED = "一件受限案件"
LONGEST = 2000  # bytes: robots of WeCom take 2048
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A clock that still runs. Of a restricted case nothing is known here, so nothing can slip out."""

    number: str = ""
    label: str = ""
    act_by: date | None = None
    days_left: int = 0

    def __str__(self) -> str:
        if self.act_by is None:
            return RESTRICTED
        return f"{self.number} {self.label} {self.act_by}（{self.left}）"

    @property
    def left(self) -> str:
        return time_left(self.days_left)

    def as_data(self) -> dict[str, Any]:
        if self.act_by is None:
            return {"case": RESTRICTED}
        return {"case": self.number, "duty": self.label, "act_by": f"{self.act_by}", "days_left": self.days_left}


def lines_of(message: ReminderMessage, today: date) -> list[Line]:
    """What of a message's reminders still runs and may still be seen by its member, each clock once, by last day."""
    told = {clock_of(each) for each in message.reminders.all()}
    clocks = Deadline.objects.in_scope(scope_of(message.user)).running().filter(case__in={case for case, *_ in told})
    shown = clocks.select_related("case").order_by("act_by", "pk")
    running = {clock_of(each): each for each in shown if clock_of(each) in told}
    return [line_of(each, today) for each in running.values()]


def clock_of(row: Deadline | DueReminder) -> tuple[int, str, date]:
    return (row.case_id, row.duty, row.act_by)


def line_of(clock: Deadline, today: date) -> Line:
    if clock.restricted or clock.case.restricted:
        return Line()
    return Line(clock.case.number, clock.label, clock.act_by, (clock.act_by - today).days)


def title_of(lines: Sequence[Line]) -> str:
    return f"办案期限提醒（{len(lines)}项）"


def text_of(lines: Sequence[Line], link: str, *, longest: int = LONGEST) -> str:
    """As many lines as a robot takes, and how many more there are."""
    end = f"详见 {link}"
    room = longest - size([title_of(lines), end, f"另有{len(lines)}项"])
    said: list[str] = []
    for line in map(str, lines[:MOST_LINES]):
        if size([*said, line]) > room:
            break
        said.append(line)
    more = len(lines) - len(said)
    return "\n".join([title_of(lines), *said, *([f"另有{more}项"] if more else []), end])


def size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)
