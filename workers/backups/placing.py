"""Putting the files of a backup into place: only where they belong, whole, and never over what is there."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from casetrack.lib.env import make_closed
from workers.backups.gathering import ATTACHMENTS, BOOKS, JOBS, TEMPLATES, place_of, roots
from workers.backups.layout import CHANGED, Member
from workers.backups.reading import Archive
from workers.backups.refusals import ArchiveRefused, RestoreRefused

SEALED = re.compile(rf"{ATTACHMENTS}/(?P<shelf>[0-9a-f]{{2}})/(?P=shelf)[0-9a-f]{{62}}|{JOBS}/[0-9a-f]{{32}}")
NAMED = re.compile(rf"(?:{TEMPLATES}|{BOOKS})(?:/[^/\0\\]{{1,255}}){{1,3}}")
HALF = ".restoring"


def belongs(name: str) -> bool:
    """Whether a backup may have a file of this name, and a restore may put it where that says."""
    known = SEALED.fullmatch(name) or NAMED.fullmatch(name)
    return known is not None and not any(part.startswith(".") for part in name.split("/"))


def refuse_misplaced(archive: Archive) -> dict[str, int]:
    """Refuse an archive with a file that would lie, or lead, elsewhere. How many bytes go to which root."""
    names, sizes = set(), dict[str, int]()
    for member, _ in archive.members():
        if not belongs(member.name) or member.name in names:
            raise ArchiveRefused(CHANGED.format(what=f"其中有不属于备份的文件名“{member.name[:80]}”"))
        names.add(member.name)
        root = member.name.partition("/")[0]
        sizes[root] = sizes.get(root, 0) + member.size
    return sizes


def refuse_no_room(sizes: dict[str, int]) -> None:
    for folder in (roots()[root] for root in sizes):
        make_closed(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise RestoreRefused(f"文件夹“{folder}”不可写，没有恢复任何内容；请让运行本命令的账号可以写入")
    make_closed(roots()[ATTACHMENTS])
    free, size = shutil.disk_usage(roots()[ATTACHMENTS]).free, sum(sizes.values())
    if free < size:
        raise RestoreRefused(f"“{roots()[ATTACHMENTS]}”所在磁盘只剩{free >> 20}MB，备份中的文件需要{size >> 20}MB")


def refuse_others(archive: Archive) -> None:
    """Refuse to go on where another file already has the name; one with the same bytes was put there before."""
    for member, place in archive.members():
        target = target_of(member)
        if target.exists() and not is_same(target, archive.pieces(member, place), member.size):
            raise RestoreRefused(
                f"“{target}”已经存在，内容与备份中的不同，没有恢复任何内容；请恢复到新的数据目录，或先移开这个文件"
            )


def target_of(member: Member) -> Path:
    target = place_of(member.name)
    folder = roots()[member.name.partition("/")[0]].resolve()
    if not target.parent.resolve().is_relative_to(folder):
        raise RestoreRefused(f"“{target.parent}”通向{folder}之外，没有恢复任何内容；请移开这个链接")
    return target


def is_same(path: Path, pieces: Iterator[bytes], size: int) -> bool:
    if path.is_symlink() or not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return all(file.read(len(piece)) == piece for piece in pieces)


def put_all(archive: Archive, said: Callable[[], None]) -> int:
    """Every file in its place and on disk; how many were not there yet."""
    fresh = 0
    for member, place in archive.members():
        target = target_of(member)
        if not target.exists():
            put(target, archive.pieces(member, place))
            fresh += 1
        said()
    os.sync()  # once: a sync for each of many thousands would take hours
    return fresh


def put(target: Path, pieces: Iterator[bytes]) -> None:
    """A killed run leaves a half-written one beside, which the next takes over."""
    make_closed(target.parent)
    beside = target.with_name(target.name + HALF)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
    beside.rename(target)
