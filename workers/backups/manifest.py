"""What a backup says of itself: when, by what, how much of everything, and which keys it needs. Never a key."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from workers.backups.layout import FORMAT, NOT_OURS, Member, member_in
from workers.backups.refusals import ArchiveRefused

EXPECTED: dict[str, type] = {
    "casetrack": str,
    "postgresql": int,
    "migrations": dict,
    "counts": dict,
    "keys": list,
    "missing": list,
    "newest": dict,
    "entries": int,
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """`postgresql` is the server's major version, `migrations` the last of each app, `counts` the rows of each table.

    `keys` are short names; `missing` the files that rows point to and that were not there; `newest` the last event and
    audit line, by which one sees how far the backup reaches; `entries` how many files the list has.
    """

    made_at: datetime
    casetrack: str
    postgresql: int
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    keys: list[str]
    missing: list[str]
    newest: dict[str, Any]
    entries: int
    dump: Member
    files: Member

    def written(self) -> bytes:
        said = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()


def manifest_in(text: bytes) -> Manifest:
    """The manifest of a backup that was written by this release or one before."""
    try:
        said = json.loads(text)
        known = {field.name: said[field.name] for field in fields(Manifest)}
        known["made_at"] = datetime.fromisoformat(known["made_at"])
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveRefused(NOT_OURS) from error
    if not all(isinstance(known[name], kind) for name, kind in EXPECTED.items()):
        raise ArchiveRefused(NOT_OURS)
    return Manifest(**(known | {name: member_in(known[name]) for name in ("dump", "files")}))
