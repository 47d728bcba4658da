"""The SQL of both sides: what a node opens, and how a province holds it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import code_range, prefix_of

SCHEMA, HELD_IN = "federation", "federation_nodes"
READER = "casetrack_cells"
HERE = sql.SQL("organization_id IS NULL AND region_code >= {first} AND region_code < {beyond}")
BLOCKS = sql.SQL(
    "SELECT id, region_code, organization_id, kind, month, restricted, breakdown, dims, names, received_months, keys,"
    " cases, persons, cents, in_time FROM public.stats_cellblock WHERE {here}"
)
DURATIONS = sql.SQL(
    "SELECT id, region_code, organization_id, kind, month, restricted, name, days, cases"
    " FROM public.stats_durations WHERE {here}"
)
STANDING = sql.SQL(
    "SELECT {region}::varchar(12) AS region_code, kind::varchar(32) AS kind,"
    " ARRAY(SELECT DISTINCT c.breakdown::text FROM public.stats_cellblock c"
    "  WHERE c.region_code = {region} AND c.organization_id IS NULL AND c.kind = one.kind ORDER BY 1) AS breakdowns,"
    " least((SELECT min(u.month) FROM public.cases_unsettled u WHERE u.kind = one.kind),"
    "  (SELECT min(u.month) FROM public.stats_unsettledregion u WHERE u.kind = one.kind"
    "   AND u.region_id >= {first} AND u.region_id < {beyond})) AS waiting_from"
    " FROM unnest({kinds}::text[]) AS one (kind)"
)
VIEWS = {"blocks": BLOCKS, "durations": DURATIONS, "standing": STANDING}
HELD = {"blocks": "stats_nodeblock", "durations": "stats_nodedurations", "standing": "stats_nodestanding"}
"""Each view, and the table of the province that holds it as a partition."""


def role(reader: str = READER) -> sql.Composed:
    """For who may make roles. The password is set by hand, so that it stands in no log."""
    return sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(reader))


def opened(region: str, reader: str = READER) -> Iterator[sql.Composed]:
    """What a node runs: the views of its regions, and the right of one role to read these and nothing else."""
    schema, to = sql.Identifier(SCHEMA), sql.Identifier(reader)
    first, beyond = code_range(region)
    parts = {"first": sql.Literal(first), "beyond": sql.Literal(beyond), "region": sql.Literal(region)}
    yield sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema)
    yield sql.SQL("CREATE SCHEMA {}").format(schema)
    for name, query in VIEWS.items():
        body = query.format(**parts, here=HERE.format(**parts), kinds=sql.Literal(list(KINDS)))
        view = sql.Identifier(SCHEMA, name)
        yield sql.SQL("CREATE VIEW {} WITH (security_barrier) AS {}").format(view, body)
        yield sql.SQL("GRANT SELECT ON {} TO {}").format(view, to)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, to)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a node's database is reached, and as whom."""

    options: dict[str, str]
    user: str
    password: str

    @classmethod
    def of(cls, database: dict[str, Any]) -> "Address":
        """From Django's settings for a URL."""
        options = {"host": database["HOST"], "port": str(database["PORT"] or 5432), "dbname": database["NAME"]}
        given = {str(name): str(value) for name, value in database["OPTIONS"].items()}
        return cls(options | given, database["USER"] or READER, database["PASSWORD"])


def server_of(region: str) -> str:
    return f"node_{prefix_of(region)}"


def joined(region: str, address: Address) -> Iterator[sql.Composed]:
    """What a province runs: the server of a node, the log-in to it, and a partition of each table."""
    server = sql.Identifier(server_of(region))
    # nodes are asked side by side, and one that doesn't answer is given up; blocks are wide, and come by the hundred
    further = {"connect_timeout": "5", "fetch_size": "500", "async_capable": "true", "application_name": "casetrack"}
    yield sql.SQL("CREATE SERVER {} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({})").format(
        server, options_of(further | address.options)
    )
    login = {"user": address.user} | ({"password": address.password} if address.password else {})
    yield sql.SQL("CREATE USER MAPPING FOR CURRENT_USER SERVER {} OPTIONS ({})").format(server, options_of(login))
    first, beyond = code_range(region)
    # apart from the record's own tables, which are backed up without them
    yield sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(HELD_IN))
    for view, table in HELD.items():
        yield sql.SQL(
            "CREATE FOREIGN TABLE {} PARTITION OF {} FOR VALUES FROM ({}) TO ({}) SERVER {} OPTIONS ({})"
        ).format(
            sql.Identifier(HELD_IN, f"{table}_{prefix_of(region)}"),
            sql.Identifier("public", table),
            sql.Literal(first),
            sql.Literal(beyond),
            server,
            options_of({"schema_name": SCHEMA, "table_name": view}),
        )


def left(region: str) -> Iterator[sql.Composed]:
    yield sql.SQL("DROP SERVER IF EXISTS {} CASCADE").format(sql.Identifier(server_of(region)))


def options_of(given: dict[str, str]) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in given.items()
    )
