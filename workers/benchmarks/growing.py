"""How lists and figures keep their time while the record grows a hundredfold: measured once, in one sweep upwards."""

from dataclasses import dataclass
from functools import cache

from casetrack.cases.models import Case
from casetrack.organizations.divisions import Level
from workers.benchmarks.listing import someone_in, time_of, usual_queries
from workers.benchmarks.measuring import Result, at_most
from workers.benchmarks.record import FEW, MANY, SOME, BenchmarkRefused, ensure_cases, ensure_settled
from workers.benchmarks.statistics import time_to_read

BUDGET = 1.5


@dataclass(frozen=True, slots=True)
class Grown:
    """Seconds of each list at 10,000 cases and at the end, and of a province's year at 100,000 and at the end."""

    cases: int
    lists: tuple[list[float], list[float]]
    reading: tuple[float, float]


def list_growth() -> Result:
    """How many times longer the same pages take at 1,000,000 cases than at 10,000, at most."""
    grown = swept()
    before, after = grown.lists
    worst = max(two / one for one, two in zip(before, after, strict=True))
    detail = (
        f"{len(before)} lists of 50: {sum(before) / len(before) * 1000:.1f} ms at {FEW:,} cases,"
        f" {sum(after) / len(after) * 1000:.1f} at {grown.cases:,}; the worst of them {worst:.2f} times"
    )
    return at_most(sum(after) / sum(before), BUDGET, detail)


def read_growth() -> Result:
    """How many times longer the figures of a province's year take at 1,000,000 cases than at 100,000, at most."""
    grown = swept()
    before, after = grown.reading
    detail = f"{before * 1000:.0f} ms at {SOME:,} cases, {after * 1000:.0f} at {grown.cases:,}"
    return at_most(after / before, BUDGET, detail)


@cache
def swept() -> Grown:
    if Case.objects.order_by()[: FEW + 1].count() > FEW:
        raise BenchmarkRefused(f"增长须从{FEW:,}件开始测量，库中已有更多；请在新库中运行 make bench")
    ensure_cases(FEW)
    reader, queries = someone_in(Level.PREFECTURE), list(usual_queries())
    few = [time_of(reader, query) for query in queries]
    ensure_cases(SOME)
    ensure_settled()
    some = time_to_read()
    there = ensure_cases(MANY)
    many = [time_of(reader, query) for query in queries]
    ensure_settled()
    return Grown(there, (few, many), (some, time_to_read()))
