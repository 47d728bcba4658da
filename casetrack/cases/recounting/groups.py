"""Which clocks the law and the calendars, as now declared, date otherwise than is kept: asked of groups, not rows.

A million clocks rest on some thousand combinations of rule, day and place; each is dated once.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction

from casetrack.cases.footing import Footing, shape_of
from casetrack.cases.projection import days_before
from casetrack.law.arithmetic import DueDateRefused
from casetrack.law.calendar import DayNotInCalendar
from casetrack.law.places import prefixes_of_places
from casetrack.law.statutes import DUTIES, RULES
from casetrack.law.terms import NoTermInForce, Rule
from casetrack.organizations.divisions import NATION, code_range

MEMORY = "128MB"  # for the queries that look at every clock


class Resting(NamedTuple):
    """What clocks of one group have in common: all that their date rests on."""

    duty: str
    rule: str
    shape: str
    governed_on: date
    counted_from: date
    basis: str
    place: str


class Dated(NamedTuple):
    """What follows from it."""

    rule: str
    shape: str
    article: str
    due_on: date
    rolled_on: date | None
    act_by: date
    yellow_on: date
    red_on: date
    verified: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Clocks that rest on the same and hence share a date; `sample` is one of them."""

    resting: Resting
    dated: Dated
    sample: int


@dataclass(frozen=True, slots=True)
class Redated:
    """A group whose clocks are dated otherwise now; without `now`, only a fold of each case can tell."""

    group: Group
    now: Dated | None

    @property
    def moves(self) -> bool:
        """Whether a day moves, and not only a light or a citation."""
        return self.now is None or self.now[3:6] != self.group.dated[3:6]


def place_sql(column: str) -> str:
    """The longest prefix with rules or rest days of its own that a division code begins with; else empty."""
    cases = "".join(f" WHEN {column} LIKE '{prefix}%%' THEN '{prefix}'" for prefix in prefixes_of_places())
    return f"CASE{cases} ELSE '' END"


@transaction.atomic
def groups(region: str = NATION) -> list[Group]:
    """Every group of clocks under a region, running and ended, in one pass over the table."""
    first, beyond = code_range(region)
    names = [*Resting._fields[:5], "basis::text", place_sql("region_code"), *Dated._fields[2:]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [MEMORY])
        cursor.execute(
            f"SELECT {', '.join(names)}, min(id) FROM cases_deadline WHERE governed_on IS NOT NULL"
            f" AND region_code >= %s AND region_code < %s GROUP BY {', '.join(map(str, range(1, len(names) + 1)))}",
            [first, beyond],
        )
        return [group_of(row) for row in cursor]


def group_of(row: tuple[Any, ...]) -> Group:
    resting = Resting(*row[:7])
    return Group(resting, Dated(resting.rule, resting.shape, *row[7:15]), row[15])


def redated(found: list[Group]) -> list[Redated]:
    """Those that the law now dates otherwise."""
    asked = cache(dated_now)
    answers = ((group, asked(group.resting)) for group in found)
    return [Redated(group, now) for group, now in answers if now != group.dated]


def dated_now(resting: Resting) -> Dated | None:
    """None where the row alone can't tell: the rule is gone, counts from another fact, or refuses what was granted."""
    rule = rule_now(resting.duty, resting.governed_on, resting.place)
    if rule is None or shape_of(rule) != resting.shape:
        return None
    footing = footing_of(resting)
    if footing.named and footing.named[1] is not rule.term_on(resting.governed_on).unit:
        return None
    try:
        due = footing.counted(rule, resting.place)
    except (DueDateRefused, DayNotInCalendar):
        return None
    yellow, red = (days_before(due.act_by, number, due.unit, resting.place) for number in rule.warn)
    return Dated(
        rule.id,
        resting.shape,
        due.article,
        due.due_on,
        due.rolled_on,
        due.act_by,
        yellow,
        red,
        due.verified,
        due.provisional,
    )


def rule_now(duty: str, day: date, place: str) -> Rule | None:
    try:
        return DUTIES[duty].rule_on(day, place)
    except (KeyError, NoTermInForce):
        return None


def footing_of(resting: Resting) -> Footing:
    return Footing.kept(resting.counted_from, resting.governed_on, json.loads(resting.basis))


def receipt_now(redating: Redated) -> list[dict[str, str | None]]:
    """How the days are counted now, line by line."""
    if redating.now is None:
        return []
    resting = redating.group.resting
    due = footing_of(resting).explained(RULES[redating.now.rule], resting.place)
    return [line.as_json() for line in due.receipt]
