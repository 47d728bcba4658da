"""Changing the key of personal data: everything is sealed anew under the first key, a batch at a time, beside clerks.

A batch is one short transaction. It takes only rows that nobody holds, so that it waits for no clerk and nothing
deadlocks; what it passed over is taken in a further round. Killed at any moment, it goes on where it was: what is still
under another key says so itself, in its first bytes.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from casetrack.accounts import second_factor
from casetrack.accounts.auditing import record
from casetrack.accounts.fields import EncryptedTextField, blind_index
from casetrack.accounts.models import Action
from casetrack.lib import crypto
from casetrack.lib.crypto import SealBroken

BATCH = 500
IDLE_ROUNDS = 5  # after so many that could take nothing, what is left is left
PATIENCE = 0.5  # seconds between rounds, for whoever holds the rows passed over
INDEX_OF = "{}_index"  # how a blind index is named after the field that it stands beside
SECOND_FACTORS = "second factors"
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns; beside some of them stands a blind index."""

    name: str
    pk: str
    columns: tuple[str, ...]
    indexes: dict[str, str]

    @property
    def stale(self) -> str:
        """Where something is under another key. Asks for the header of the first, once a column."""
        begins = f"substring({{0}} FROM 1 FOR {crypto.HEADER_BYTES})"
        each = f"(octet_length({{0}}) > 0 AND {begins} <> %s)"
        return "(" + " OR ".join(each.format(quoted(column)) for column in self.columns) + ")"

    @property
    def written(self) -> list[str]:
        return [name for column in self.columns for name in (column, self.indexes.get(column)) if name]


@dataclass(slots=True)
class Rotated:
    """What one run did, by table, and what is left under other keys."""

    resealed: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    @property
    def others_may_go(self) -> bool:
        return not any(self.left.values())


def rotate_keys(*, now: datetime, progress: Progress, batch: int = BATCH) -> Rotated:
    """Seal anew whatever is not under the first key, then count what still is not. Begin and end are audited."""
    key = crypto.key_id(settings.FIELD_KEYS[0]).hex()
    record(action=Action.KEYS_ROTATED, actor=None, now=now, details={"state": "begun", "key": key})
    rotated = Rotated()
    for table in sealed_tables():
        sweep = partial(reseal_table, table, batch=batch, progress=progress)
        rotated.resealed[table.name] = in_rounds(sweep, left=partial(stale_rows, table))
        rotated.left[table.name] = stale_rows(table)
    rotated.resealed[SECOND_FACTORS] = in_rounds(second_factor.reseal, left=second_factor.count_stale)
    rotated.left[SECOND_FACTORS] = second_factor.count_stale()
    counts = {"resealed": rotated.resealed, "left": rotated.left}
    record(action=Action.KEYS_ROTATED, actor=None, now=now, details={"state": "ended", "key": key, **counts})
    return rotated


def sealed_tables() -> Iterator[SealedTable]:
    """Of every model there is: one that is added tomorrow is not forgotten."""
    for model in apps.get_models():
        columns = {each.name: str(each.column) for each in model._meta.local_concrete_fields}
        sealed = [each.name for each in model._meta.local_concrete_fields if isinstance(each, EncryptedTextField)]
        if sealed:
            beside = {columns[name]: columns.get(INDEX_OF.format(name)) for name in sealed}
            yield SealedTable(
                name=model._meta.db_table,
                pk=columns[model._meta.pk.name],
                columns=tuple(beside),
                indexes={column: index for column, index in beside.items() if index},
            )


def in_rounds(sweep: Callable[[], int], *, left: Callable[[], int]) -> int:
    """Sweep until nothing is left, or nothing more can be taken."""
    total = idle = 0
    while left() and idle < IDLE_ROUNDS:
        done = sweep()
        total += done
        idle = 0 if done else idle + 1
        if not done:
            time.sleep(PATIENCE)
    return total


def stale_rows(table: SealedTable) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {quoted(table.name)} WHERE {table.stale}", headers(table))
        return int(cursor.fetchone()[0])


def reseal_table(table: SealedTable, *, batch: int, progress: Progress) -> int:
    """Once through the table, in the order of its key: how many rows were sealed anew."""
    done, behind = 0, -1
    while True:
        with transaction.atomic():
            rows = taken(table, behind, batch)
            fresh = [row for row in (resealed(table, row) for row in rows) if row is not None]
            write(table, fresh)
        if not rows:
            return done
        behind, done = rows[-1][0], done + len(fresh)
        progress(table.name, len(fresh))


def taken(table: SealedTable, behind: int, batch: int) -> list[tuple[Any, ...]]:
    """The next rows with something to seal anew, held until the transaction ends; what others hold is passed over."""
    columns = ", ".join(quoted(name) for name in (table.pk, *table.columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {quoted(table.name)} WHERE {quoted(table.pk)} > %s AND {table.stale}"
            f" ORDER BY {quoted(table.pk)} LIMIT %s FOR NO KEY UPDATE SKIP LOCKED",
            [behind, *headers(table), batch],
        )
        return list(cursor.fetchall())


def resealed(table: SealedTable, row: tuple[Any, ...]) -> list[Any] | None:
    """The row with its seals and indexes under the first key; None where no key opens it."""
    pk, *seals = row
    values: list[Any] = [pk]
    for column, kept in zip(table.columns, seals, strict=True):
        try:
            text = None if kept is None else crypto.unseal(bytes(kept), keys=settings.FIELD_KEYS) if kept else ""
        except SealBroken:
            return None
        values.append(crypto.seal(text, keys=settings.FIELD_KEYS) if text else kept)
        if column in table.indexes:
            values.append(blind_index(text or ""))
    return values


def write(table: SealedTable, rows: list[list[Any]]) -> None:
    """All of a batch in one statement."""
    if not rows:
        return
    names = [table.pk, *table.written]
    kinds = ["bigint", *("bytea" if name in table.columns else "text" for name in table.written)]
    setting = ", ".join(f"{quoted(name)} = fresh.{quoted(name)}" for name in table.written)
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(table.name)} AS kept SET {setting}"
            f" FROM unnest({arrays}) AS fresh({', '.join(map(quoted, names))})"
            f" WHERE kept.{quoted(table.pk)} = fresh.{quoted(table.pk)}",
            [list(column) for column in zip(*rows, strict=True)],
        )


def headers(table: SealedTable) -> list[bytes]:
    return [crypto.header_of(settings.FIELD_KEYS[0])] * len(table.columns)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
