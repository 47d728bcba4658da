"""Making a backup: one snapshot of the database, the files that its rows point to, sealed and read again."""

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from casetrack import __version__
from casetrack.accounts.auditing import record
from casetrack.accounts.key_names import names_in_use
from casetrack.accounts.models import Action
from casetrack.lib.os_errors import reason_of
from workers.backups import gathering, keyring, programs, reading
from workers.backups.keyring import names_of
from workers.backups.layout import Member
from workers.backups.manifest import Manifest
from workers.backups.placing import belongs
from workers.backups.refusals import ArchiveRefused, BackupRefused
from workers.backups.writing import Writer, drafted, refused_existing

Progress = Callable[[str, int, int | None], None]
"""What is being done, how much more of it is done now, and how much it is in all where that is known."""
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands on disk."""

    path: Path
    size: int
    digest: str
    manifest: Manifest

    @property
    def lacking(self) -> list[str]:
        """The keys that data are sealed under and that this service doesn't have: nobody can open those data."""
        return keyring.configured().lacking(self.manifest.keys)


def back_up(*, path: Path, now: datetime, progress: Progress, keys: Path | None = None) -> Made:
    """Everything in one new file, checked after it was written; the keys, if wished, in another. Audited."""
    refuse_early(path, keys)
    if keys:
        keyring.write(keys)
    try:
        with drafted(path) as writer:
            manifest = write(writer, now, progress)
        digest = read_again(path, progress)
    except OSError as error:
        raise BackupRefused(f"备份没有写成：{reason(error)}") from error
    made = Made(path, path.stat().st_size, digest, manifest)
    record(action=Action.BACKED_UP, actor=None, now=now, details=told(made))
    return made


def refuse_early(path: Path, keys: Path | None) -> None:
    """What can be known before hours of work."""
    if path.exists():
        raise refused_existing(path)
    for folder in {each.parent for each in (path, keys) if each}:
        if not folder.is_dir():
            raise BackupRefused(f"文件夹“{folder}”不存在；请先建立，或换一个位置")
    if odd := next((name for name in gathering.beside() if not belongs(name)), None):
        raise BackupRefused(f"“{gathering.place_of(odd)}”的文件名或所在层级不能备份；请改名，或把它移到别处")
    free, needed = shutil.disk_usage(path.parent).free, gathering.room_needed()
    if free < needed:
        room = f"只剩{free // MEGABYTE}MB，备份至少需要{needed // MEGABYTE}MB"
        raise BackupRefused(f"“{path.parent}”所在磁盘{room}；请腾出空间或换一个磁盘")


def write(writer: Writer, now: datetime, progress: Progress) -> Manifest:
    """The rows first, in one snapshot; then, with no transaction held open, the files."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as names:
        with gathering.snapshot() as snapshot:
            counts, migrations = gathering.counts(), gathering.migrations()
            newest = gathering.newest(counts)
            keys = sorted(names_in_use() | {names_of(settings.FIELD_KEYS)[0]})
            files = gathering.note_files(names)
            dump = writer.dump(counted(programs.dump(snapshot), progress, "导出数据库"))
        missing = copy_files(writer, (line.rstrip("\n") for line in names), files, progress)

    def manifest(listed: Member, entries: int) -> Manifest:
        return Manifest(
            made_at=now,
            casetrack=__version__,
            postgresql=programs.server_major(),
            migrations=migrations,
            counts=counts,
            keys=keys,
            missing=missing,
            newest=newest,
            entries=entries,
            dump=dump,
            files=listed,
        )

    return writer.finish(manifest, settings.FIELD_KEYS[0])


def counted(pieces: Iterable[bytes], progress: Progress, stage: str) -> Iterator[bytes]:
    for piece in pieces:
        progress(stage, len(piece), None)
        yield piece


def copy_files(writer: Writer, names: Iterable[str], count: int, progress: Progress) -> list[str]:
    """All files; those that rows point to and that are not there are returned."""
    missing = []
    for name in names:
        if not gathering.copy(writer, name):
            missing.append(name)
        progress("复制文件", 1, count)
    for name in gathering.beside():
        gathering.copy(writer, name)  # one that was replaced meanwhile lies under another name
    return missing


def read_again(path: Path, progress: Progress) -> str:
    """What is on disk is what was meant to be, and pg_restore can begin with it: its digest."""
    size = path.stat().st_size
    try:
        with reading.opened(path) as archive:
            archive.vouched_for(settings.FIELD_KEYS)
            archive.check(lambda done: progress("回读核对", done, size))
            programs.list_contents(archive.dump())
            return archive.digest
    except (ArchiveRefused, BackupRefused):
        path.unlink()
        raise


def told(made: Made) -> dict[str, object]:
    return {
        "file": made.path.name,
        "size": made.size,
        "digest": made.digest,
        "keys": made.manifest.keys,
        "missing": len(made.manifest.missing),
    }


def reason(error: OSError) -> str:
    where = f"（{error.filename}）" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"磁盘已满{where}，没有留下不完整的文件；请腾出空间或换一个磁盘再备份"
    return f"{reason_of(error)}{where}；请检查磁盘和权限后再备份"
