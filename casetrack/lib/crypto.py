"""Sealing of personal data: AES-256-GCM under numbered keys, and blind indexes to find equal values again."""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
KEY_ID_BYTES = 4
NONCE_BYTES = 12
VERSION = b"\x01"
HEADER_BYTES = len(VERSION) + KEY_ID_BYTES
KEPT_KEYS = 16  # deriving costs more than sealing, and an office has one key, or two while it changes them


class SealBroken(Exception):
    """A sealed value that none of the keys opens: another key, or changed bytes."""


def seal(text: str, *, keys: Sequence[bytes]) -> bytes:
    """Seal a text under the first key; sealing twice gives different bytes."""
    header, nonce = header_of(keys[0]), os.urandom(NONCE_BYTES)
    return header + nonce + _cipher(keys[0]).encrypt(nonce, text.encode(), header)


def unseal(sealed: bytes, *, keys: Sequence[bytes]) -> str:
    """Open what `seal` made, under whichever of the keys it names."""
    header, nonce, body = (
        sealed[:HEADER_BYTES],
        sealed[HEADER_BYTES:][:NONCE_BYTES],
        sealed[HEADER_BYTES + NONCE_BYTES :],
    )
    if header[: len(VERSION)] != VERSION:
        raise SealBroken("加密数据的格式无法识别，可能已损坏")
    named = [key for key in keys if key_id(key) == header[len(VERSION) :]]
    if not named:
        raise SealBroken("加密数据使用的密钥不在 CASETRACK_FIELD_KEY 中，请补上旧密钥")
    try:
        return _cipher(named[0]).decrypt(nonce, body, header).decode()
    except InvalidTag as error:
        raise SealBroken("加密数据已被改动或损坏，无法解密") from error


def blind_index(text: str, *, key: bytes) -> str:
    """A keyed digest under which equal texts meet, and from which no text can be read."""
    digest = hmac.new(_derive(key, "blind index"), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def stamp(content: bytes, *, key: bytes, purpose: str) -> str:
    """A keyed digest by which whoever has the key sees that a content is as somebody with the key left it."""
    return hmac.new(_derive(key, purpose), content, hashlib.sha256).hexdigest()


def key_id(key: bytes) -> bytes:
    """The short public name of a key, written before everything it sealed."""
    return _derive(key, "key id")[:KEY_ID_BYTES]


def header_of(key: bytes) -> bytes:
    """What begins everything sealed under a key."""
    return VERSION + key_id(key)


@lru_cache(maxsize=KEPT_KEYS)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(_derive(key, "seal"))


@lru_cache(maxsize=KEPT_KEYS * 3)
def _derive(key: bytes, purpose: str) -> bytes:
    """One key, one purpose: what the index shows must say nothing about the seal."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"字段密钥必须是 {KEY_BYTES} 字节，现为 {len(key)} 字节")
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"casetrack {purpose} v1".encode()).derive(key)


def has_signed(public_key: str | bytes, signature: str | bytes, content: bytes) -> bool:
    """Whether the holder of a public key (Ed25519) signed a content; key and signature in base64, as they are told."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError):  # what is no base64 is a ValueError as well
        return False
    return True
