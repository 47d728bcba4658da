"""Where the files of cases lie: each content once, under its digest, sealed with the key that its row holds."""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from casetrack.cases.models import KeptFile
from casetrack.lib.env import make_closed
from casetrack.lib.sealed_files import SealedWriter, unsealed

KEY_BYTES = 32


def folder() -> Path:
    return Path(settings.DATA_DIR) / "attachments"


def shelves() -> list[Path]:
    """The folders that files lie in."""
    return sorted(each for each in folder().glob("[0-9a-f][0-9a-f]") if each.is_dir())


def path_of(digest: str) -> Path:
    shelf = folder() / digest[:2]
    make_closed(shelf)
    return shelf / digest


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def keep(content: bytes) -> KeptFile:
    """The row of a content, with its file written, within the caller's transaction.

    Who comes second with the same content waits for the first, and writes nothing. A file whose row was rolled back
    has lost its key, and one that was erased has none: whoever brings that content next puts another in its place.
    The row is held until the transaction ends, so that nobody erases a file that is just being handed in again.
    """
    digest, key = digest_of(content), base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    kept, created = KeptFile.objects.get_or_create(digest=digest, defaults={"key": key})
    kept = KeptFile.objects.select_for_update().get(pk=kept.pk)
    path = path_of(digest)
    if not kept.key:
        kept.key, created = key, True
        kept.save(update_fields=["key"])
    if created or not path.exists():
        write(path, content, key_of(kept))
    return kept


def write(path: Path, content: bytes, key: bytes) -> None:
    """Whole or not at all."""
    beside = path.with_suffix(f".{secrets.token_hex(8)}")
    writer = SealedWriter(beside, keys=[key])
    try:
        writer.write(content)
        writer.finish()
        os.replace(beside, path)
    except BaseException:  # also a full disk: what is there of the file goes at once
        writer.abandon()
        beside.unlink(missing_ok=True)
        raise


def content_of(kept: KeptFile) -> bytes:
    """The bytes. Raises FileNotFoundError where they are gone, SealBroken where they were changed."""
    return b"".join(unsealed(path_of(kept.digest), keys=[key_of(kept)]))


def key_of(kept: KeptFile) -> bytes:
    return base64.b64decode(kept.key)


def destroy(kept: KeptFile) -> None:
    """Make a content unreadable for good: its key goes with the transaction, the file once that has ended.

    Hold the row, and be sure that nobody else needs it.
    """
    kept.key = ""
    kept.save(update_fields=["key"])
    path = path_of(kept.digest)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
