"""The cells of a recount beside those that the databases had: every one, in both directions."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from casetrack.organizations.divisions import code_range
from workers.national.exports import Export
from workers.national.recount import OF_CELL, SUMS

SHOWN = 20


def differences(counted: DataFrame, kept: DataFrame, exports: Sequence[Export]) -> Iterator[str]:
    """The first that differ, of the regions that an export holds whole: what lies above is the sum of several."""
    beside = sided(counted.where(lies_in(exports)), 1).unionAll(sided(kept, 0))
    sides = {"counted": f.col("side"), "kept": 1 - f.col("side")}
    sums = [f.sum(f.col(name) * side).alias(f"{name}_{word}") for name in SUMS for word, side in sides.items()]
    wrong = reduce(or_, (f.col(f"{name}_counted") != f.col(f"{name}_kept") for name in SUMS))
    for cell in beside.groupBy(*OF_CELL).agg(*sums).where(wrong).limit(SHOWN).collect():
        place = f"机构{cell.organization_id}" if cell.organization_id else cell.region_code
        apart = "（限制知悉）" if cell.restricted else ""
        yield (
            f"统计单元不符：{place} {cell.kind}.{cell.name}{apart} {cell.month:%Y-%m} [{cell.breakdown}] {cell.key}"
            f" 重算{cell.cases_counted}件，数据库{cell.cases_kept}件"
        )


def sided(frame: DataFrame, side: int) -> DataFrame:
    return frame.select(*OF_CELL, *SUMS, f.lit(side).alias("side"))


def lies_in(exports: Sequence[Export]) -> Column:
    found = f.lit(False)
    for export in exports:
        first, beyond = code_range(export.region)
        found = found | ((f.col("region_code") >= first) & (f.col("region_code") < beyond))
    return found
