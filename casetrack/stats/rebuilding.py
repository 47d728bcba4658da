"""All cells anew from the milestones, and the comparison of the cells with such a recount."""

from collections.abc import Iterator

from django.db import connection, transaction
from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import NATION, code_range, parent_of
from casetrack.stats.models import Cell
from casetrack.stats.recount import COLUMNS, TOUCHED, insert, of_offices, of_regions, run
from casetrack.stats.rollup import DEEPEST_FIRST, mark_regions, settle, waiting
from casetrack.stats.snapshot import one_view

MILESTONES = sql.SQL("cases_milestone m WHERE m.region_code >= %s AND m.region_code < %s")
NO_BUCKETS = sql.SQL("WITH bucket AS (SELECT 1)")
AT_LEVEL = sql.SQL(
    "WITH bucket (place, kind, month) AS MATERIALIZED (SELECT DISTINCT above.code, c.kind, c.month"
    " FROM organizations_region above JOIN organizations_region r ON r.code = above.code OR r.parent_id = above.code"
    " JOIN stats_cell c ON c.region_code = r.code WHERE above.level = {} AND above.code >= %s AND above.code < %s)"
)
EXTRA = sql.SQL(
    "{head} SELECT region_code, organization_id, kind, name, month, restricted, breakdown, dimensions::text, cases FROM"
    " (SELECT {columns} FROM ({one}) AS one EXCEPT ALL SELECT {columns} FROM ({other}) AS other) AS extra"
)
KEPT = sql.SQL("SELECT * FROM stats_cell WHERE organization_id IS NOT NULL AND region_code >= %s AND region_code < %s")
KEPT_AT = sql.SQL(
    "SELECT c.* FROM bucket JOIN stats_cell c ON c.region_code = bucket.place AND c.kind = bucket.kind"
    " AND c.month = bucket.month WHERE c.organization_id IS NULL AND c.kind = {}"
)


def rebuild(*, region: str = NATION) -> int:
    """Count the cells of a region and all below it anew, then settle what was marked: how many cells there are.

    Nothing is shown half done: readers keep the old cells until the new ones are complete.
    """
    rewrite(region)
    while waiting() and settle():
        pass
    first, beyond = code_range(region)
    return Cell.objects.filter(region_code__gte=first, region_code__lt=beyond).count()


@transaction.atomic
def rewrite(region: str) -> None:
    subtree = list(code_range(region))
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE stats_cell IN SHARE ROW EXCLUSIVE MODE")  # settlers wait until this is done
    gone = sql.SQL("DELETE FROM stats_cell c WHERE region_code >= %s AND region_code < %s")
    touched = run(TOUCHED.format(NO_BUCKETS, gone), subtree)
    touched |= run(TOUCHED.format(NO_BUCKETS, insert(of_offices(MILESTONES))), subtree)
    for level in DEEPEST_FIRST:
        for kind in KINDS:
            touched |= run(TOUCHED.format(at_level(level), insert(of_regions(kind))), subtree)
    above = parent_of(region) or ""
    mark_regions((above, kind, month) for code, kind, month in touched if code == region)


def at_level(level: str) -> sql.Composed:
    return AT_LEVEL.format(sql.Literal(level))


def differences(*, region: str = NATION) -> list[str]:
    """The cells that a recount would change, for verification; nothing is written.

    Marks that wait explain differences: settle first, where only others are looked for.
    """
    subtree = list(code_range(region))
    with one_view():
        found = [*described(NO_BUCKETS, KEPT, of_offices(MILESTONES), subtree * 2)]
        for level in DEEPEST_FIRST:
            for kind in KINDS:
                kept = KEPT_AT.format(sql.Literal(kind))
                found += described(at_level(level), kept, of_regions(kind), subtree)
    return found


def described(
    head: sql.Composable, kept: sql.Composable, fresh: sql.Composable, parameters: list[str]
) -> Iterator[str]:
    for one, other, verdict in ((kept, fresh, "多出"), (fresh, kept, "缺少")):
        with connection.cursor() as cursor:
            cursor.execute(EXTRA.format(head=head, columns=COLUMNS, one=one, other=other), parameters)
            for code, office, kind, name, month, restricted, breakdown, dimensions, cases in cursor.fetchall():
                place, apart = f"机构{office}" if office else code, "（限制知悉）" if restricted else ""
                cell = f"{place} {kind}.{name}{apart} {month:%Y-%m} [{breakdown}] {dimensions} {cases}件"
                yield f"统计单元{verdict}：{cell}"
