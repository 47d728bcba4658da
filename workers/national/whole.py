"""Whether the files of an export hold the rows that its manifest lists: asked of their ends, before a cluster is."""

from collections.abc import Iterable
from pathlib import Path

from pyarrow import ArrowException, parquet

from workers.national.exports import Export, ExportsRefused


def refuse_broken(exports: Iterable[Export]) -> None:
    for export in exports:
        for name, listed in export.manifest["files"].items():
            found = rows_of(export.folder / name)
            if found != listed:
                what = "读不出来" if found is None else f"有{found}行，清单中为{listed}行"
                raise ExportsRefused(f"{export.folder} 中的 {name} {what}，可能没有复制完整。请重新复制或导出")


def rows_of(path: Path) -> int | None:
    """None where it can't be read."""
    try:
        return int(parquet.read_metadata(path).num_rows)
    except (ArrowException, OSError):
        return None
