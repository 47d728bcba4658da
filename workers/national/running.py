"""One run of a recount: count, compare, write."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from casetrack.kinds import KINDS
from casetrack.organizations.divisions import NATION
from workers.national import comparing, recount
from workers.national.exports import Export, ExportsRefused


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many cells there are, how many cases of each kind all exports received, and what differs."""

    cells: int
    received: dict[str, int]
    differences: list[str]


def run(exports: Sequence[Export], *, master: str, output: Path | None) -> Recounted:
    if output is not None and output.exists():
        raise ExportsRefused(f"{output} 已经存在。请为结果指定一个新目录")
    spark = recount.session(master)
    try:
        counted, kept = recount.cells(spark, exports).persist(), recount.kept(spark, exports)
        settled = ~f.col("kind").isin({kind for export in exports for kind in export.behind})
        found = Recounted(
            cells=counted.count(),
            received=received(counted, exports),
            differences=list(comparing.differences(counted.where(settled), kept.where(settled), exports)),
        )
        if output is not None:
            recount.write(counted, output)
        return found
    finally:
        spark.stop()


def received(counted: DataFrame, exports: Sequence[Export]) -> dict[str, int]:
    """Of the nation, under one breakdown of each kind: what every breakdown adds up to."""
    kinds = exports[0].declared["kinds"]
    first = reduce(
        or_, ((f.col("kind") == kind) & (f.col("breakdown") == kinds[kind]["breakdowns"][0]) for kind in kinds)
    )
    whole = counted.where(first & (f.col("region_code") == NATION) & (f.col("name") == "received"))
    found = {
        row["kind"]: int(row["cases"]) for row in whole.groupBy("kind").agg(f.sum("cases").alias("cases")).collect()
    }
    return {KINDS[kind].label: found.get(kind, 0) for kind in kinds if kind in KINDS}
