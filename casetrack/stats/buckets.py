"""Buckets, the months of places that are counted anew, and how a statement is given them.

A bucket says of which milestones' names it is counted anew. What is kept of others stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db import connection
from psycopg import sql

OfficeBucket = tuple[int, str, date]
RegionBucket = tuple[str, str, date]
Place = TypeVar("Place", int, str)
Names = frozenset[str] | None
"""Of which names milestones are counted anew; None: of all."""
Mark = tuple[Place, str, date, Sequence[str] | None]
Parameters = Sequence[str | list[int | str | date | None]]

OF_OFFICE = sql.SQL("c.organization_id = bucket.place")
OF_REGION = sql.SQL("c.region_code = bucket.place AND c.organization_id IS NULL")
WHOLE = sql.SQL("true")
GIVEN = sql.SQL("string_to_array(names, ',')")
BUCKETS = sql.SQL(
    "WITH bucket AS MATERIALIZED (SELECT place, kind, month, {names} AS names, number"
    " FROM unnest(%s::{place}[], %s::text[], %s::date[], %s::text[]) WITH ORDINALITY"
    " AS given (place, kind, month, names, number))"
)
BOOK = sql.SQL("bucket.number * 2 + {}.restricted::int AS book")
"""Place, month and whether restricted in one number: what is grouped millions of times is compared in one go."""
IN_BUCKET = (
    "{0}.organization_id = bucket.place AND {0}.kind = bucket.kind"
    " AND {0}.happened_on >= bucket.month AND {0}.happened_on < bucket.month + interval '1 month'"
)
MILESTONES = sql.SQL(
    # by names whether or not they are given, for the index holds them: a month has many milestones, a case moves few
    f"bucket JOIN cases_milestone m ON {IN_BUCKET.format('m')} AND m.name = ANY(coalesce(bucket.names, {{all_names}}))"
    " WHERE bucket.kind = m.kind"
)
ALL_NAMES = sql.SQL(f"ARRAY(SELECT DISTINCT every.name FROM cases_milestone every WHERE {IN_BUCKET.format('every')})")
REPLACED = sql.SQL(
    "{head}, gone AS (DELETE FROM {table} c USING bucket WHERE {here} AND c.kind = bucket.kind"
    "  AND c.month = bucket.month AND {of_names} RETURNING c.*, bucket.names AS counted, {book}),"
    " fresh AS ({insert} RETURNING c.region_code, c.organization_id, c.month)"
    " SELECT DISTINCT touched.region_code, bucket.kind, bucket.month, bucket.names FROM bucket,"
    "  (SELECT region_code, organization_id, month FROM gone UNION SELECT * FROM fresh) AS touched"
    " WHERE bucket.place::text = coalesce(touched.organization_id::text, touched.region_code)"
    "  AND bucket.month = touched.month"
)


def head(place: str, names: sql.Composable = GIVEN) -> sql.Composed:
    """The buckets at the head of a statement, whose places are of that type; `arrays` are its parameters."""
    return BUCKETS.format(place=sql.SQL(place), names=names)


def replaced(
    table: str, here: sql.Composable, head: sql.Composable, insert: sql.Composable, of_names: sql.Composable = WHOLE
) -> sql.Composed:
    """Take out what a table keeps of buckets of one kind, and put in what `insert` makes of it and the rest.

    Both in one statement: what is taken out is `gone` to `insert`. Tells which regions' months that touches.
    """
    book = BOOK.format(sql.SQL("c"))
    return REPLACED.format(
        head=head, table=sql.Identifier(table), here=here, of_names=of_names, book=book, insert=insert
    )


def by_kind(
    buckets: Mapping[tuple[Place, str, date], Names],
) -> Iterator[tuple[str, dict[tuple[Place, str, date], Names]]]:
    for kind in sorted({bucket[1] for bucket in buckets}):
        yield kind, {bucket: names for bucket, names in buckets.items() if bucket[1] == kind}


def together(marks: Iterable[Mark[Place]]) -> dict[tuple[Place, str, date], Names]:
    """Each bucket once, with the names of all its marks; one that names none stands for all."""
    found: dict[tuple[Place, str, date], Names] = {}
    for place, kind, month, names in marks:
        known = found.get((place, kind, month), frozenset())
        found[place, kind, month] = None if names is None or known is None else known.union(names)
    return found


def arrays(buckets: Mapping[tuple[Place, str, date], Names]) -> Parameters:
    """Arrays for `head` to unnest, in an order that two settlers share."""
    ordered = sorted(buckets, key=str)
    given: list[int | str | date | None] = [
        names if names is None else ",".join(sorted(names)) for names in (buckets[each] for each in ordered)
    ]
    return [[each[0] for each in ordered], [each[1] for each in ordered], [each[2] for each in ordered], given]


def run(query: sql.Composable, parameters: Parameters) -> list[Mark[str]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
