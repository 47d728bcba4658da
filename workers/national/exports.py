"""Exports as they are read: complete, of disjoint regions, and made under the same declarations, or refused."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import is_under

MANIFEST, VERSION = "manifest.json", 1
HELD = {"region": str, "behind": list, "declared": dict, "files": dict}


class ExportsRefused(Refused):
    """Some exports can't be counted, or not together."""


@dataclass(frozen=True, slots=True)
class Export:
    """A folder that was exported, and what its manifest says of it."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def region(self) -> str:
        return str(self.manifest["region"])

    @property
    def declared(self) -> dict[str, Any]:
        found: dict[str, Any] = self.manifest["declared"]
        return found

    @property
    def behind(self) -> list[str]:
        """The kinds of case of which something waited to be counted: their cells were not those of the milestones."""
        return list(self.manifest["behind"])

    @property
    def rows(self) -> int:
        return sum(rows for name, rows in self.manifest["files"].items() if name.startswith("milestones/"))

    def files(self, what: str, kind: str) -> list[Path]:
        return [self.folder / name for name in self.manifest["files"] if name.startswith(f"{what}/kind={kind}/")]


def exports_in(folders: Sequence[Path]) -> list[Export]:
    found = [export_in(folder) for folder in folders]
    for one, other in combinations(found, 2):
        if is_under(one.region, other.region) or is_under(other.region, one.region):
            raise ExportsRefused(
                f"{one.folder}（{one.region}）与{other.folder}（{other.region}）的地区重叠，同一案件会计两次。请只留其一"
            )
        if one.declared != other.declared:
            raise ExportsRefused(
                f"{one.folder}与{other.folder}导出时的统计口径不同（版本不同）。请把两处升级到同一版本后重新导出"
            )
    return found


def export_in(folder: Path) -> Export:
    incomplete = f"{folder} 不是完整的导出目录：没有可用的 {MANIFEST}。请用 export_parquet 重新导出"
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version = manifest["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportsRefused(incomplete) from error
    if version != VERSION:
        raise ExportsRefused(f"{folder} 的导出格式为第{version}版，本版本只读第{VERSION}版。请用同一版本重新导出")
    if not all(isinstance(manifest.get(name), kind) for name, kind in HELD.items()):
        raise ExportsRefused(incomplete)
    missing = [name for name in manifest["files"] if not (folder / name).is_file()]
    if missing:
        raise ExportsRefused(f"{folder} 缺少{len(missing)}个文件，如 {missing[0]}。请重新复制或导出")
    return Export(folder, manifest)
