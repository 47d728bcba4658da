"""Files that only the application can read: sealed piece by piece, so that a large one never stands whole in memory.

Each piece carries its place in its nonce and whether it is the last in what is authenticated with it: a file that was
cut, or whose pieces were moved, does not open.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casetrack.lib.crypto import KEY_ID_BYTES, SealBroken, key_id

VERSION = b"\x01"
SALT_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16
PIECE = 2**20
MORE, LAST = b"more", b"last"


class SealedWriter:
    """Takes bytes and writes them sealed to a new file that only its owner reads. Not complete until `finish`."""

    def __init__(self, path: Path, *, keys: Sequence[bytes]) -> None:
        salt = os.urandom(SALT_BYTES)
        self.cipher, self.place, self.pending = cipher_of(keys[0], salt), 0, bytearray()
        self.file: BinaryIO = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.file.write(VERSION + key_id(keys[0]) + salt)

    def write(self, content: bytes) -> None:
        self.pending += content
        while len(self.pending) > PIECE:  # the last piece is only known at the end, so one is always kept back
            self.put(bytes(self.pending[:PIECE]), MORE)
            del self.pending[:PIECE]

    def finish(self) -> None:
        self.put(bytes(self.pending), LAST)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def abandon(self) -> None:
        """Close a file that will not be completed; it does not open."""
        with suppress(OSError):  # what it still holds back finds no room on a full disk either, and is not wanted
            self.file.close()

    def put(self, piece: bytes, mark: bytes) -> None:
        self.file.write(self.cipher.encrypt(nonce_of(self.place), piece, mark))
        self.place += 1


def unsealed(path: Path, *, keys: Sequence[bytes]) -> Iterator[bytes]:
    """The pieces of a file. Raises SealBroken for one that was changed or cut, or whose key isn't there."""
    with path.open("rb") as file:
        cipher = cipher_in(file, keys)
        place, piece = 0, file.read(PIECE + TAG_BYTES)
        while True:
            following = file.read(PIECE + TAG_BYTES)
            try:
                yield cipher.decrypt(nonce_of(place), piece, MORE if following else LAST)
            except InvalidTag as error:
                raise SealBroken("加密文件已被改动或不完整，无法解密") from error
            if not following:
                return
            place, piece = place + 1, following


def cipher_in(file: BinaryIO, keys: Sequence[bytes]) -> AESGCM:
    header = file.read(len(VERSION) + KEY_ID_BYTES + SALT_BYTES)
    version, name, salt = header[:1], header[1 : 1 + KEY_ID_BYTES], header[1 + KEY_ID_BYTES :]
    if version != VERSION or len(salt) != SALT_BYTES:
        raise SealBroken("加密文件的格式无法识别，可能已损坏")
    named = [key for key in keys if key_id(key) == name]
    if not named:
        raise SealBroken("加密文件使用的密钥不在 CASETRACK_FIELD_KEY 中，请补上旧密钥")
    return cipher_of(named[0], salt)


def cipher_of(key: bytes, salt: bytes) -> AESGCM:
    """A key for one file alone, so that counting pieces never gives one nonce to two texts."""
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=b"casetrack file v1").derive(key))


def nonce_of(place: int) -> bytes:
    return place.to_bytes(NONCE_BYTES, "big")
