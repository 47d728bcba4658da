"""Writing many rows at once: new ones by COPY, which quotes no value, and changed ones by one UPDATE from arrays."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import Field, Model

EVENTS = "cases_caseevent"
ENTERING = 0xE4732  # the name of the lock that all who add events share, here and in the trigger on their table
FEW = 20  # up to so many rows INSERT is the quicker: COPY takes more round trips
NULL = r"\N"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
Dump = Callable[[Any], str]


def copy_in(rows: Sequence[Model]) -> None:
    """Write new rows of one model, many by COPY, a few by INSERT. Call inside a transaction.

    Rows without a key are given one. What `save` would compute (`auto_now`) is not, and columns with a default of the
    database get it always: the rows must hold all their other values.
    """
    if not rows:
        return
    model = type(rows[0])
    if len(rows) <= FEW:
        insert(model, rows)
        return
    give_keys(model, [row for row in rows if row.pk is None])
    fields = written(model)
    values_of = attrgetter(*(field.attname for field in fields))
    dumps = [dump_of(field) for field in fields]
    lines = ["\t".join([dump(value) for dump, value in zip(dumps, values_of(row), strict=True)]) for row in rows]
    copy_text(model, fields, "\n".join([*lines, ""]))
    count_as_saved(rows)


def insert(model: type[Model], rows: Sequence[Model]) -> None:
    """A few rows in one statement, all with keys or all without. `bulk_create` takes as long to write it as to run."""
    keyless = rows[0].pk is None
    fields = [field for field in written(model) if not (keyless and field.primary_key)]
    values_of = attrgetter(*(field.attname for field in fields))
    adapts = [adapt_of(field) for field in fields]
    values = [adapt(value) for row in rows for adapt, value in zip(adapts, values_of(row), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(insert_statement(model, keyless, len(rows)), values)
        if keyless:
            for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = key
    count_as_saved(rows)


@cache
def insert_statement(model: type[Model], keyless: bool, number: int) -> str:
    quote = connection.ops.quote_name
    fields = (field for field in written(model) if not (keyless and field.primary_key))
    names = [quote(str(field.column)) for field in fields]
    row = f"({', '.join(['%s'] * len(names))})"
    returning = f" RETURNING {quote(str(model._meta.pk.column))}" if keyless else ""
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * number)}{returning}"


def written(model: type[Model]) -> "list[Field[Any, Any]]":
    """The columns that are given values: all but those to which the database gives its own."""
    return [field for field in model._meta.concrete_fields if not field.has_db_default()]


def adapt_of(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """How INSERT is given the values of a field: most as they are, for the driver knows them."""
    kind = field.get_internal_type()
    if kind == "BinaryField":
        return lambda value: field.get_db_prep_value(value, connection)
    return (lambda value: None if value is None else json.dumps(value)) if kind == "JSONField" else lambda value: value


def count_as_saved(rows: Sequence[Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def copy_text(model: type[Model], fields: Sequence["Field[Any, Any]"], text: str) -> None:
    """Lines as COPY reads them, one a row, each ended, with these fields of the model in this order."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields if field.column)
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement.encode()) as copy:
        copy.write(text)


def copy_over(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write these fields of many rows in one statement.

    `bulk_update` spells out a condition for each row and field, and takes many times as long to write as to run.
    """
    if not rows:
        return
    model = type(rows[0])
    key, fields = model._meta.pk, [field for field in model._meta.concrete_fields if field.name in names]
    columns = [connection.ops.quote_name(str(field.column)) for field in (key, *fields)]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in (key, *fields))
    statement = (
        f"UPDATE {connection.ops.quote_name(model._meta.db_table)} AS kept"
        f" SET {', '.join(f'{column} = new.{column}' for column in columns[1:])}"
        f" FROM unnest({arrays}) AS new ({', '.join(columns)}) WHERE kept.{columns[0]} = new.{columns[0]}"
    )
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in (key, *fields)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def give_keys(model: type[Model], rows: Sequence[Model]) -> None:
    if rows:
        for row, key in zip(rows, reserve_keys(model, len(rows)), strict=True):
            row.pk = key


def reserve_keys(model: type[Model], number: int) -> list[int]:
    """Keys for rows to come, which nobody else will be given. Those of events are reserved as `marks` asks."""
    held = "(SELECT pg_advisory_xact_lock_shared(%s)) AS held, " if model._meta.db_table == EVENTS else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM {held}generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, *([ENTERING] if held else []), number],
        )
        return [key for (key,) in cursor.fetchall()]


def dump_of(field: "Field[Any, Any]") -> Dump:
    """How COPY writes the values of a field."""
    kind = field.get_internal_type()
    if kind == "BinaryField":
        return lambda value: dump_bytes(field.get_db_prep_value(value, connection))
    return DUMPS.get(kind, dump)


def dump_text(value: str | None) -> str:
    if value is None:
        return NULL
    return value.translate(ESCAPES) if "\\" in value or not value.isprintable() else value


def dump_json(value: object) -> str:
    return NULL if value is None else json.dumps(value, ensure_ascii=False).replace("\\", r"\\")


def dump_list(value: Sequence[str] | None) -> str:
    if value is None:
        return NULL
    quoted = [each.replace("\\", r"\\").replace('"', r"\"") for each in value]
    return dump_text("{" + ",".join(f'"{each}"' for each in quoted) + "}")


def dump_bytes(value: bytes | None) -> str:
    return NULL if value is None else rf"\\x{value.hex()}"


def dump_date(value: date | None) -> str:
    return NULL if value is None else value.isoformat()


def dump(value: object) -> str:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return dump_text(value)
    raise TypeError(f"COPY was given a {type(value).__name__}, and nobody has said how to write it")


DUMPS: dict[str, Dump] = {
    "ArrayField": dump_list,
    "CharField": dump_text,
    "TextField": dump_text,
    "JSONField": dump_json,
    "DateField": dump_date,
    "DateTimeField": dump_date,
}
