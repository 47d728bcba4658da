"""Which servers belong to a data folder, where they lie elsewhere: as root, under the system's folder.

Both sides carry the same mark. A data folder that was thrown away, moved or copied shows by it.
"""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from casetrack.embedded.place import Place

MARK, OWNER = "instance", "data_dir"


def outlived(place: Place) -> bool:
    """Whether these servers belong to an earlier data folder at the same path."""
    if place.home.is_relative_to(place.data_dir) or not place.home.exists():
        return False
    theirs = read(place.home / MARK)
    return theirs is not None and theirs != read(place.data_dir / MARK)


def settle(place: Place, *, stop: Callable[[Place], None]) -> None:
    """Bring the right servers' folder to its place before anything starts in it."""
    if place.home.is_relative_to(place.data_dir):
        return
    if outlived(place):
        stop(place)
        set_aside(place.home)
    if place.home.exists():
        return
    former = _former_home(place)
    if former is None:
        return
    if read(Path(read(former / OWNER) or "/nonexistent") / MARK) == read(place.data_dir / MARK):
        (place.data_dir / MARK).unlink()  # a copy of a folder that is still there: it gets servers of its own
        return
    stop(replace(place, home=former, run=former / "run"))
    former.rename(place.home)


def sign(place: Place) -> None:
    """Say on both sides that they belong together."""
    if place.home.is_relative_to(place.data_dir):
        return
    if read(place.data_dir / MARK) is None:
        (place.data_dir / MARK).write_text(secrets.token_hex(16) + "\n")
    for name, text in ((MARK, read(place.data_dir / MARK)), (OWNER, str(place.data_dir))):
        if read(place.home / name) != text:
            (place.home / name).write_text(f"{text}\n")


def set_aside(home: Path) -> None:
    """Keep a servers' folder under another name: one, the latest."""
    old = home.with_name(f"{home.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    home.rename(old)


def read(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _former_home(place: Place) -> Path | None:
    """The servers' folder that carries our mark: the data folder stood elsewhere then."""
    mark = read(place.data_dir / MARK)
    if mark is None or not place.home.parent.is_dir():
        return None
    found = (path for path in place.home.parent.iterdir() if not path.suffix and read(path / MARK) == mark)
    return next(found, None)
