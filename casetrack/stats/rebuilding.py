"""All cells anew from the milestones, and the comparison of the cells with such a recount."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction
from psycopg import sql

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import NATION, code_range, is_under, level_of, parent_of
from casetrack.organizations.models import Organization
from casetrack.organizations.moving import ever_under
from casetrack.organizations.querysets import within
from casetrack.stats import durations, recount, seats
from casetrack.stats.buckets import Names, Parameters, RegionBucket, arrays, head
from casetrack.stats.models import CellBlock
from casetrack.stats.recount import CELL, ONE_BY_ONE, OWN
from casetrack.stats.rollup import AT_ONCE, DEEPEST_FIRST, HASHED, count_alone, kept_at, mark_regions, settle, waiting
from casetrack.stats.snapshot import one_view

BUCKETS_AT_ONCE, OFFICES_AT_ONCE = 16, 4
"""Months of regions added up, and offices counted, by one statement: its memory does not grow with the record.

So few that what is being grouped stays in the processor's cache: by 300 months it took half as long again.
"""
SPREADS_AT_ONCE = 200
"""Months of regions whose days are added up by one statement: these are few, and planning it took longer."""
MEMORY = "256MB"
NO_BUCKETS = sql.SQL("WITH bucket AS (SELECT 1)")
MILESTONES = sql.SQL("cases_milestone m WHERE m.region_code >= %s AND m.region_code < %s")
MILESTONES_OF = MILESTONES + sql.SQL(" AND m.organization_id = ANY(%s)")
GONE = sql.SQL(
    "DELETE FROM stats_cellblock c WHERE c.organization_id IS NOT NULL AND c.kind = {}"
    " AND c.region_code >= %s AND c.region_code < %s"
)
KEPT_OF_OFFICES = sql.SQL(
    "SELECT c.region_code, c.organization_id, c.kind, c.month, c.restricted, c.breakdown, e.*"
    " FROM stats_cellblock c, {one_by_one}"
    " WHERE c.organization_id IS NOT NULL AND c.kind = {kind} AND c.region_code >= %s AND c.region_code < %s"
)
KEPT_OF_REGIONS = sql.SQL(
    "SELECT c.region_code, c.organization_id, c.kind, c.month, c.restricted, c.breakdown, e.* FROM bucket"
    " JOIN stats_cellblock c ON c.region_code = bucket.place AND c.kind = bucket.kind AND c.month = bucket.month"
    "  AND c.organization_id IS NULL, {one_by_one}"
)
EXTRA = sql.SQL(
    "{head} SELECT region_code, organization_id, kind, name, month, restricted, breakdown, key, cases FROM"
    " (SELECT {cell} FROM ({one}) AS one EXCEPT ALL SELECT {cell} FROM ({other}) AS other) AS extra"
)


def rebuild(*, region: str = NATION) -> int:
    """Count the cells of a region and all below it anew, then settle what was marked: how many blocks there are.

    Nothing of a kind of case is shown half done: readers keep its old cells until the new ones are complete.
    """
    if connection.in_atomic_block:  # other connections would not see what the caller has written
        for kind in KINDS:
            rewrite(kind, region)
    else:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda kind: rewrite_apart(kind, region), KINDS))
    while waiting() and settle():
        pass
    return CellBlock.objects.filter(within("region_code", region)).count()


def rewrite_apart(kind: str, region: str) -> None:
    try:
        rewrite(kind, region)
    finally:
        connection.close()


@transaction.atomic
def rewrite(kind: str, region: str) -> None:
    """All cells of a kind of case under a region.

    The transaction that writes holds the lock: one that is still ending when its process is gone is waited for as well.
    """
    count_alone(kind)
    subtree, nearby = code_range(region), offices_under(region)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL work_mem = {}").format(sql.Literal(MEMORY)))
        cursor.execute(HASHED)
        cursor.execute(GONE.format(sql.Literal(kind)), subtree)
        for offices in nearby:
            cursor.execute(recount.insert_of_offices(kind, MILESTONES_OF), [*subtree, offices])
    with incremental_sort_off():
        durations.rewrite_offices(kind, region, MILESTONES)
    seats.note_all(kind, region)
    touched: set[tuple[str, date]] = set()
    for level in from_below(kind, region):
        for buckets in some_at_a_time(level, BUCKETS_AT_ONCE):
            touched |= {(code, month) for code, _, month, _ in recount.regions(buckets)}
        for buckets in some_at_a_time(level, SPREADS_AT_ONCE):
            touched |= {(code, month) for code, _, month, _ in durations.regions(buckets)}
    mark_regions((parent_of(region) or "", kind, month, None) for code, month in touched if code == region)


@contextmanager
def incremental_sort_off() -> Iterator[None]:
    """For what would else follow an index, and jump about in the table, to have its rows half sorted."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_incremental_sort = off")
        yield
        cursor.execute("SET LOCAL enable_incremental_sort = on")


def offices_under(region: str) -> Iterator[list[int | str | date | None]]:
    """The offices that are or were under a region, a few neighbours at a time."""
    found = dict(Organization.objects.under(region).values_list("pk", "region"))
    kept = CellBlock.objects.filter(within("region_code", region), organization__isnull=False).order_by()
    found |= dict(kept.values_list("organization", "organization__region").distinct())
    found |= dict(Organization.objects.filter(pk__in=ever_under(region)).values_list("pk", "region"))
    offices = sorted(found, key=lambda office: (found[office], office))
    for start in range(0, len(offices), OFFICES_AT_ONCE):
        yield [*offices[start : start + OFFICES_AT_ONCE]]


def from_below(kind: str, region: str) -> Iterator[Sequence[RegionBucket]]:
    """The months in which regions have or should have cells, a level at a time, each after the one below."""
    kept = CellBlock.objects.filter(within("region_code", region), kind=kind).order_by()
    found = set(kept.values_list("region_code", "month").distinct())
    buckets = {(kept_at(code), kind, month) for code, month in found}
    for level in DEEPEST_FIRST:
        here = sorted(each for each in buckets if level_of(each[0]) is level and is_under(each[0], region))
        yield here
        buckets |= {(parent_of(code) or code, kind, month) for code, _, month in here}


def some_at_a_time(buckets: Sequence[RegionBucket], number: int) -> Iterator[dict[RegionBucket, Names]]:
    for start in range(0, len(buckets), number):
        yield dict.fromkeys(buckets[start : start + number])


def differences(*, region: str = NATION) -> list[str]:
    """The cells that a recount would change, for verification; nothing is written.

    Marks that wait explain differences: settle first, where only others are looked for.
    """
    with one_view():
        return [found for kind in KINDS for found in differences_of(kind, region)]


def differences_of(kind: str, region: str) -> Iterator[str]:
    parts = {"kind": sql.Literal(kind), "one_by_one": ONE_BY_ONE.format(sql.SQL("c"))}
    subtree = code_range(region)
    fresh = recount.of_offices(kind, MILESTONES)
    yield from described(NO_BUCKETS, KEPT_OF_OFFICES.format(**parts), fresh, [*subtree, *subtree])
    yield from durations.differences_of_offices(kind, region, MILESTONES)
    months = (each for level in from_below(kind, region) for each in some_at_a_time(level, BUCKETS_AT_ONCE))
    for buckets in months:
        yield from described(
            head("text") + OWN, KEPT_OF_REGIONS.format(**parts), recount.of_regions(kind), arrays(buckets)
        )
        yield from durations.differences_of_regions(kind, buckets)


def described(
    head: sql.Composable, kept: sql.Composable, fresh: sql.Composable, parameters: Parameters
) -> Iterator[str]:
    for one, other, verdict in ((kept, fresh, "多出"), (fresh, kept, "缺少")):
        with connection.cursor() as cursor:
            cursor.execute(EXTRA.format(head=head, cell=CELL, one=one, other=other), parameters)
            for code, office, kind, name, month, restricted, breakdown, key, cases in cursor.fetchall():
                place, apart = f"机构{office}" if office else code, "（限制知悉）" if restricted else ""
                yield f"统计单元{verdict}：{place} {kind}.{name}{apart} {month:%Y-%m} [{breakdown}] {key} {cases}件"
