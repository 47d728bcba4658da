"""The statistical marks of every case as Parquet, with the cells they add up to: no name, no text, no number of a case.

What is written is as of one moment. `manifest.json` is written last: a folder without one is the rest of a run that
was broken off, and no reader takes it for a small record.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

import pyarrow as arrow
from django.db.models.fields.json import KT
from pyarrow import parquet

from casetrack.cases.models import Milestone
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import NATION
from casetrack.organizations.models import Region
from casetrack.organizations.querysets import within
from casetrack.stats.dimensions import dimensions_of
from casetrack.stats.from_cells import behind
from casetrack.stats.models import CellBlock
from casetrack.stats.questions import Place
from casetrack.stats.snapshot import one_view
from workers.national.declared import declarations
from workers.national.exports import MANIFEST, VERSION

ROWS_OF_GROUP, ROWS_OF_FILE = 50_000, 1_000_000
"""So many are in memory at a time, and so many in one file: a cluster reads the files side by side."""
MILESTONE = {
    "organization_id": arrow.int64(),
    "region_code": arrow.string(),
    "restricted": arrow.bool_(),
    "name": arrow.string(),
    "happened_on": arrow.date32(),
    "received_on": arrow.date32(),
    "persons": arrow.int64(),
    "cents": arrow.int64(),
    "in_time": arrow.bool_(),
}
CELL = {
    "region_code": arrow.string(),
    "organization_id": arrow.int64(),
    "month": arrow.date32(),
    "restricted": arrow.bool_(),
    "breakdown": arrow.string(),
    "name": arrow.string(),
    "received_month": arrow.date32(),
    "key": arrow.string(),
    "cases": arrow.int64(),
    "persons": arrow.int64(),
    "cents": arrow.int64(),
    "in_time": arrow.int64(),
}
Row = tuple[Any, ...]


class ExportRefused(Refused):
    """The folder can't take an export, or there is no such region."""


def export(folder: Path, *, region: str, now: datetime) -> dict[str, Any]:
    """Write what a region and all below it have; the manifest, which names every file with its rows."""
    if folder.exists() and any(folder.iterdir()):
        raise ExportRefused(f"{folder} 中已有文件，导出会与之混在一起。请指定一个新的或空的目录")
    if region != NATION and not Region.objects.filter(pk=region).exists():
        raise ExportRefused(f"没有区划代码为“{region}”的地区，导出会是空的。请核对代码，或先导入该地区的名册")
    files: dict[str, int] = {}
    with one_view():
        waiting = sorted(behind(Place(region)))
        for kind in KINDS:
            files |= written(folder, f"milestones/kind={kind}", schema_of(kind), milestones(kind, region))
            files |= written(folder, f"cells/kind={kind}", arrow.schema(list(CELL.items())), cells(kind, region))
    manifest = {
        "version": VERSION,
        "region": region,
        "taken_at": now.isoformat(),
        "behind": waiting,
        "declared": declarations(),
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return manifest


def schema_of(kind: str) -> arrow.Schema:
    values = [(column_of(name), arrow.string()) for name in dimensions_of(kind)]
    return arrow.schema([*MILESTONE.items(), *values])


def column_of(dimension: str) -> str:
    """A dimension may be called as a milestone's own column is."""
    return f"by_{dimension}"


def milestones(kind: str, region: str) -> Iterator[Row]:
    rows = Milestone.objects.filter(within("region_code", region), kind=kind).order_by()
    values = {column_of(name): KT(f"dimensions__{name}") for name in dimensions_of(kind)}
    return rows.annotate(**values).values_list(*MILESTONE, *values).iterator(chunk_size=ROWS_OF_GROUP)


def cells(kind: str, region: str) -> Iterator[Row]:
    blocks = CellBlock.objects.filter(within("region_code", region), kind=kind).order_by()
    for block in blocks.iterator(chunk_size=1000):
        place = (block.region_code, block.organization_id, block.month, block.restricted, block.breakdown)
        lists = (block.names, block.received_months, block.keys, block.cases, block.persons, block.cents, block.in_time)
        yield from ((*place, *cell) for cell in zip(*lists, strict=True))


def written(folder: Path, name: str, schema: arrow.Schema, rows: Iterable[Row]) -> dict[str, int]:
    """Files of one kind; one without rows where there are none, so that a missing file is never an empty one."""
    (folder / name).mkdir(parents=True)
    remaining, files = iter(rows), dict[str, int]()
    for number in count():
        path = f"{name}/part-{number:05}.parquet"
        files[path] = write_file(folder / path, schema, islice(remaining, ROWS_OF_FILE))
        if files[path] < ROWS_OF_FILE:
            break
    return files


def write_file(path: Path, schema: arrow.Schema, rows: Iterator[Row]) -> int:
    counted = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while some := list(islice(rows, ROWS_OF_GROUP)):
            file.write_table(arrow.table([list(column) for column in zip(*some, strict=True)], schema=schema))
            counted += len(some)
    return counted
