"""Writing a backup: members streamed one after the other, their sizes put into the headers afterwards."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from workers.backups.layout import DUMP, FILES, MANIFEST, PIECE, Member, header, padding, sealed
from workers.backups.manifest import Manifest
from workers.backups.refusals import BackupRefused

DRAFT = ".casetrack-*.part"


class Writer:
    """Takes members in their order. Not a backup until `finish`."""

    def __init__(self, file: BinaryIO, listing: BinaryIO) -> None:
        self.file, self.listing, self.entries = file, listing, 0

    def dump(self, pieces: Iterable[bytes]) -> Member:
        return self.put(DUMP, pieces)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """A file, which is listed."""
        self.listing.write(self.put(name, pieces).line)
        self.entries += 1

    def put(self, name: str, pieces: Iterable[bytes]) -> Member:
        place, digest, size = self.file.tell(), hashlib.sha256(), 0
        self.file.write(header(name, 0))
        for piece in pieces:
            self.file.write(piece)
            digest.update(piece)
            size += len(piece)
        self.file.write(padding(size))
        end = self.file.tell()
        self.file.seek(place)
        self.file.write(header(name, size))
        self.file.seek(end)
        return Member(name, size, digest.hexdigest())

    def finish(self, manifest: Callable[[Member, int], Manifest], key: bytes) -> Manifest:
        """Write the list, the manifest that is made of it, and the seal; and have it all on disk."""
        self.listing.seek(0)
        made = manifest(self.put(FILES, pieces_of(self.listing)), self.entries)
        self.put(MANIFEST, [made.written()])
        self.file.write(sealed(made.written(), key))
        self.file.flush()
        os.fsync(self.file.fileno())
        return made


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


@contextmanager
def drafted(path: Path) -> Iterator[Writer]:
    """A writer to a file beside `path`, which takes that name when the block has ended well, and else goes."""
    forget_drafts(path.parent)
    beside = path.with_name(DRAFT.replace("*", secrets.token_hex(8)))
    with open_closed(beside) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX)  # who finds the draft unlocked knows that its writer is gone
            with tempfile.TemporaryFile() as listing:
                yield Writer(file, listing)
            put_in_place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def put_in_place(beside: Path, path: Path) -> None:
    """A link, unlike a rename, never takes another's place; not every disk that backups are put on has links."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise refused_existing(path) from None
    except OSError:
        if path.exists():
            raise refused_existing(path) from None
        beside.rename(path)


def open_closed(path: Path) -> BinaryIO:
    """A new file, for its owner alone."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b", buffering=PIECE)


def refused_existing(path: Path) -> BackupRefused:
    return BackupRefused(f"“{path}”已经存在，备份从不覆盖已有的文件；请换一个文件名，例如加上日期")


def forget_drafts(folder: Path) -> None:
    """What backups left behind that were killed: nobody holds it any more."""
    for left in folder.glob(DRAFT):
        with contextlib.suppress(OSError), left.open("rb") as file:  # somebody's at work, or somebody else's
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """So that the name is on disk as well."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
