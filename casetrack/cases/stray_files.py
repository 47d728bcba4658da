"""Sealed files without a row, of uploads that were rolled back or killed: their keys are gone, nobody can read them.

Who brings the same content meanwhile is never crossed: a digest is claimed, as an upload claims it, by inserting its
row. An upload that is just being committed is waited for, and found; one that comes now waits until the file is gone,
and writes it anew.
"""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from casetrack.cases.kept_files import shelves
from casetrack.cases.models import KeptFile

logger = logging.getLogger(__name__)
STRAY_AFTER = timedelta(days=7)
DIGEST, HALF_WRITTEN = re.compile("[0-9a-f]{64}"), re.compile(r"[0-9a-f]{64}\.[0-9a-f]{16}")
CLAIM = "INSERT INTO cases_keptfile (digest, key) VALUES (%s, '') ON CONFLICT (digest) DO NOTHING"


def sweep_strays(*, now: datetime) -> int:
    """Remove the files that have been strays for a week; how many there were.

    A database that knows no file at all is a new one, or not the one that these files belong to: nothing goes then.
    """
    before = now - STRAY_AFTER
    if not KeptFile.objects.exists():
        if next(unknown_in(before), None):
            logger.warning("files lie in attachments/ and the database knows none: they are left alone")
        return 0
    return sum(remove(path, before) for path in list(unknown_in(before)))


def unknown_in(before: datetime) -> Iterator[Path]:
    """Old files that are half-written, or whose digest has no row. What we did not write is left alone."""
    for shelf in shelves():
        old = [path for path in sorted(shelf.iterdir()) if is_older(path, before)]
        kept = {path.name: path for path in old if DIGEST.fullmatch(path.name)}
        known = set(KeptFile.objects.filter(digest__in=kept).values_list("digest", flat=True))
        yield from (path for name, path in kept.items() if name not in known)
        yield from (path for path in old if HALF_WRITTEN.fullmatch(path.name))


def is_older(path: Path, before: datetime) -> bool:
    try:
        written = path.stat().st_mtime
    except FileNotFoundError:  # removed, or put in its place, since the folder was listed
        return False
    return datetime.fromtimestamp(written, UTC) < before


def remove(path: Path, before: datetime) -> bool:
    """Whether it was still a stray once nobody else could claim it, and is gone."""
    if HALF_WRITTEN.fullmatch(path.name):  # nobody writes for a week, and nobody reads it
        path.unlink(missing_ok=True)
        return True
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [path.name])
            if not cursor.rowcount:
                return False
        stray = is_older(path, before)
        if stray:
            path.unlink(missing_ok=True)
        KeptFile.objects.filter(digest=path.name).delete()
    return stray
