"""The demo: sample counties' ledgers in, their published figures out, each beside the computed one."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SampleLedgers:
    """A folder of one county's ledgers of one year, with what its report published, if anything."""

    folder: Path
    region: str
    name: str
    published: Path | None

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.xlsx"))


def samples(folder: Path) -> list[SampleLedgers]:
    """The samples in the order in which they are imported."""
    listed = tomllib.loads((folder / "demo.toml").read_text(encoding="utf-8"))["ledgers"]
    return [
        SampleLedgers(
            folder=folder / entry["folder"],
            region=entry["region"],
            name=entry["name"],
            published=folder / entry["folder"] / "figures.json" if entry["published"] else None,
        )
        for entry in listed
    ]
