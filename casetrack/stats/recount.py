"""The counting itself, as SQL: whole buckets at a time.

An office's cells keep all dimensions together: there are hardly more of them than milestones, and they answer any
question about the office, or about its village. Regions from the township up keep the declared breakdowns, each
apart: their cells are few, however many cases lie below. Every region is added up from what lies just below it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import UNSPECIFIED, Breakdown, breakdowns, from_opening, in_order, name_of

OfficeBucket = tuple[int, str, date]
RegionBucket = tuple[str, str, date]
Place = TypeVar("Place", int, str)
Parameters = Sequence[str | list[int | str | date]]

TOGETHER = "*"
"""The breakdown of an office's cells: all dimensions that the milestones carry."""
KEY = "name, received_month, month, restricted"
COLUMNS = sql.SQL(f"region_code, organization_id, kind, {KEY}, breakdown, dimensions, cases, persons, cents, in_time")
SUMS = sql.SQL("sum(cases) AS cases, sum(persons) AS persons, sum(cents) AS cents, sum(in_time) AS in_time")
BUCKETS = sql.SQL(
    "WITH bucket (place, kind, month) AS MATERIALIZED (SELECT * FROM unnest(%s::{}[], %s::text[], %s::date[]))"
)
TOUCHED = sql.SQL("{}, touched AS ({} RETURNING c.region_code, c.kind, c.month) SELECT DISTINCT * FROM touched")

OF_OFFICES = sql.SQL(
    "SELECT m.region_code, m.organization_id, m.kind, m.name,"
    " date_trunc('month', m.received_on)::date AS received_month, date_trunc('month', m.happened_on)::date AS month,"
    " m.restricted, {together} AS breakdown,"
    " CASE m.kind {unspecified} ELSE '{{}}' END || m.dimensions AS dimensions, count(*) AS cases,"
    " sum(m.persons) AS persons, sum(m.cents) AS cents, count(*) FILTER (WHERE m.in_time) AS in_time"
    " FROM {source} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
)
MILESTONES_IN_BUCKETS = sql.SQL(
    "bucket JOIN cases_milestone m ON m.organization_id = bucket.place AND m.kind = bucket.kind"
    " AND m.happened_on >= bucket.month AND m.happened_on < bucket.month + interval '1 month'"
)
OF_REGIONS = sql.SQL(
    "SELECT place AS region_code, NULL::bigint AS organization_id, {kind} AS kind, {key}, breakdown, dimensions, {sums}"
    " FROM (SELECT bucket.place, c.name, c.received_month, c.month, c.restricted, c.breakdown,"
    "   c.dimensions, c.cases, c.persons, c.cents, c.in_time FROM bucket"
    "   JOIN organizations_region r ON r.parent_id = bucket.place"
    "   JOIN stats_cell c ON c.region_code = r.code AND c.kind = bucket.kind AND c.month = bucket.month"
    "   WHERE c.organization_id IS NULL AND bucket.kind = {kind}"
    "  UNION ALL {of_own_offices}) AS part"
    " GROUP BY place, {key}, breakdown, dimensions"
)
OF_OWN_OFFICES = sql.SQL(
    "SELECT place, {key}, {breakdown} AS breakdown,"
    " jsonb_strip_nulls(jsonb_build_object({pairs})) AS dimensions, {sums}"
    " FROM (SELECT bucket.place, c.name, c.received_month, c.month, c.restricted,"
    "  c.cases, c.persons, c.cents, c.in_time, {values}"
    "  FROM bucket JOIN organizations_region r"
    "   ON r.code = bucket.place OR (r.parent_id = bucket.place AND r.level = 'village')"
    "  JOIN stats_cell c ON c.region_code = r.code AND c.kind = bucket.kind AND c.month = bucket.month"
    "  WHERE c.organization_id IS NOT NULL AND bucket.kind = {kind}) AS office"
    " GROUP BY place, {key}, GROUPING SETS ({sets}) HAVING {known}"
)


def offices(buckets: Collection[OfficeBucket]) -> set[RegionBucket]:
    """Count the milestones of offices' months anew; what regions' months that touches."""
    head = BUCKETS.format(sql.SQL("bigint"))
    touched = run(TOUCHED.format(head, delete("c.organization_id = bucket.place")), arrays(buckets))
    return touched | run(TOUCHED.format(head, insert(of_offices(MILESTONES_IN_BUCKETS))), arrays(buckets))


def regions(buckets: Collection[RegionBucket]) -> set[RegionBucket]:
    """Add up regions' months anew, from the regions just below and from their own offices and those of villages."""
    head = BUCKETS.format(sql.SQL("text"))
    gone = delete("c.region_code = bucket.place AND c.organization_id IS NULL")
    touched = run(TOUCHED.format(head, gone), arrays(buckets))
    for kind in sorted({bucket[1] for bucket in buckets}):
        touched |= run(TOUCHED.format(head, insert(of_regions(kind))), arrays(buckets))
    return touched


def delete(same_place: str) -> sql.Composed:
    return sql.SQL(
        "DELETE FROM stats_cell c USING bucket WHERE {} AND c.kind = bucket.kind AND c.month = bucket.month"
    ).format(sql.SQL(same_place))


def insert(rows: sql.Composable) -> sql.Composed:
    return sql.SQL("INSERT INTO stats_cell AS c ({0}) SELECT {0} FROM ({1}) AS counted").format(COLUMNS, rows)


def of_offices(source: sql.Composable) -> sql.Composed:
    """The cells of offices as their milestones give them."""
    unspecified = sql.SQL(" ").join(
        sql.SQL("WHEN {} THEN {}::jsonb").format(
            sql.Literal(kind), sql.Literal(Jsonb(dict.fromkeys(from_opening(kind), UNSPECIFIED)))
        )
        for kind in KINDS
    )
    return OF_OFFICES.format(together=sql.Literal(TOGETHER), unspecified=unspecified, source=source)


def of_regions(kind: str) -> sql.Composed:
    """The cells of regions of a kind. What can't have a dimension yet is left out of its breakdowns."""
    sets = breakdowns(kind)
    names = in_order(kind, set().union(*sets))
    aliases = {name: sql.Identifier(f"d{number}") for number, name in enumerate(names)}
    later = [alias for name, alias in aliases.items() if name not in from_opening(kind)]
    own = OF_OWN_OFFICES.format(
        kind=sql.Literal(kind),
        key=sql.SQL(KEY),
        sums=SUMS,
        breakdown=breakdown_name(names, aliases, sets),
        pairs=comma(sql.SQL("{}, {}").format(sql.Literal(name), alias) for name, alias in aliases.items()),
        values=comma(sql.SQL("c.dimensions->>{} AS {}").format(name, alias) for name, alias in aliases.items()),
        sets=comma(sql.SQL("({})").format(comma(aliases[name] for name in kept)) for kept in sets),
        known=sql.SQL(" AND ").join(
            [sql.SQL("true"), *(sql.SQL("(GROUPING({0}) = 1 OR {0} IS NOT NULL)").format(alias) for alias in later)]
        ),
    )
    return OF_REGIONS.format(kind=sql.Literal(kind), key=sql.SQL(KEY), sums=SUMS, of_own_offices=own)


def breakdown_name(names: Breakdown, aliases: dict[str, sql.Identifier], sets: tuple[Breakdown, ...]) -> sql.Composed:
    """GROUPING is a bit mask of the dimensions that a set leaves out, the first one highest."""
    cases = [
        sql.SQL("WHEN {} THEN {}").format(
            sql.Literal(sum(1 << place for place, name in enumerate(reversed(names)) if name not in kept)),
            sql.Literal(name_of(kept)),
        )
        for kept in sets
    ]
    return sql.SQL("CASE GROUPING({}) {} END").format(comma(aliases[name] for name in names), sql.SQL(" ").join(cases))


def comma(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(list(parts))


def arrays(buckets: Collection[tuple[Place, str, date]]) -> Parameters:
    """Three arrays for `unnest`, in an order that two settlers share."""
    ordered = sorted(buckets, key=str)
    return [[bucket[0] for bucket in ordered], [bucket[1] for bucket in ordered], [bucket[2] for bucket in ordered]]


def run(query: sql.Composable, parameters: Parameters) -> set[RegionBucket]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return set(cursor.fetchall())
