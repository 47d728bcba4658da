"""How a backup lies on disk: a tar that any tar opens, of which every single byte is known beforehand.

    database.dump      pg_dump's custom format
    attachments/…      and jobs/…, templates/…, books/…: files, as they lie in the data folder
    files.jsonl        one line a file: name, size, SHA-256
    manifest.json      what is in it, and the size and SHA-256 of database.dump and files.jsonl
    seal.json          the size, SHA-256 and stamp of manifest.json; always in the last 2048 bytes

So the seal vouches for the manifest, that for the list, and the list for the files. Headers are never parsed: they are
made anew from the list and compared, so that no header can lead anywhere.
"""

import hashlib
import json
import tarfile
from dataclasses import dataclass

from casetrack.lib.crypto import key_id, stamp
from workers.backups.refusals import ArchiveRefused

BLOCK = tarfile.BLOCKSIZE
PIECE = 2**20
DUMP, FILES, MANIFEST, SEAL = "database.dump", "files.jsonl", "manifest.json", "seal.json"
END = bytes(2 * BLOCK)
TAIL = 2 * BLOCK + len(END)
PURPOSE = "backup seal"
FORMAT = 1
LARGEST_MANIFEST = 2**24
NOT_OURS = "不是完整的 Casetrack 备份文件：可能没有写完、没有传完，或是别的文件；请核对大小，换一份备份"
CHANGED = "备份文件已被改动或损坏（{what}），没有恢复任何内容；请换一份备份，或重新传一次"


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the archive, and how its bytes are known."""

    name: str
    size: int
    sha256: str

    @property
    def line(self) -> bytes:
        fields = {"name": self.name, "size": self.size, "sha256": self.sha256}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True).encode(errors="surrogateescape") + b"\n"


def member_in(fields: object) -> Member:
    """A member as a manifest or a line of the list states it."""
    if not isinstance(fields, dict):
        raise ArchiveRefused(NOT_OURS)
    name, size, sha256 = fields.get("name"), fields.get("size"), fields.get("sha256")
    if not (isinstance(name, str) and name and isinstance(size, int) and size >= 0 and isinstance(sha256, str)):
        raise ArchiveRefused(NOT_OURS)
    return Member(name, size, sha256)


def header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def span(member: Member) -> int:
    """How much room a member takes, with its header and padding."""
    return len(header(member.name, member.size)) + member.size + len(padding(member.size))


def sealed(manifest: bytes, key: bytes) -> bytes:
    """The end of the file, which vouches for the manifest before it."""
    fields = {
        "format": FORMAT,
        "size": len(manifest),
        "sha256": hashlib.sha256(manifest).hexdigest(),
        "key": key_id(key).hex(),
        "stamp": stamp(manifest, key=key, purpose=PURPOSE),
    }
    return tail(json.dumps(fields, sort_keys=True))


def tail(text: str) -> bytes:
    return header(SEAL, BLOCK) + text.ljust(BLOCK).encode() + END
