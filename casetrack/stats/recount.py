"""The counting itself, as SQL: whole buckets at a time.

An office's cells keep all dimensions together: there are hardly more of them than milestones, and they answer any
question about the office, its village or its township. Regions from the county up keep the declared breakdowns that
lie in no other, each apart: their cells are few, however many cases lie below. Every region is added up from what lies
just below it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db import connection
from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import Level, level_of
from casetrack.stats.dimensions import UNSPECIFIED, Breakdown, from_opening, in_order, kept, name_of

OfficeBucket = tuple[int, str, date]
RegionBucket = tuple[str, str, date]
Place = TypeVar("Place", int, str)
Parameters = Sequence[str | list[int | str | date]]

KEPT_BY_OFFICES = (Level.TOWNSHIP, Level.VILLAGE)
"""Levels that are read from the cells of the offices there: they are few, and hold all dimensions."""
TOGETHER = "*"
"""The breakdown of an office's cells: all dimensions that the milestones carry."""
CELL = sql.SQL(
    "region_code, organization_id, kind, month, restricted, breakdown,"
    " name, received_month, key, cases, persons, cents, in_time"
)
COLUMNS = sql.SQL(
    "region_code, organization_id, kind, month, restricted, breakdown, dims,"
    " names, received_months, keys, cases, persons, cents, in_time"
)
SUMMED = (
    "(coalesce(sum({0}::int) FILTER (WHERE {0} BETWEEN -2147483648 AND 2147483647), 0)"
    " + coalesce(sum({0}) FILTER (WHERE {0} NOT BETWEEN -2147483648 AND 2147483647), 0)::bigint)"
)
"""A sum of a column of bigint: those of more than four bytes, of which there are hardly any, are added up apart.

Each sum of bigint puts aside a number of any length, for each of millions of groups.
"""
SUMS = sql.SQL(
    f"sum(cases)::int AS cases, {SUMMED.format('persons')} AS persons, {SUMMED.format('cents')} AS cents,"
    " sum(in_time)::int AS in_time"
)
ONE_BY_ONE = sql.SQL(
    # lists side by side as columns: a function in FROM would put each list aside first, and take three times as long
    "LATERAL (SELECT unnest({0}.names) AS name, unnest({0}.received_months) AS received_month,"
    " unnest({0}.keys) AS key, unnest({0}.cases) AS cases, unnest({0}.persons) AS persons,"
    " unnest({0}.cents) AS cents, unnest({0}.in_time) AS in_time) AS e"
)
PACKED = sql.SQL(
    "SELECT {block}, array_agg(name) AS names, array_agg(received_month) AS received_months, array_agg(key) AS keys,"
    " array_agg(cases) AS cases, array_agg(persons) AS persons, array_agg(cents) AS cents,"
    " array_agg(in_time) AS in_time FROM ({cells}) AS one GROUP BY {block}"
)
BUCKETS = sql.SQL(
    "WITH bucket (place, kind, month, number) AS MATERIALIZED"
    " (SELECT * FROM unnest(%s::{}[], %s::text[], %s::date[]) WITH ORDINALITY)"
)
BOOK = sql.SQL("bucket.number * 2 + {}.restricted::int AS book")
"""Place, month and whether restricted in one number: what is grouped millions of times is compared in one go."""
OF_BOOK = sql.SQL(
    "bucket.place AS region_code, NULL::bigint AS organization_id, {kind}::text AS kind, bucket.month,"
    " (part.book & 1) = 1 AS restricted"
)
OWN = sql.SQL(
    ", places AS MATERIALIZED (SELECT DISTINCT place FROM bucket), own (place, code) AS MATERIALIZED ("
    "SELECT place, place FROM places"
    " UNION ALL SELECT place, town.code FROM places JOIN organizations_region town"
    "  ON town.parent_id = place AND town.level = 'township'"
    " UNION ALL SELECT place, village.code FROM places JOIN organizations_region town"
    "  ON town.parent_id = place AND town.level = 'township'"
    "  JOIN organizations_region village ON village.parent_id = town.code)"
)
TOUCHED = sql.SQL("{}, touched AS ({} RETURNING c.region_code, c.kind, c.month) SELECT DISTINCT * FROM touched")

OF_OFFICES = sql.SQL(
    "SELECT region_code, organization_id, {kind}::text AS kind, month, restricted, {together} AS breakdown,"
    " name, received_month, {key} AS key, cases, persons, cents, in_time"
    # grouped as they are kept: the key of a group is written once, not once a milestone
    " FROM (SELECT m.region_code, m.organization_id, {happened} AS month, m.restricted, m.name,"
    "   {received} AS received_month, m.dimensions, count(*)::int AS cases, sum(m.persons)::bigint AS persons,"
    f"   {SUMMED.format('m.cents')} AS cents, (count(*) FILTER (WHERE m.in_time))::int AS in_time"
    "  FROM {source} AND m.kind = {kind}"
    "  GROUP BY m.region_code, m.organization_id, {happened}, m.restricted, m.name, {received}, m.dimensions"
    "  OFFSET 0) AS m"
)
MILESTONES_IN_BUCKETS = sql.SQL(
    "bucket JOIN cases_milestone m ON m.organization_id = bucket.place AND m.kind = bucket.kind"
    " AND m.happened_on >= bucket.month AND m.happened_on < bucket.month + interval '1 month'"
    " WHERE bucket.kind = m.kind"
)
OF_OWN_OFFICES = sql.SQL(
    "SELECT book, {breakdown} AS breakdown, name, received_month, {key} AS key, {sums}"
    " FROM (SELECT block.book, e.*, {values}"
    # OFFSET keeps the look-up of positions to once a block
    "  FROM (SELECT {book}, c.*, {positions} FROM bucket JOIN own ON own.place = bucket.place,"
    # looked up one place and month after the other: guesses of how many there are had a month of all places read
    "   LATERAL (SELECT * FROM stats_cellblock c WHERE c.region_code = own.code AND c.kind = bucket.kind"
    "    AND c.month = bucket.month AND c.organization_id IS NOT NULL OFFSET 0) AS c"
    "   WHERE bucket.kind = {kind} OFFSET 0) AS block, {one_by_one}) AS office"
    " GROUP BY book, name, received_month, GROUPING SETS ({sets})"
)
ADDED_UP = sql.SQL(
    "SELECT book, breakdown, name, received_month, key, {sums} FROM ({of_own_offices}"
    "  UNION ALL SELECT {book}, c.breakdown, e.* FROM bucket"
    "  JOIN organizations_region r ON r.parent_id = bucket.place AND r.level <> 'township'"
    "  JOIN stats_cellblock c ON c.region_code = r.code AND c.organization_id IS NULL AND c.kind = bucket.kind"
    "   AND c.month = bucket.month, {one_by_one} WHERE bucket.kind = {kind}) AS part"
    " GROUP BY book, breakdown, name, received_month, key"
)


def offices(buckets: Collection[OfficeBucket]) -> set[RegionBucket]:
    """Count the milestones of offices' months anew; what regions' months that touches."""
    head = BUCKETS.format(sql.SQL("bigint"))
    touched = run(TOUCHED.format(head, delete("c.organization_id = bucket.place")), arrays(buckets))
    for kind in sorted({bucket[1] for bucket in buckets}):
        touched |= run(TOUCHED.format(head, insert_of_offices(kind, MILESTONES_IN_BUCKETS)), arrays(buckets))
    return touched


def regions(buckets: Collection[RegionBucket]) -> set[RegionBucket]:
    """Add up regions' months anew, from the regions just below and from their own offices and those of their towns."""
    head = BUCKETS.format(sql.SQL("text"))
    gone = delete("c.region_code = bucket.place AND c.organization_id IS NULL")
    touched = run(TOUCHED.format(head, gone), arrays(buckets))
    lowest = all(level_of(bucket[0]) is Level.COUNTY for bucket in buckets)
    for kind in sorted({bucket[1] for bucket in buckets}):
        touched |= run(TOUCHED.format(head + OWN, insert_of_regions(kind, lowest=lowest)), arrays(buckets))
    return touched


def delete(same_place: str) -> sql.Composed:
    return sql.SQL(
        "DELETE FROM stats_cellblock c USING bucket WHERE {} AND c.kind = bucket.kind AND c.month = bucket.month"
    ).format(sql.SQL(same_place))


def insert(blocks: sql.Composable) -> sql.Composed:
    return sql.SQL("INSERT INTO stats_cellblock AS c ({0}) SELECT {0} FROM ({1}) AS counted").format(COLUMNS, blocks)


def insert_of_offices(kind: str, source: sql.Composable) -> sql.Composed:
    dims = [dimension.name for dimension in KINDS[kind].dimensions]
    block = sql.SQL("region_code, organization_id, month, restricted")
    blocks = sql.SQL("SELECT *, {}::text AS kind, {} AS breakdown, {}::text[] AS dims FROM ({}) AS part").format(
        sql.Literal(kind),
        sql.Literal(TOGETHER),
        sql.Literal(dims),
        PACKED.format(block=block, cells=of_offices(kind, source)),
    )
    return insert(blocks)


def insert_of_regions(kind: str, *, lowest: bool = False) -> sql.Composed:
    packed = PACKED.format(block=sql.SQL("book, breakdown"), cells=of_books(kind, lowest=lowest))
    blocks = sql.SQL(
        "SELECT {}, part.*, string_to_array(part.breakdown, ',') AS dims FROM ({}) AS part"
        " JOIN bucket ON bucket.number = part.book / 2"
    )
    return insert(blocks.format(OF_BOOK.format(kind=sql.Literal(kind)), packed))


def of_offices(kind: str, source: sql.Composable) -> sql.Composed:
    """The cells of offices as their milestones give them; `source` ends in a condition."""
    dimensions = [dimension.name for dimension in KINDS[kind].dimensions]
    values = [
        sql.SQL("coalesce(m.dimensions->>{}, {})").format(
            sql.Literal(name), sql.Literal(UNSPECIFIED if name in from_opening(kind) else "")
        )
        for name in dimensions
    ]
    return OF_OFFICES.format(
        kind=sql.Literal(kind),
        together=sql.Literal(TOGETHER),
        key=sql.SQL("concat_ws('|', {})").format(comma(values)) if values else sql.SQL("''::text"),
        happened=month_of("m.happened_on"),
        received=month_of("m.received_on"),
        source=source,
    )


def month_of(column: str) -> sql.Composed:
    """The first of the month; date_trunc would go by way of the time zone."""
    return sql.SQL("({0} - extract(day FROM {0})::int + 1)").format(sql.SQL(column))


def of_regions(kind: str) -> sql.Composed:
    """The cells of regions as what lies below gives them."""
    cells = sql.SQL("SELECT {}, part.* FROM ({}) AS part JOIN bucket ON bucket.number = part.book / 2")
    return cells.format(OF_BOOK.format(kind=sql.Literal(kind)), of_books(kind))


def of_books(kind: str, *, lowest: bool = False) -> sql.Composed:
    """The cells of each book of a kind; the `lowest` regions that have any have nothing below them but offices."""
    if lowest:
        return of_own_offices(kind)
    return ADDED_UP.format(
        kind=sql.Literal(kind),
        sums=SUMS,
        book=BOOK.format(sql.SQL("c")),
        of_own_offices=of_own_offices(kind),
        one_by_one=ONE_BY_ONE.format(sql.SQL("c")),
    )


def of_own_offices(kind: str) -> sql.Composed:
    """The kept breakdowns of offices' cells. What can't have a value of a dimension yet is there without one."""
    sets = kept(kind)
    names = in_order(kind, set().union(*sets))
    aliases = {name: sql.Identifier(f"d{number}") for number, name in enumerate(names)}
    places = {name: sql.Identifier(f"p{number}") for number, name in enumerate(names)}
    return OF_OWN_OFFICES.format(
        kind=sql.Literal(kind),
        sums=SUMS,
        book=BOOK.format(sql.SQL("c")),
        breakdown=of_each_set(aliases, {each: sql.Literal(name_of(each)) for each in sets}),
        key=of_each_set(aliases, {each: key_of(aliases[name] for name in each) for each in sets}),
        positions=comma(
            sql.SQL("array_position(c.dims, {}) AS {}").format(sql.Literal(name), place)
            for name, place in places.items()
        ),
        values=comma(
            sql.SQL("nullif(split_part(e.key, '|', {}), '') AS {}").format(places[name], alias)
            for name, alias in aliases.items()
        ),
        one_by_one=ONE_BY_ONE.format(sql.SQL("block")),
        sets=comma(sql.SQL("({})").format(comma(aliases[name] for name in each)) for each in sets),
    )


def of_each_set(aliases: Mapping[str, sql.Identifier], values: Mapping[Breakdown, sql.Composable]) -> sql.Composed:
    """What stands for each grouping set. GROUPING is a bit mask of what a set leaves out, the first one highest."""
    cases = [
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(mask(tuple(aliases), each)), values[each]) for each in values
    ]
    return sql.SQL("CASE GROUPING({}) {} END").format(comma(aliases.values()), sql.SQL(" ").join(cases))


def key_of(values: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL("concat_ws('|', {})").format(comma(sql.SQL("coalesce({}, '')").format(value) for value in values))


def mask(names: Breakdown, each: Breakdown) -> int:
    return sum(1 << place for place, name in enumerate(reversed(names)) if name not in each)


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
