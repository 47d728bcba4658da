"""settle(): keep the cells in step with the log. What changed is counted anew, never added: running twice is harmless.

A mark is deleted before its bucket is counted, in the same transaction: what is logged in between left a mark of its
own, and is counted once more by the next run. A crash takes the whole transaction back, marks and all.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction

from casetrack.cases.models import Unsettled
from casetrack.kinds import KINDS
from casetrack.organizations.divisions import LEVELS, Level, level_of, parent_of
from casetrack.organizations.models import Organization, Region
from casetrack.stats import durations, recount, seats
from casetrack.stats.buckets import Mark, Names, OfficeBucket, RegionBucket, together
from casetrack.stats.models import UnsettledRegion
from casetrack.stats.recount import KEPT_BY_OFFICES

DEEPEST_FIRST = (*(level for level in reversed(LEVELS) if level not in KEPT_BY_OFFICES), Level.NATION)
AT_ONCE = 2
"""Connections that count at the same time, where there is much to count."""
FEW_OFFICES, FEW_REGIONS = 40, 4
"""What one transaction settles: few hold up nobody else, and what is being grouped stays in the processor's cache."""
COUNTING = 0x63617365
"""The name of the advisory locks, one a kind, that settlers share and who counts the kind anew has for itself."""
HASHED = "SET LOCAL enable_sort = off"  # how many groups there are is guessed far too low, and sorting chosen for few
# keys are given in the order of time, so the first tells the oldest without reading all marks, however many there are
SECONDS_WAITED = (
    "SELECT coalesce(extract(epoch FROM statement_timestamp() - least("
    "(SELECT marked_at FROM cases_unsettled ORDER BY id LIMIT 1),"
    " (SELECT marked_at FROM stats_unsettledregion ORDER BY id LIMIT 1))), 0)::float8"
)


def settle(*, limit: int = 500) -> int:
    """Settle up to `limit` offices, then all regions above that wait: how many were taken, 0 when nothing is left.

    Whatever another settler holds is passed over: it is being settled.
    """
    with another_connection() as other:
        settled = some_of(other, settle_offices, FEW_OFFICES, limit)
        for level in DEEPEST_FIRST:
            settled += some_of(other, partial(settle_regions, level), FEW_REGIONS)
    return settled


@contextmanager
def another_connection() -> Iterator[Executor]:
    """A thread to count beside this one, with one connection for all it is given; opened when there is something."""
    with ThreadPoolExecutor(AT_ONCE - 1) as pool:
        try:
            yield pool
        finally:
            pool.submit(lambda: connection.close()).result()  # looked up there: each thread has a connection of its own


def some_of(other: Executor, take: Callable[[int], int], few: int, limit: int | None = None) -> int:
    """Take a few at a time until `limit` are taken or none is left; where there are more than a few, side by side.

    Without a limit those are looked for again that another settler has marked or let go of meanwhile.
    """
    taken = take(few if limit is None else min(few, limit))
    if not taken or (limit is not None and taken < few):
        return taken
    left = None if limit is None else limit - taken
    if taken < few or connection.in_atomic_block:  # other connections would not see what the caller has written
        return taken + rest_of(take, few, left)
    shares = [None if left is None else (left + turn) // AT_ONCE for turn in range(AT_ONCE)]
    rest = [other.submit(rest_of, take, few, share) for share in shares[1:]]
    return taken + rest_of(take, few, shares[0]) + sum(each.result() for each in rest)


def rest_of(take: Callable[[int], int], few: int, limit: int | None) -> int:
    taken = 0
    while limit is None or taken < limit:
        fresh = take(few if limit is None else min(few, limit - taken))
        if not fresh:
            break
        taken += fresh
    return taken


def waiting() -> int:
    """The marks that nobody has settled yet."""
    return Unsettled.objects.count() + UnsettledRegion.objects.count()


def seconds_waited() -> float:
    """How long the mark has waited that was set first; 0 where none waits. By the database's clock, which set it."""
    with connection.cursor() as cursor:
        cursor.execute(SECONDS_WAITED)
        return float(cursor.fetchone()[0])


@transaction.atomic
def settle_offices(limit: int) -> int:
    marked = Organization.objects.filter(pk__in=Unsettled.objects.values("organization")).order_by("pk")
    # no_key: a clerk who logs a case for the office meanwhile need not wait
    offices = [office.pk for office in marked.select_for_update(skip_locked=True, no_key=True)[:limit]]
    if offices:
        count_beside_others()
        group_by_hashing()
        buckets = take_marks_of_offices(offices)
        changed = [*recount.offices(buckets), *durations.offices(buckets)]
        seats.note(buckets)
        mark_regions((kept_at(code), kind, month, names) for code, kind, month, names in changed)
    return len(offices)


@transaction.atomic
def settle_regions(level: Level, limit: int) -> int:
    marked = Region.objects.filter(pk__in=UnsettledRegion.objects.values("region"), level=level).order_by("pk")
    regions = [region.pk for region in marked.select_for_update(skip_locked=True, no_key=True)[:limit]]
    if regions:
        count_beside_others()
        group_by_hashing()
        buckets = take_marks_of_regions(regions)
        changed = [*recount.regions(buckets), *durations.regions(buckets)]
        mark_regions((parent_of(code) or "", kind, month, names) for code, kind, month, names in changed)
    return len(regions)


def group_by_hashing() -> None:
    """Until the end of the transaction groups are hashed, and no index is followed through a whole table to sort."""
    with connection.cursor() as cursor:
        cursor.execute(HASHED)
        cursor.execute("SET LOCAL enable_incremental_sort = off")


def count_beside_others() -> None:
    """Until the end of the transaction no kind is counted anew; one that is being so is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, hashtext(kind)) FROM unnest(%s::text[]) AS kind",
            [COUNTING, list(KINDS)],
        )


def count_alone(kind: str) -> None:
    """Until the end of the transaction nobody settles, and nobody else counts the kind anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [COUNTING, kind])


def kept_at(code: str) -> str:
    """The region whose cells take in an office there: villages and towns have none beside their offices'."""
    while level_of(code) in KEPT_BY_OFFICES:
        code = parent_of(code) or code
    return code


def take_marks_of_offices(offices: list[int]) -> dict[OfficeBucket, Names]:
    """Delete the marks that are there now, and only those, and say what they marked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM cases_unsettled WHERE organization_id = ANY(%s) RETURNING organization_id, kind, month, names",
            [offices],
        )
        return together(cursor.fetchall())


def take_marks_of_regions(regions: list[str]) -> dict[RegionBucket, Names]:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM stats_unsettledregion WHERE region_id = ANY(%s) RETURNING region_id, kind, month, names",
            [regions],
        )
        return together(cursor.fetchall())


def mark_regions(marks: Iterable[Mark[str]]) -> None:
    buckets = together(marks)
    UnsettledRegion.objects.bulk_create(
        [
            UnsettledRegion(region_id=code, kind=kind, month=month, names=None if names is None else sorted(names))
            for (code, kind, month), names in sorted(buckets.items())
            if code
        ],
        batch_size=5000,
    )
