"""The groups that are dated anew, laid beside the clocks in the database, so that rows are found and set there.

The table is temporary: it is this connection's alone, and goes with it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from casetrack.cases.recounting.groups import MEMORY, Dated, Redated, Resting, place_sql
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


Receipt = Sequence[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Affected:
    """A case with clocks dated anew: what must be done about it."""

    case: int
    kind: str
    moves: bool
    needs_fold: bool


def fill(found: Sequence[Redated], receipts: Sequence[Receipt]) -> None:
    """Lay the groups down, numbered as they come; without a new date where a fold must tell."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(CREATE)
        with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            seen: set[Resting] = set()
            for number, (item, receipt) in enumerate(zip(found, receipts, strict=True)):
                if item.group.resting not in seen:
                    seen.add(item.group.resting)
                    now = item.now or [None] * len(Dated._fields)
                    copy.write_row([number, *item.group.resting, *now, json.dumps(receipt, ensure_ascii=False)])
        cursor.execute(f"CREATE INDEX ON {TABLE} (duty, counted_from)")
        cursor.execute(f"ANALYZE {TABLE}")


def matching() -> str:
    """Clocks of a group that still differ from what it becomes."""
    return f"{ALIKE} AND n.place = {place_sql('d.region_code')} AND ({KEPT}) IS DISTINCT FROM ({NEW})"


def joined() -> str:
    return f"cases_deadline d JOIN {TABLE} n ON {matching()}"


def affected(region: str) -> list[int]:
    """The cases concerned, in order."""
    return asked(
        f"SELECT DISTINCT d.case_id FROM {joined()} WHERE d.region_code >= %s AND d.region_code < %s ORDER BY 1",
        code_range(region),
    )


def unfooted(region: str) -> list[int]:
    """The cases with clocks written before their footing was kept."""
    return asked(
        "SELECT DISTINCT case_id FROM cases_deadline WHERE governed_on IS NULL"
        " AND region_code >= %s AND region_code < %s ORDER BY 1",
        code_range(region),
    )


def asked(query: str, values: tuple[str, str]) -> list[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [MEMORY])
        cursor.execute(query, values)
        return [key for (key,) in cursor]


def looked_at(cases: Sequence[int]) -> list[Affected]:
    """What is to be done about some cases, as their clocks stand at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.case_id, min(d.kind), bool_or({MOVES}), bool_or(n.new_rule IS NULL OR coalesce({TURNED}, false))"
            f" FROM {joined()} WHERE d.case_id = ANY(%s) GROUP BY d.case_id ORDER BY d.case_id",
            [list(cases)],
        )
        return [Affected(*row) for row in cursor]


def set_dates(cases: Sequence[int]) -> int:
    """Write the new dates of some cases, each with its receipt; how many clocks there were."""
    with connection.cursor() as cursor:
        names = ", ".join([*Dated._fields, "receipt"])
        cursor.execute(
            f"UPDATE cases_deadline d SET ({names}) = ({NEW}, n.receipt) FROM {TABLE} n"
            f" WHERE {matching()} AND d.case_id = ANY(%s)",
            [list(cases)],
        )
        return int(cursor.rowcount)


def set_cases(heads: Mapping[int, str]) -> None:
    """Move cases on to their new event, and to the first of the dates by which their offices must act."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case c SET version = c.version + 1, head = h.head, due_on = (SELECT min(act_by)"
            " FROM cases_deadline d WHERE d.case_id = c.id AND d.ended_on IS NULL AND d.paused_on IS NULL"
            " AND d.whose = 'office') FROM unnest(%s::bigint[], %s::text[]) AS h(id, head) WHERE c.id = h.id",
            [list(heads), list(heads.values())],
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
