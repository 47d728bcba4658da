"""The groups that are dated anew, laid beside the clocks in the database, so that rows are found and set there.

The table is temporary: it is this connection's alone, and goes with it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from casetrack.cases.recounting.groups import MEMORY, Dated, Redated, Resting, place_sql, receipt_now
from casetrack.cases.recounting.guarded import guarded_steps
from casetrack.organizations.divisions import code_range

TABLE = "redated"
CREATE = f"""
CREATE TEMPORARY TABLE {TABLE} (
    number int NOT NULL, duty text, rule text, shape text, governed_on date, counted_from date, basis jsonb,
    place text, new_rule text, new_shape text, new_article text, new_due_on date, new_rolled_on date, new_act_by date,
    new_yellow_on date, new_red_on date, new_verified bool, new_provisional bool, receipt jsonb
)"""
ALIKE = " AND ".join(f"d.{name} = n.{name}" for name in Resting._fields[:6])
KEPT = ", ".join(f"d.{name}" for name in Dated._fields)
NEW = ", ".join(f"n.new_{name}" for name in Dated._fields)
# whether the day moves on which someone must act, and not only a light or a citation
MOVES = "(d.due_on, d.rolled_on, d.act_by) IS DISTINCT FROM (n.new_due_on, n.new_rolled_on, n.new_act_by)"
# an ended clock whose end was in time by one date and is late by the other
TURNED = "NOT d.dropped AND (d.ended_on <= d.act_by) IS DISTINCT FROM (d.ended_on <= n.new_act_by)"
FOUND = "n.number IS NOT NULL"
PRESSES = "d.ended_on IS NULL AND d.paused_on IS NULL AND d.whose = 'office'"

Row = tuple[object, ...]


class Affected(NamedTuple):
    """A case with clocks dated anew, at its version: whether a day moves, and whether the rows alone can't tell.

    `due_on` is then the first of the days by which its office must act.
    """

    case: int
    version: int
    moves: bool
    needs_fold: bool
    due_on: date | None


class Held(NamedTuple):
    """A case that nobody else can change now."""

    version: int
    head: str


def rows(found: Sequence[Redated], *, receipts: bool = False) -> list[Row]:
    """The groups as they are laid down, numbered as they come; without a new date where a fold must tell."""
    made: dict[Resting, Row] = {}
    for number, item in enumerate(found):
        if item.group.resting not in made:
            now = item.now or [None] * len(Dated._fields)
            receipt = json.dumps(receipt_now(item), ensure_ascii=False) if receipts else None
            made[item.group.resting] = (number, *item.group.resting, *now, receipt)
    return list(made.values())


def fill(laid: Sequence[Row]) -> None:
    """Lay the groups down for this connection, in place of any before them."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(CREATE)
        with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            for row in laid:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {TABLE}")


def matching() -> str:
    """Clocks of a group that still differ from what it becomes."""
    return f"{ALIKE} AND n.place = {place_sql('d.region_code')} AND ({KEPT}) IS DISTINCT FROM ({NEW})"


def joined() -> str:
    return f"cases_deadline d JOIN {TABLE} n ON {matching()}"


def affected(region: str) -> list[Affected]:
    """The cases concerned, in order. One that took a step by the last day of a clock that moves must be folded."""
    steps = [(kind, step) for kind, names in guarded_steps().items() for step in names]
    return [
        Affected(*row)
        for row in asked(
            f"WITH changed AS (SELECT d.case_id, bool_or({FOUND} AND {MOVES}) AS moves,"
            f" bool_or({FOUND} AND (n.new_rule IS NULL OR coalesce({TURNED}, false))) AS turned,"
            f" min(coalesce(n.new_act_by, d.act_by)) FILTER (WHERE {PRESSES}) AS due_on"
            f" FROM cases_deadline d LEFT JOIN {TABLE} n ON {matching()}"
            f" WHERE d.region_code >= %s AND d.region_code < %s GROUP BY d.case_id HAVING bool_or({FOUND})),"
            " guarded AS (SELECT DISTINCT e.case_id FROM cases_caseevent e JOIN cases_case k ON k.id = e.case_id"
            " WHERE e.step = ANY(%s) AND (k.kind, e.step) IN (SELECT * FROM unnest(%s::text[], %s::text[])))"
            " SELECT c.id, c.version, moves, turned OR (moves AND g.case_id IS NOT NULL), changed.due_on"
            " FROM changed JOIN cases_case c ON c.id = changed.case_id LEFT JOIN guarded g ON g.case_id = c.id"
            " ORDER BY c.id",
            *code_range(region),
            [step for _, step in steps],
            [kind for kind, _ in steps],
            [step for _, step in steps],
        )
    ]


def unfooted(region: str) -> list[int]:
    """The cases with clocks written before their footing was kept."""
    found = asked(
        "SELECT DISTINCT case_id FROM cases_deadline WHERE governed_on IS NULL"
        " AND region_code >= %s AND region_code < %s ORDER BY 1",
        *code_range(region),
    )
    return [key for (key,) in found]


def asked(query: str, *values: str | list[str]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        by_hashing(cursor)
        cursor.execute(query, values)
        return list(cursor)


def by_hashing(cursor: CursorWrapper) -> None:
    """For the rest of the transaction. The planner takes columns that go together for independent ones, expects a
    handful of rows, and would sort the clocks or go through the groups once for each."""
    cursor.execute("SELECT set_config('work_mem', %s, true)", [MEMORY])
    cursor.execute("SET LOCAL enable_mergejoin = off; SET LOCAL enable_nestloop = off")


def hold(cases: Sequence[int]) -> dict[int, Held]:
    """Those of the cases that nobody else is changing, held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, version, head FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE SKIP LOCKED",
            [list(cases)],
        )
        return {key: Held(version, head) for key, version, head in cursor}


def set_dates(cases: Sequence[int]) -> int:
    """Write the new dates of some cases, each with its receipt; how many clocks there were."""
    names = ", ".join([*Dated._fields, "receipt"])
    with connection.cursor() as cursor:
        by_hashing(cursor)
        cursor.execute(
            f"UPDATE cases_deadline d SET ({names}) = ({NEW}, n.receipt) FROM {TABLE} n"
            f" WHERE {matching()} AND d.case_id = ANY(%s)",
            [list(cases)],
        )
        return int(cursor.rowcount)


def set_cases(heads: Mapping[int, str], due_on: Sequence[date | None]) -> None:
    """Move cases on to their new event, and to the first of the days by which their offices must act."""
    with connection.cursor() as cursor:
        by_hashing(cursor)
        cursor.execute(
            "UPDATE cases_case c SET version = c.version + 1, head = h.head, due_on = h.due_on,"
            " (yellow_on, red_on) = (SELECT min(d.yellow_on), min(d.red_on) FROM cases_deadline d"
            f" WHERE d.case_id = c.id AND {PRESSES})"
            " FROM unnest(%(cases)s::bigint[], %(heads)s::text[], %(days)s::date[]) AS h(id, head, due_on)"
            " WHERE c.id = h.id AND c.id = ANY(%(cases)s)",
            {"cases": list(heads), "heads": list(heads.values()), "days": list(due_on)},
        )


def set_lights(cases: Sequence[int]) -> None:
    """Where no day moved but the days of warning did: what the list shows of a case follows its clocks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case c SET yellow_on = l.yellow_on, red_on = l.red_on"
            f" FROM (SELECT d.case_id, min(d.yellow_on) FILTER (WHERE {PRESSES}) AS yellow_on,"
            f" min(d.red_on) FILTER (WHERE {PRESSES}) AS red_on"
            " FROM cases_deadline d WHERE d.case_id = ANY(%s) GROUP BY d.case_id) l"
            " WHERE c.id = l.case_id AND (c.yellow_on, c.red_on) IS DISTINCT FROM (l.yellow_on, l.red_on)",
            [list(cases)],
        )


def clocks_moved(cases: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Of some cases, the clocks whose day moves: what `Moved` holds of them, and the number of their group."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.number, c.kind, d.region_code, d.duty, d.ended_on IS NULL, n.new_rule, d.act_by,"
            f" n.new_act_by, n.number FROM {joined()} JOIN cases_case c ON c.id = d.case_id"
            f" WHERE d.case_id = ANY(%s) AND {MOVES} ORDER BY d.case_id, d.id",
            [list(cases)],
        )
        yield from cursor
