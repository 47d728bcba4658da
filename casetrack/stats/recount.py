"""The counting itself, as SQL: whole buckets at a time.

An office's cells keep all dimensions together: there are hardly more of them than milestones, and they answer any
question about the office, its village or its township. Regions from the county up keep the declared breakdowns, each
apart: their cells are few, however many cases lie below. Every region is added up from what lies just below it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from django.db import connection
from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import Level, level_of
from casetrack.stats.dimensions import UNSPECIFIED, Breakdown, breakdowns, from_opening, in_order, name_of

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
SUMS = sql.SQL(
    "sum(cases)::int AS cases, sum(persons)::bigint AS persons, sum(cents)::bigint AS cents,"
    " sum(in_time)::int AS in_time"
)
ONE_BY_ONE = sql.SQL(
    "unnest({0}.names, {0}.received_months, {0}.keys, {0}.cases, {0}.persons, {0}.cents, {0}.in_time)"
    " AS e (name, received_month, key, cases, persons, cents, in_time)"
)
PACKED = sql.SQL(
    "SELECT region_code, organization_id, kind, month, restricted, breakdown, {dims} AS dims,"
    " array_agg(name) AS names, array_agg(received_month) AS received_months, array_agg(key) AS keys,"
    " array_agg(cases) AS cases, array_agg(persons) AS persons, array_agg(cents) AS cents,"
    " array_agg(in_time) AS in_time"
    " FROM ({cells}) AS one GROUP BY region_code, organization_id, kind, month, restricted, breakdown"
)
BUCKETS = sql.SQL(
    "WITH bucket (place, kind, month) AS MATERIALIZED (SELECT * FROM unnest(%s::{}[], %s::text[], %s::date[]))"
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
    "   sum(m.cents)::bigint AS cents, (count(*) FILTER (WHERE m.in_time))::int AS in_time"
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
    "SELECT * FROM (WITH widest AS MATERIALIZED ("
    "SELECT place, month, restricted, name, received_month, {aliases}, {left_out} AS left_out, {sums}"
    " FROM (SELECT block.place, block.month, block.restricted, e.*, {values}"
    # OFFSET keeps the look-up of positions to once a block
    "  FROM (SELECT own.place, c.*, {positions} FROM bucket JOIN own ON own.place = bucket.place,"
    # looked up one place and month after the other: guesses of how many there are had a month of all places read
    "   LATERAL (SELECT * FROM stats_cellblock c WHERE c.region_code = own.code AND c.kind = bucket.kind"
    "    AND c.month = bucket.month AND c.organization_id IS NOT NULL OFFSET 0) AS c"
    "   WHERE bucket.kind = {kind} OFFSET 0) AS block, {one_by_one}) AS office"
    " GROUP BY place, month, restricted, name, received_month, GROUPING SETS ({widest})) {narrower}) AS own_offices"
)
OF_WIDEST = sql.SQL(
    "SELECT place AS region_code, NULL::bigint AS organization_id, {kind}::text AS kind, month, restricted,"
    " {breakdown} AS breakdown, name, received_month, concat_ws('|', {aliases}) AS key, {sums} FROM widest"
    " WHERE left_out = {left_out} GROUP BY place, month, restricted, name, received_month, GROUPING SETS ({sets})"
    " HAVING {known}"
)
ADDED_UP = sql.SQL(
    "SELECT region_code, NULL::bigint AS organization_id, kind, month, restricted, breakdown,"
    " name, received_month, key, {sums} FROM ({of_own_offices}"
    "  UNION ALL SELECT bucket.place, NULL::bigint, c.kind, c.month, c.restricted, c.breakdown, e.* FROM bucket"
    "  JOIN organizations_region r ON r.parent_id = bucket.place AND r.level <> 'township'"
    "  JOIN stats_cellblock c ON c.region_code = r.code AND c.organization_id IS NULL AND c.kind = bucket.kind"
    "   AND c.month = bucket.month, {one_by_one} WHERE bucket.kind = {kind}) AS part"
    " GROUP BY region_code, kind, month, restricted, breakdown, name, received_month, key"
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


def insert(cells: sql.Composable, dims: sql.Composable) -> sql.Composed:
    """`dims` names the dimensions of their keys, in order."""
    return sql.SQL("INSERT INTO stats_cellblock AS c ({0}) SELECT {0} FROM ({1}) AS counted").format(
        COLUMNS, PACKED.format(cells=cells, dims=dims)
    )


def insert_of_offices(kind: str, source: sql.Composable) -> sql.Composed:
    dims = [dimension.name for dimension in KINDS[kind].dimensions]
    return insert(of_offices(kind, source), sql.SQL("{}::text[]").format(sql.Literal(dims)))


def insert_of_regions(kind: str, *, lowest: bool = False) -> sql.Composed:
    return insert(of_regions(kind, lowest=lowest), sql.SQL("string_to_array(breakdown, ',')"))


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


def of_regions(kind: str, *, lowest: bool = False) -> sql.Composed:
    """The cells of regions of a kind; the `lowest` that have any have nothing below them but offices."""
    if lowest:
        return of_own_offices(kind)
    return ADDED_UP.format(
        kind=sql.Literal(kind),
        sums=SUMS,
        of_own_offices=of_own_offices(kind),
        one_by_one=ONE_BY_ONE.format(sql.SQL("c")),
    )


def of_own_offices(kind: str) -> sql.Composed:
    """The breakdowns of offices' cells: those that lie in no other from the cells, and the others from these."""
    names = in_order(kind, set().union(*breakdowns(kind)))
    aliases = {name: sql.Identifier(f"d{number}") for number, name in enumerate(names)}
    places = {name: sql.Identifier(f"p{number}") for number, name in enumerate(names)}
    widest = widest_of(breakdowns(kind))
    return OF_OWN_OFFICES.format(
        kind=sql.Literal(kind),
        sums=SUMS,
        aliases=comma(aliases.values()),
        left_out=sql.SQL("GROUPING({})").format(comma(aliases.values())),
        positions=comma(
            sql.SQL("array_position(c.dims, {}) AS {}").format(sql.Literal(name), place)
            for name, place in places.items()
        ),
        values=comma(
            sql.SQL("nullif(split_part(e.key, '|', {}), '') AS {}").format(places[name], alias)
            for name, alias in aliases.items()
        ),
        one_by_one=ONE_BY_ONE.format(sql.SQL("block")),
        widest=sets_of(aliases, widest),
        narrower=sql.SQL(" UNION ALL ").join(
            [of_widest(kind, aliases, wide, within) for wide, within in widest.items()]
        ),
    )


def widest_of(sets: Sequence[Breakdown]) -> dict[Breakdown, list[Breakdown]]:
    """The breakdowns that lie in no other, each with those that are added up from it: itself, and narrower ones."""
    found: dict[Breakdown, list[Breakdown]] = {
        kept: [] for kept in sets if not any(set(kept) < set(other) for other in sets)
    }
    for kept in sets:
        found[min((wide for wide in found if set(kept) <= set(wide)), key=len)].append(kept)
    return found


def of_widest(
    kind: str, aliases: Mapping[str, sql.Identifier], wide: Breakdown, within: Sequence[Breakdown]
) -> sql.Composed:
    """What can't have a dimension yet is left out of its breakdowns, though not of narrower ones."""
    here = {name: alias for name, alias in aliases.items() if name in wide}
    later = [alias for name, alias in here.items() if name not in from_opening(kind)]
    return OF_WIDEST.format(
        kind=sql.Literal(kind),
        sums=SUMS,
        breakdown=breakdown_name(here, within),
        aliases=comma(here.values()) if here else sql.SQL("''"),
        left_out=sql.Literal(mask(tuple(aliases), wide)),
        sets=sets_of(here, within),
        known=sql.SQL(" AND ").join(
            [sql.SQL("true"), *(sql.SQL("(GROUPING({0}) = 1 OR {0} IS NOT NULL)").format(alias) for alias in later)]
        ),
    )


def sets_of(aliases: Mapping[str, sql.Identifier], sets: Iterable[Breakdown]) -> sql.Composed:
    return comma(sql.SQL("({})").format(comma(aliases[name] for name in kept)) for kept in sets)


def breakdown_name(aliases: Mapping[str, sql.Identifier], sets: Sequence[Breakdown]) -> sql.Composed:
    if not aliases:
        return sql.SQL("{}::text").format(sql.Literal(name_of(())))
    cases = [
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(mask(tuple(aliases), kept)), sql.Literal(name_of(kept)))
        for kept in sets
    ]
    return sql.SQL("CASE GROUPING({}) {} END").format(comma(aliases.values()), sql.SQL(" ").join(cases))


def mask(names: Breakdown, kept: Breakdown) -> int:
    """GROUPING is a bit mask of the dimensions that a set leaves out, the first one highest."""
    return sum(1 << place for place, name in enumerate(reversed(names)) if name not in kept)


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
