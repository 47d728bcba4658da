"""Figures from cells against the same from every milestone, and what it costs to keep the cells in step."""

from datetime import date
from functools import cache, partial
from statistics import median

from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod
from django.utils.timezone import localdate, now

from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case
from casetrack.cases.operations import advance
from casetrack.stats import rollup
from casetrack.stats.answering import statistics
from casetrack.stats.questions import Basis
from casetrack.stats.rebuilding import MEMORY, rebuild
from workers.benchmarks.measuring import Result, at_least, at_most, seconds
from workers.benchmarks.record import MANY, PROVINCE, ensure_cases, ensure_settled

REBUILD_BUDGET, READ_BUDGET, DAYS_BUDGET, SETTLE_BUDGET = 3, 100, 4, 0.02
CHANGED = 1000
CHANGES = (  # one closes cases, one adds amounts; of neither does a record run out
    ("petition", ("registered", "accepted"), "withdraw"),
    ("mediation", ("agreed",), "perform"),
)
SCATTER = 7919  # a prime: what lies side by side comes far apart
TIMES = 9
BY_HAND = """
SELECT organization_id, kind, name, date_trunc('month', received_on), date_trunc('month', happened_on), restricted,
  dimensions, count(*), sum(persons), sum(cents), count(*) FILTER (WHERE in_time)
FROM cases_milestone GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def rebuild_vs_group_by() -> Result:
    """How many times longer counting all cells anew takes than one GROUP BY over the same milestones, at most."""
    there = ensure_cases(MANY)
    ensure_settled()
    tidy()
    first = seconds(group_by)
    rebuilding = seconds_to_rebuild()
    grouping = median([first, seconds(group_by), seconds(group_by)])
    detail = (
        f"{there:,} cases: all cells of all levels, written, by two connections: {rebuilding:.0f} s;"
        f" one GROUP BY to the finest cells, with the same memory, nothing written: {grouping:.0f} s"
    )
    return at_most(rebuilding / grouping, REBUILD_BUDGET, detail)


def read_vs_sql() -> Result:
    """How many times faster the figures of a province's year are from cells than by SQL from the milestones."""
    there = ensure_cases(MANY)
    ensure_settled()
    reading = time_to_read()
    computing = median(seconds(partial(year, Basis.EVENTS)) for _ in range(3))
    detail = (
        f"{there:,} cases, all subjects: {reading * 1000:.0f} ms from cells, {computing:.1f} s from milestones;"
        " both through the same function"
    )
    return at_least(computing / reading, READ_BUDGET, detail)


def days_vs_sql() -> Result:
    """How many times faster the figures of days that are no whole months are than from the milestones alone."""
    there = ensure_cases(MANY)
    ensure_settled()
    reading = median(seconds(partial(some_days, Basis.BOTH)) for _ in range(TIMES))
    computing = median(seconds(partial(some_days, Basis.EVENTS)) for _ in range(3))
    detail = (
        f"{there:,} cases, all subjects, of a year without its first four days and its last ten:"
        f" {reading * 1000:.0f} ms from cells and milestones, {computing:.1f} s from milestones"
    )
    return at_least(computing / reading, DAYS_BUDGET, detail)


def settle_share() -> Result:
    """What part of a rebuild it takes to settle 1,000 cases in which a step was taken today, at most."""
    there = ensure_cases(MANY)
    ensure_settled()
    rebuilding = seconds_to_rebuild()
    changed = [case for kind, states, step in CHANGES for case in take_step(kind, states, step)]
    offices = Case.objects.filter(pk__in=changed).values("organization").distinct().count()
    tidy()
    settling = seconds(ensure_settled)
    detail = (
        f"{len(changed):,} of {there:,} cases in {offices} offices, petitions withdrawn and agreements performed today:"
        f" {settling:.2f} s to settle, marks left {rollup.waiting()}; a rebuild {rebuilding:.0f} s"
    )
    return at_most(settling / rebuilding, SETTLE_BUDGET, detail, holds=len(changed) == CHANGED)


def take_step(kind: str, states: tuple[str, ...], step: str) -> list[int]:
    """Take a step in its share of the changed cases, of offices all over the province: the cases."""
    open_cases = Case.objects.under(PROVINCE).filter(kind=kind, state__in=states, restricted=False)
    scattered = open_cases.order_by(Mod(F("id") * SCATTER, MANY), "id")  # the newest may all be one office's
    changed = list(scattered.values_list("pk", flat=True)[: CHANGED // len(CHANGES)])
    for case in changed:
        advance(case_id=case, draft=StepDraft(step, localdate()), actor=None, now=now())
    return changed


@cache
def seconds_to_rebuild() -> float:
    tidy()
    return seconds(rebuild)


def tidy() -> None:
    """Sweep away what was counted anew before, that the server may not do so on the time of what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) stats_cellblock, stats_durations")


def group_by() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET work_mem = '{MEMORY}'")
        cursor.execute(f"SELECT count(*) FROM ({BY_HAND}) AS cells")
        cursor.fetchall()
        cursor.execute("RESET work_mem")


def year(basis: Basis | None = None) -> None:
    last = localdate().year - 1
    statistics(region=PROVINCE, first=date(last, 1, 1), last=date(last, 12, 31), basis=basis)


def some_days(basis: Basis) -> None:
    last = localdate().year - 1
    statistics(region=PROVINCE, first=date(last, 1, 5), last=date(last, 12, 21), basis=basis)


def time_to_read() -> float:
    return median(seconds(partial(year, Basis.CELLS)) for _ in range(TIMES))
