"""All cells counted anew on a cluster, from nothing but exported files.

The same count as `casetrack.stats.recount` makes in PostgreSQL, of the same declarations, which each export carries:
an office's cells keep all dimensions together, and every region from the county up the breakdowns that are kept. No
function of ours runs on the cluster: what is said here is planned and run by Spark itself.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from casetrack.organizations.divisions import DIGITS
from workers.national.declared import Declared
from workers.national.exports import Export

PLACE = ("region_code", "organization_id", "kind", "month", "restricted")
OF_CELL = (*PLACE, "breakdown", "name", "received_month", "key")
SUMS = ("cases", "persons", "cents", "in_time")


def session(master: str = "") -> SparkSession:
    """A session of the master that is named, or of whatever spark-submit was told; it shows no page of its own."""
    builder = SparkSession.builder.appName("casetrack national recount").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.session.timeZone", "UTC")  # days are days, whatever zone a machine is in
    return (builder.master(master) if master else builder).getOrCreate()


def cells(spark: SparkSession, exports: Sequence[Export]) -> DataFrame:
    """The cells that the milestones of all exports add up to: of every office, and of every region up to the nation."""
    declared = exports[0].declared
    marks = reduce(DataFrame.unionAll, (marks_of(spark, exports, kind, declared) for kind in declared["kinds"]))
    together = (*PLACE, "name", "received_month", "key")
    sums = [f.sum(name).alias(name) for name in SUMS]
    offices = marks.groupBy(*together).agg(f.first("sets").alias("sets"), *sums)
    own = offices.withColumn("breakdown", f.lit(declared["together"])).select(*OF_CELL, *SUMS)
    return own.unionAll(of_regions(offices, declared["digits"]))


def kept(spark: SparkSession, exports: Sequence[Export]) -> DataFrame:
    """The cells that the databases had when the exports were made."""
    kinds = exports[0].declared["kinds"]
    frames = (read(spark, exports, "cells", kind).withColumn("kind", f.lit(kind)) for kind in kinds)
    return reduce(DataFrame.unionAll, (frame.select(*OF_CELL, *SUMS) for frame in frames))


def read(spark: SparkSession, exports: Sequence[Export], what: str, kind: str) -> DataFrame:
    return spark.read.parquet(*(str(path) for export in exports for path in export.files(what, kind)))


def marks_of(spark: SparkSession, exports: Sequence[Export], kind: str, written: Mapping[str, Any]) -> DataFrame:
    """The milestones of a kind: under which key each counts, all dimensions together and under each breakdown."""
    of = Declared.read(written["kinds"][kind])
    values = {name: value_of(name, of, written["unspecified"]) for name in of.dimensions}
    sets = [
        f.struct(f.lit(each).alias("breakdown"), key_of(values, names_in(each)).alias("key")) for each in of.breakdowns
    ]
    return read(spark, exports, "milestones", kind).select(
        "region_code",
        "organization_id",
        f.lit(kind).alias("kind"),
        f.trunc("happened_on", "month").alias("month"),
        "restricted",
        "name",
        f.trunc("received_on", "month").alias("received_month"),
        key_of(values, of.dimensions).alias("key"),
        f.array(*sets).alias("sets"),
        f.lit(1).alias("cases"),
        "persons",
        "cents",
        f.col("in_time").cast("long").alias("in_time"),
    )


def of_regions(offices: DataFrame, digits: Sequence[int]) -> DataFrame:
    """Each office's cells to every region above it, once under each breakdown that is kept."""
    above = f.array_distinct(f.array(*(region_of(count) for count in digits)))
    split = offices.withColumn("region_code", f.explode(above)).withColumn("set", f.explode("sets"))
    split = split.drop("key").select("*", "set.breakdown", "set.key")
    return summed(split.withColumn("organization_id", f.lit(None).cast("long")), OF_CELL)


def summed(frame: DataFrame, by: Sequence[str]) -> DataFrame:
    return frame.groupBy(*by).agg(*(f.sum(name).alias(name) for name in SUMS))


def region_of(digits: int) -> Column:
    """The region above that begins with so many digits; of a town right below a prefecture the county is that."""
    return f.rpad(f.substring("region_code", 1, digits), DIGITS, "0") if digits else f.lit("0" * DIGITS)


def value_of(name: str, of: Declared, unspecified: str) -> Column:
    """What nobody filled in is unspecified where it is known from the first day, else not there yet."""
    return f.coalesce(f.col(f"by_{name}"), f.lit(unspecified if name in of.opening else ""))


def key_of(values: Mapping[str, Column], names: Sequence[str]) -> Column:
    return f.concat_ws("|", *(values[name] for name in names))


def names_in(breakdown: str) -> list[str]:
    return [name for name in breakdown.split(",") if name]


def write(frame: DataFrame, folder: Path) -> None:
    frame.write.mode("errorifexists").partitionBy("kind").parquet(str(folder))
