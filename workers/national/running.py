"""One run of a recount: count, compare, write."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import NATION
from workers.national import comparing, recount, whole
from workers.national.exports import Export, ExportsRefused


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many cells there are, how many cases of each kind all exports received, and what differs."""

    cells: int
    received: dict[str, int]
    differences: list[str]


class RecountBroke(Refused):
    """Spark could not be started, or did not come to the end."""


def run(exports: Sequence[Export], *, master: str, output: Path | None) -> Recounted:
    if output is not None and output.exists():
        raise ExportsRefused(f"{output} 已经存在。请为结果指定一个新目录")
    whole.refuse_broken(exports)
    try:
        spark = recount.session(master)
        try:
            return recounted(spark, exports, output)
        finally:
            spark.stop()
    except (PySparkException, Py4JError) as broke:
        said = " ".join(str(broke).split("\n")[:2])
        raise RecountBroke(
            f"Spark 没有完成重算（{said}）。请核对 --master、Java 17、各工作节点能否读到导出目录并写入 --output；"
            "原因见上方 Spark 的输出"
        ) from broke


def recounted(spark: SparkSession, exports: Sequence[Export], output: Path | None) -> Recounted:
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
