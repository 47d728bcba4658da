"""Where the files of jobs lie: under names of our own, in a folder that only the service's account enters.

What people send in, and what comes back to them because of it, holds personal data and is sealed. Results of exports
hold what lists show, and are not.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from casetrack.lib.env import make_closed
from casetrack.lib.sealed_files import SealedWriter, unsealed

NAME = re.compile(r"[0-9a-f]{32}")


class FileGone(Exception):
    """A file of a job that is no longer there."""


def folder() -> Path:
    path = Path(settings.DATA_DIR) / "jobs"
    make_closed(path)
    return path


def new_path() -> Path:
    """Where a new file may go."""
    return folder() / secrets.token_hex(16)


def path_of(name: str) -> Path:
    """The file of a name that `new_path` made, and no other."""
    if not is_there(name):
        raise FileGone(name)
    return folder() / name


def is_there(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and (folder() / name).is_file()


def seal(pieces: Iterable[bytes]) -> str:
    """Keep a file sealed: its name."""
    path = new_path()
    writer = SealedWriter(path, keys=settings.FIELD_KEYS)
    try:
        for piece in pieces:
            writer.write(piece)
        writer.finish()
    except BaseException:  # also a full disk: what is there of the file goes at once
        writer.abandon()
        path.unlink(missing_ok=True)
        raise
    return path.name


def read(name: str) -> Iterator[bytes]:
    """The pieces of a sealed file."""
    return unsealed(path_of(name), keys=settings.FIELD_KEYS)


def drop(*names: str) -> None:
    """Remove files, if they are there."""
    for name in names:
        if NAME.fullmatch(name):
            (folder() / name).unlink(missing_ok=True)


def older_than(moment: datetime) -> set[str]:
    """The names of files that were last written before a moment."""
    found = (path for path in folder().iterdir() if NAME.fullmatch(path.name))
    return {path.name for path in found if path.stat().st_mtime < moment.timestamp()}
