"""Reading a backup: nothing in it is believed before it was compared with what vouches for it."""

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from casetrack.lib.crypto import key_id, stamp
from casetrack.lib.os_errors import reason_of
from workers.backups.layout import (
    BLOCK,
    CHANGED,
    DUMP,
    FILES,
    FORMAT,
    LARGEST_MANIFEST,
    MANIFEST,
    NOT_OURS,
    PIECE,
    PURPOSE,
    TAIL,
    Member,
    header,
    member_in,
    padding,
    span,
    tail,
)
from workers.backups.manifest import Manifest, manifest_in
from workers.backups.refusals import ArchiveRefused, RestoreRefused

Said = Callable[[int], None]


class Archive:
    """A backup that is open: its seal and its manifest have been read, and are in agreement."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self.file, self.path, self.size = file, path, os.fstat(file.fileno()).st_size
        self.seal = self._seal()
        self.text = self._manifest_text()
        self.manifest: Manifest = manifest_in(self.text)

    @property
    def digest(self) -> str:
        """What tells this backup from any other."""
        return str(self.seal["sha256"])

    def _seal(self) -> dict[str, object]:
        text = self._at(self.size - TAIL + BLOCK, BLOCK) if self.size >= TAIL and not self.size % BLOCK else b""
        try:
            seal = json.loads(text)
            written, size = int(seal["format"]), int(seal["size"])
        except (ValueError, KeyError, TypeError) as error:
            raise ArchiveRefused(NOT_OURS) from error
        if written > FORMAT:
            raise RestoreRefused(f"备份文件的格式（第{written}版）比本程序认识的新；请用制作它的版本或更新的版本恢复")
        if self._at(self.size - TAIL, TAIL) != tail(json.dumps(seal, sort_keys=True)) or size > LARGEST_MANIFEST:
            raise ArchiveRefused(NOT_OURS)
        return dict(seal)

    def _manifest_text(self) -> bytes:
        size = int(str(self.seal["size"]))
        text = self._at(self.size - TAIL - len(padding(size)) - size, size)
        if hashlib.sha256(text).hexdigest() != self.seal["sha256"]:
            raise ArchiveRefused(CHANGED.format(what="清单与封记不符"))
        return text

    def vouched_for(self, keys: Sequence[bytes]) -> None:
        """Refuse what nobody who has our key has made."""
        named = [key for key in keys if key_id(key).hex() == self.seal["key"]]
        if not named:
            raise RestoreRefused(missing_keys([str(self.seal["key"])]))
        expected = stamp(self.text, key=named[0], purpose=PURPOSE)
        if not hmac.compare_digest(expected, str(self.seal["stamp"])):
            raise ArchiveRefused(CHANGED.format(what="封记不是用这个密钥做的"))

    def members(self) -> Iterator[tuple[Member, int]]:
        """The files of the list, and where the bytes of each begin."""
        listed, place = self._listed_at(), span(self.manifest.dump)
        with self.path.open("rb") as lines:
            lines.seek(listed)
            left = self.manifest.files.size
            while left > 0:
                line = lines.readline(left)
                left -= len(line)
                member = member_of(line)
                yield member, place + len(header(member.name, member.size))
                place += span(member)

    def dump(self) -> Iterator[bytes]:
        return self.pieces(self.manifest.dump, len(header(DUMP, self.manifest.dump.size)))

    def pieces(self, member: Member, place: int) -> Iterator[bytes]:
        """The bytes of a member. The last piece comes only when all of them were what they should be."""
        digest, left, kept = hashlib.sha256(), member.size, b""
        while left:
            piece = self._at(place, min(PIECE, left))
            if not piece:
                break
            digest.update(piece)
            place, left = place + len(piece), left - len(piece)
            if kept:
                yield kept
            kept = piece
        if left or digest.hexdigest() != member.sha256:
            raise ArchiveRefused(CHANGED.format(what=f"“{member.name}”与清单不符"))
        if kept:
            yield kept

    def check(self, said: Said) -> None:
        """Every byte of the file, against what vouches for it."""
        place = self._check_member(self.manifest.dump, 0, said)
        for _ in self.pieces(self.manifest.files, self._listed_at()):
            pass
        entries = 0
        for entries, (member, _) in enumerate(self.members(), start=1):  # noqa: B007
            place = self._check_member(member, place, said)
        place = self._check_member(self.manifest.files, place, said)
        size = len(self.text)
        whole = header(MANIFEST, size) + self.text + padding(size)
        if entries != self.manifest.entries or self._at(place, len(whole)) != whole:
            raise ArchiveRefused(CHANGED.format(what="清单与文件的个数不符"))
        if place + len(whole) + TAIL != self.size:
            raise ArchiveRefused(CHANGED.format(what="长度不符"))

    def _check_member(self, member: Member, place: int, said: Said) -> int:
        begins, ends = header(member.name, member.size), padding(member.size)
        body = place + len(begins)
        if self._at(place, len(begins)) != begins or self._at(body + member.size, len(ends)) != ends:
            raise ArchiveRefused(CHANGED.format(what=f"“{member.name}”的位置不符"))
        for piece in self.pieces(member, body):
            said(len(piece))
        return place + span(member)

    def _listed_at(self) -> int:
        """Where the list begins: right before the manifest."""
        size, listed = len(self.text), self.manifest.files.size
        behind = TAIL + span(Member(MANIFEST, size, "")) + len(padding(listed)) + listed
        if self.manifest.files.name != FILES or self.manifest.dump.name != DUMP or behind > self.size:
            raise ArchiveRefused(NOT_OURS)
        return self.size - behind

    def _at(self, place: int, size: int) -> bytes:
        return os.pread(self.file.fileno(), size, place) if place >= 0 else b""


def member_of(line: bytes) -> Member:
    try:
        return member_in(json.loads(line.decode(errors="surrogateescape")))
    except ValueError as error:
        raise ArchiveRefused(NOT_OURS) from error


def missing_keys(names: Sequence[str]) -> str:
    return (
        f"缺少密钥{'、'.join(names)}，备份中的数据无法打开；请把它加入 CASETRACK_FIELD_KEY，"
        "或用 --keys 指定与备份分开保管的密钥文件"
    )


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveRefused(f"无法读取备份文件“{path}”：{reason_of(error)}；请核对路径和权限") from error
    with file:
        yield Archive(file, path)
