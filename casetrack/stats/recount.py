"""The counting itself, as SQL: many buckets at a time, whole or the milestones of some names.

An office's cells keep all dimensions together: there are hardly more of them than milestones, and they answer any
question about the office, its village or its township. Regions from the county up keep the declared breakdowns that
lie in no other, each apart: their cells are few, however many cases lie below. Every region is added up from what lies
just below it.
"""

from collections.abc import Iterable, Mapping

from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import Level, level_of
from casetrack.stats.buckets import (
    ALL_NAMES,
    BOOK,
    GIVEN,
    MILESTONES,
    OF_OFFICE,
    OF_REGION,
    Mark,
    Names,
    OfficeBucket,
    RegionBucket,
    arrays,
    by_kind,
    head,
    replaced,
    run,
)
from casetrack.stats.dimensions import UNSPECIFIED, Breakdown, from_opening, in_order, kept, name_of

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
STAYS = sql.SQL(
    "SELECT {place}, gone.breakdown, e.* FROM gone, {one_by_one}"
    " WHERE gone.counted IS NOT NULL AND e.name <> ALL(gone.counted)"
)
SAME_DIMS = sql.SQL(
    "CASE WHEN NOT EXISTS (SELECT FROM stats_cellblock c WHERE c.organization_id = place AND c.kind = given.kind"
    " AND c.month = given.month AND c.dims <> {dims}) THEN {names} END"
)
"""What was kept under other dimensions than are declared now is counted anew whole."""
OF_OWN_OFFICES = sql.SQL(
    "SELECT book, {breakdown} AS breakdown, name, received_month, {key} AS key, {sums}"
    " FROM (SELECT block.book, e.*, {values}"
    # OFFSET keeps the look-up of positions to once a block
    "  FROM (SELECT {book}, bucket.names AS counted, c.*, {positions} FROM bucket JOIN own ON own.place = bucket.place,"
    # looked up one place and month after the other: guesses of how many there are had a month of all places read
    "   LATERAL (SELECT * FROM stats_cellblock c WHERE c.region_code = own.code AND c.kind = bucket.kind"
    "    AND c.month = bucket.month AND c.organization_id IS NOT NULL OFFSET 0) AS c"
    "   WHERE bucket.kind = {kind} OFFSET 0) AS block, {one_by_one}"
    "  WHERE block.counted IS NULL OR e.name = ANY(block.counted)) AS office"
    " GROUP BY book, name, received_month, GROUPING SETS ({sets})"
)
ADDED_UP = sql.SQL(
    "SELECT book, breakdown, name, received_month, key, {sums} FROM ({of_own_offices}"
    "  UNION ALL SELECT {book}, c.breakdown, e.* FROM bucket"
    "  JOIN organizations_region r ON r.parent_id = bucket.place AND r.level <> 'township'"
    "  JOIN stats_cellblock c ON c.region_code = r.code AND c.organization_id IS NULL AND c.kind = bucket.kind"
    "   AND c.month = bucket.month, {one_by_one} WHERE bucket.kind = {kind}"
    "   AND (bucket.names IS NULL OR e.name = ANY(bucket.names))) AS part"
    " GROUP BY book, breakdown, name, received_month, key"
)


def offices(buckets: Mapping[OfficeBucket, Names]) -> list[Mark[str]]:
    """Count the milestones of offices' months anew; what regions' months that touches."""
    stays = of_gone("gone.region_code, gone.organization_id, gone.kind, gone.month, gone.restricted")
    touched: list[Mark[str]] = []
    for kind, some in by_kind(buckets):
        names = SAME_DIMS.format(dims=dims_of(kind), names=GIVEN)
        insert = insert_of_offices(kind, MILESTONES.format(all_names=ALL_NAMES), stays)
        touched += run(replaced("stats_cellblock", OF_OFFICE, head("bigint", names), insert), arrays(some))
    return touched


def regions(buckets: Mapping[RegionBucket, Names]) -> list[Mark[str]]:
    """Add up regions' months anew, from the regions just below and from their own offices and those of their towns."""
    lowest = all(level_of(bucket[0]) is Level.COUNTY for bucket in buckets)
    touched: list[Mark[str]] = []
    for kind, some in by_kind(buckets):
        insert = insert_of_regions(kind, lowest=lowest)
        touched += run(replaced("stats_cellblock", OF_REGION, head("text") + OWN, insert), arrays(some))
    return touched


def insert(blocks: sql.Composable) -> sql.Composed:
    return sql.SQL("INSERT INTO stats_cellblock AS c ({0}) SELECT {0} FROM ({1}) AS counted").format(COLUMNS, blocks)


def insert_of_offices(kind: str, source: sql.Composable, *stays: sql.Composable) -> sql.Composed:
    block = sql.SQL("region_code, organization_id, month, restricted")
    blocks = sql.SQL("SELECT *, {}::text AS kind, {} AS breakdown, {} AS dims FROM ({}) AS part").format(
        sql.Literal(kind),
        sql.Literal(TOGETHER),
        dims_of(kind),
        PACKED.format(block=block, cells=beside(of_offices(kind, source), *stays)),
    )
    return insert(blocks)


def insert_of_regions(kind: str, *, lowest: bool = False) -> sql.Composed:
    cells = beside(of_books(kind, lowest=lowest), of_gone("gone.book"))
    packed = PACKED.format(block=sql.SQL("book, breakdown"), cells=cells)
    blocks = sql.SQL(
        "SELECT {}, part.*, string_to_array(part.breakdown, ',') AS dims FROM ({}) AS part"
        " JOIN bucket ON bucket.number = part.book / 2"
    )
    return insert(blocks.format(OF_BOOK.format(kind=sql.Literal(kind)), packed))


def of_gone(place: str) -> sql.Composed:
    """The cells that stay of what was taken out: those of names that are not counted anew."""
    return STAYS.format(place=sql.SQL(place), one_by_one=ONE_BY_ONE.format(sql.SQL("gone")))


def beside(*cells: sql.Composable) -> sql.Composed:
    return sql.SQL(" UNION ALL ").join(cells)


def dims_of(kind: str) -> sql.Composed:
    """The declared dimensions, as a block of an office names them."""
    return sql.SQL("{}::text[]").format(sql.Literal([dimension.name for dimension in KINDS[kind].dimensions]))


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
