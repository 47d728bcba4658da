"""That what was restored is what was backed up: rows counted, files opened."""

import hashlib
from collections.abc import Callable, Collection, Iterator

from casetrack.cases.kept_files import folder, key_of
from casetrack.cases.models import KeptFile
from casetrack.lib.crypto import SealBroken
from casetrack.lib.sealed_files import unsealed
from workers.backups import gathering
from workers.backups.gathering import ATTACHMENTS


def miscounted(counts: dict[str, int]) -> Iterator[str]:
    """The tables that have other rows than they had."""
    here = gathering.counts()
    for table, rows in sorted(counts.items()):
        if here.get(table) != rows:
            yield f"{table}：备份时{rows}行，恢复后{here.get(table, '没有这张表')}"


def unopened(missing: Collection[str], said: Callable[[int], None]) -> Iterator[str]:
    """The files of cases that do not open to the content that their rows name, but for those that were gone before."""
    total = KeptFile.objects.count()
    for kept in KeptFile.objects.order_by("digest").iterator():
        said(total)
        name = f"{ATTACHMENTS}/{kept.digest[:2]}/{kept.digest}"
        if kept.key and name not in missing and not opens(kept):  # without a key: erased
            yield f"文件打不开，或内容不符：{name}"


def opens(kept: KeptFile) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in unsealed(folder() / kept.digest[:2] / kept.digest, keys=[key_of(kept)]):
            digest.update(piece)
    except (OSError, SealBroken):
        return False
    return digest.hexdigest() == kept.digest
