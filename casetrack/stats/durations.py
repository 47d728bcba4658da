"""How many days cases took, month by month and place by place, so that medians add up as counts do.

Beside each office's cells stand the cases by how many days they took; regions add these up from the county on, as they
do their cells, marked and settled together with them. Of a place all cases are kept together, under no dimension.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db import connection
from django.db.models import Q, QuerySet
from psycopg import sql

from casetrack.organizations.divisions import code_range, level_of
from casetrack.organizations.scope import Clearance
from casetrack.stats.buckets import (
    MILESTONES,
    OF_OFFICE,
    OF_REGION,
    Mark,
    Names,
    OfficeBucket,
    Parameters,
    RegionBucket,
    arrays,
    by_kind,
    head,
    replaced,
    run,
)
from casetrack.stats.indicators import OF_DAYS, SUBJECTS, Counted, Term
from casetrack.stats.models import Durations, NodeDurations
from casetrack.stats.questions import Key, Question, clearance_of, in_place
from casetrack.stats.recount import KEPT_BY_OFFICES, OWN, month_of

COLUMNS = sql.SQL("region_code, organization_id, kind, month, restricted, name, days, cases")
PACKED = sql.SQL("array_agg(days ORDER BY days) AS days, array_agg(cases ORDER BY days) AS cases")
OF_OFFICES = sql.SQL(
    "SELECT region_code, organization_id, kind, month, restricted, name, {packed} FROM ("
    "SELECT m.region_code, m.organization_id, m.kind, {month} AS month, m.restricted, m.name,"
    " greatest(m.happened_on - m.received_on, 0) AS days, count(*)::int AS cases"
    " FROM {source} AND m.kind = {kind} AND m.name = ANY({names}) GROUP BY 1, 2, 3, 4, 5, 6, 7) AS bar"
    " GROUP BY 1, 2, 3, 4, 5, 6"
)
OF_REGIONS = sql.SQL(
    "SELECT place AS region_code, NULL::bigint AS organization_id, {kind}::text AS kind, month, restricted, name,"
    " {packed} FROM ("
    "SELECT place, month, restricted, name, bar.days, sum(bar.cases)::int AS cases FROM ("
    " SELECT bucket.place, c.month, c.restricted, c.name, c.days, c.cases FROM bucket"
    "  JOIN own ON own.place = bucket.place JOIN stats_durations c ON c.region_code = own.code"
    "  AND c.kind = bucket.kind AND c.month = bucket.month"
    "  WHERE c.organization_id IS NOT NULL AND bucket.kind = {kind} AND {of_names}"
    " UNION ALL SELECT bucket.place, c.month, c.restricted, c.name, c.days, c.cases FROM bucket"
    "  JOIN organizations_region r ON r.parent_id = bucket.place AND r.level <> 'township'"
    "  JOIN stats_durations c ON c.region_code = r.code AND c.kind = bucket.kind AND c.month = bucket.month"
    "  WHERE c.organization_id IS NULL AND bucket.kind = {kind} AND {of_names}) AS part,"
    " LATERAL (SELECT unnest(part.days) AS days, unnest(part.cases) AS cases) AS bar GROUP BY 1, 2, 3, 4, 5) AS added"
    " GROUP BY place, month, restricted, name"
)
OF_NAMES = sql.SQL("(bucket.names IS NULL OR c.name = ANY(bucket.names))")
EXTRA = sql.SQL(
    "{head} SELECT {columns} FROM"
    " (SELECT {columns} FROM ({one}) AS one EXCEPT ALL SELECT {columns} FROM ({other}) AS other) AS extra"
)


def names_of(kind: str) -> list[str]:
    """The milestones of a kind of which some indicator tells how many days they took."""
    terms = [term for found in SUBJECTS[kind].indicators for term in found.terms if term.counted in OF_DAYS]
    return sorted({term.name for term in terms})


def offices(buckets: Mapping[OfficeBucket, Names]) -> list[Mark[str]]:
    """Count offices' months anew; what regions' months that touches."""
    touched: list[Mark[str]] = []
    for kind, some in by_kind(buckets):
        fresh = insert(of_offices(kind, MILESTONES.format(all_names=sql.Literal(names_of(kind)))))
        touched += run(replaced("stats_durations", OF_OFFICE, head("bigint"), fresh, OF_NAMES), arrays(some))
    return touched


def regions(buckets: Mapping[RegionBucket, Names]) -> list[Mark[str]]:
    """Add up regions' months anew, from their own offices and those of their towns, and from the regions below."""
    touched: list[Mark[str]] = []
    for kind, some in by_kind(buckets):
        fresh = insert(of_regions(kind))
        touched += run(replaced("stats_durations", OF_REGION, head("text") + OWN, fresh, OF_NAMES), arrays(some))
    return touched


def rewrite_offices(kind: str, region: str, milestones: sql.Composable) -> None:
    """All of a kind of case anew for the offices under a region; `regions` then adds them up."""
    here = sql.SQL("kind = {} AND region_code >= %s AND region_code < %s").format(sql.Literal(kind))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("DELETE FROM stats_durations WHERE organization_id IS NOT NULL AND {}").format(here),
            code_range(region),
        )
        cursor.execute(insert(of_offices(kind, milestones)), code_range(region))


def differences_of_offices(kind: str, region: str, milestones: sql.Composable) -> Iterator[str]:
    kept = sql.SQL(
        "SELECT * FROM stats_durations WHERE organization_id IS NOT NULL AND kind = {}"
        " AND region_code >= %s AND region_code < %s"
    ).format(sql.Literal(kind))
    subtree = code_range(region)
    yield from described(sql.SQL(""), kept, of_offices(kind, milestones), [*subtree, *subtree])


def differences_of_regions(kind: str, buckets: Mapping[RegionBucket, Names]) -> Iterator[str]:
    kept = sql.SQL(
        "SELECT d.* FROM bucket JOIN stats_durations d ON d.region_code = bucket.place AND d.kind = bucket.kind"
        " AND d.month = bucket.month AND d.organization_id IS NULL"
    )
    yield from described(head("text") + OWN, kept, of_regions(kind), arrays(buckets))


def described(
    head: sql.Composable, kept: sql.Composable, fresh: sql.Composable, parameters: Parameters
) -> Iterator[str]:
    for one, other, verdict in ((kept, fresh, "多出"), (fresh, kept, "缺少")):
        with connection.cursor() as cursor:
            cursor.execute(EXTRA.format(head=head, columns=COLUMNS, one=one, other=other), parameters)
            for code, office, kind, month, restricted, name, days, cases in cursor.fetchall():
                place, apart = f"机构{office}" if office else code, "（限制知悉）" if restricted else ""
                bars = dict(zip(days, cases, strict=True))
                yield f"办理天数{verdict}：{place} {kind}.{name}{apart} {month:%Y-%m} {bars}"


def insert(rows: sql.Composable) -> sql.Composed:
    return sql.SQL("INSERT INTO stats_durations AS c ({0}) SELECT {0} FROM ({1}) AS counted").format(COLUMNS, rows)


def of_offices(kind: str, source: sql.Composable) -> sql.Composed:
    """What the milestones of offices give; `source` ends in a condition."""
    return OF_OFFICES.format(
        packed=PACKED,
        month=month_of("m.happened_on"),
        source=source,
        kind=sql.Literal(kind),
        names=sql.Literal(names_of(kind)),
    )


def of_regions(kind: str) -> sql.Composed:
    return OF_REGIONS.format(kind=sql.Literal(kind), packed=PACKED, of_names=OF_NAMES)


def count(question: Question, kept: QuerySet[Durations] | QuerySet[NodeDurations]) -> Iterator[tuple[Key, Term, int]]:
    """The terms of a question that count days, added up from what is kept."""
    terms = [term for term in question.terms if term.counted in OF_DAYS]
    if not terms:
        return
    period = question.days.period
    for row in kept.filter(name__in=[term.name for term in terms], month__range=(period.start, period.end)):
        key: Key = (row.organization_id,) if question.each_organization and row.organization_id else ()
        for term in (term for term in terms if term.name == row.name):
            for days, cases in zip(row.days, row.cases, strict=True):
                if term.counted is Counted.SPREAD:
                    yield key, replace(term, days=days), cases
                yield key, term, cases if term.counted is Counted.SPREAD else days * cases


def kept_for(question: Question) -> QuerySet[Durations]:
    """What is kept of the place that a question is about, of any month."""
    place, rows = question.place, Durations.objects.filter(kind=question.kind)
    if question.each_organization or place.organization or level_of(place.region) in KEPT_BY_OFFICES:
        return rows.filter(in_place(place), Q(organization__isnull=False), question.scope.on())
    own = rows.filter(region_code=place.region, organization__isnull=True)
    hidden = clearance_of(question.scope, place, question.kind) is not Clearance.WHOLE
    return own.filter(restricted=False) if hidden else own
