"""Making a day's anchor: what was added since the last one is read once, in blocks, and nothing older is."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate

from casetrack.cases.anchoring.sources import BEGINNING, SOURCES, Leaf, Source
from casetrack.cases.models import Anchor, AnchorBlock
from casetrack.cases.signing import public_key, signature_of

BLOCK = 2000
ANCHORING = 0xA4C40  # the name of the lock that whoever anchors holds: blocks follow one another


def make_anchor(*, now: datetime, has_time: Callable[[], bool] = lambda: True) -> Anchor | None:
    """The anchor of today, made unless it is there. None where time was over first: what was done is gone on with.

    Call outside a transaction. A day without an anchor is made good by the next: it stands for all that came before.
    """
    day = localdate(now)
    if made := Anchor.objects.filter(day=day).first():
        return made
    if not all(filled(source, source.mark(), has_time) for source in SOURCES):
        return None
    with transaction.atomic():
        hold()
        return Anchor.objects.filter(day=day).first() or added(now)


def filled(source: Source, upto: int, has_time: Callable[[], bool]) -> bool:
    """Put all rows up to a key into blocks; whether time allowed it."""
    while has_time():
        with transaction.atomic():
            hold()
            before = AnchorBlock.objects.filter(source=source.code).order_by("-last").first()
            leaves = list(source.between(before.last if before else BEGINNING, upto, BLOCK))
            if not leaves:
                return True
            block_of(source, leaves, before).save(force_insert=True)
    return False


def hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ANCHORING])


def block_of(source: Source, leaves: list[Leaf], before: AnchorBlock | None) -> AnchorBlock:
    previous = before.digest if before else ""
    return AnchorBlock(
        source=source.code,
        first=leaves[0].key,
        last=leaves[-1].key,
        number=len(leaves),
        total=(before.total if before else 0) + len(leaves),
        cases=(before.cases if before else 0) + sum(leaf.sequence == 1 for leaf in leaves),
        previous=previous,
        digest=digest_of_leaves(previous, leaves),
        leaves=packed(leaves),
    )


def digest_of_leaves(previous: str, leaves: Iterable[Leaf]) -> str:
    """SHA-256 over the digest of the block before and a line for each row."""
    digest = hashlib.sha256(f"{previous}\n".encode())
    for leaf in leaves:
        digest.update(leaf.line().encode())
    return digest.hexdigest()


def packed(leaves: Iterable[Leaf]) -> bytes:
    return zlib.compress("".join(leaf.short().line() for leaf in leaves).encode())


def unpacked(leaves: bytes) -> list[Leaf]:
    """Raises ValueError for what `packed` did not make."""
    try:
        lines = zlib.decompress(leaves).decode().splitlines()
        return [Leaf(*json.loads(line)) for line in lines]
    except (zlib.error, TypeError) as error:
        raise ValueError("分块的内容无法读取") from error


def added(now: datetime) -> Anchor:
    latest = Anchor.objects.order_by("-day").first()
    heads = {source.code: head_of(source) for source in SOURCES}
    events = AnchorBlock.objects.filter(source=AnchorBlock.Source.EVENT).order_by("-last").first()
    anchor = Anchor(
        day=localdate(now),
        made_at=now,
        events=events.total if events else 0,
        cases=events.cases if events else 0,
        heads=heads,
        previous=latest.digest if latest else "",
    )
    anchor.digest = digest_of_anchor(anchor)
    if settings.SIGNING_KEY:
        anchor.public_key, anchor.signature = public_key(), signature_of(anchor.digest)
    anchor.save(force_insert=True)
    return anchor


def head_of(source: Source) -> Mapping[str, int | str]:
    block = AnchorBlock.objects.filter(source=source.code).order_by("-last").first()
    return {"last": block.last, "total": block.total, "digest": block.digest} if block else {"last": 0, "total": 0}


def said_by(anchor: Anchor) -> dict[str, object]:
    """What an anchor says: all that its digest stands for."""
    return {
        "day": anchor.day.isoformat(),
        "made_at": anchor.made_at.timestamp(),
        "events": anchor.events,
        "cases": anchor.cases,
        "heads": anchor.heads,
        "previous": anchor.previous,
    }


def digest_of_anchor(anchor: Anchor) -> str:
    said = json.dumps(said_by(anchor), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
