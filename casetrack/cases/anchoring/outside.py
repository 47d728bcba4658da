"""Anchors kept outside the database: written to a file, and a file, or a printed digest, held against the database."""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from casetrack.cases.anchoring.checking import Block, days_of, named
from casetrack.cases.anchoring.making import digest_of_anchor, said_by
from casetrack.cases.anchoring.sources import SOURCE_NAMED
from casetrack.cases.models import Anchor, AnchorBlock
from casetrack.kinds.refusals import Refused
from casetrack.lib.crypto import has_signed

DIGITS = re.compile(r"[0-9a-fA-F]{1,64}")
LEAST_DIGITS = 12  # of a digest that is compared with one in print


class NoAnchors(Refused):
    """The file holds no anchors, or they are not what was written."""

    code = "anchors_unreadable"


def lines(since: date | None = None) -> Iterator[str]:
    """Every anchor from a day on, and the blocks that these were the first to stand for: a line of JSON each."""
    earlier = Anchor.objects.filter(day__lt=since).order_by("-day").first() if since else None
    for anchor in Anchor.objects.filter(day__gte=since or date.min).order_by("day"):
        signed = {"digest": anchor.digest, "public_key": anchor.public_key, "signature": anchor.signature}
        yield written({"anchor": said_by(anchor), **signed})
    for code in SOURCE_NAMED:
        before = earlier.heads[code]["last"] if earlier else 0
        upto = Anchor.objects.order_by("-day").values_list("heads", flat=True).first()
        blocks = AnchorBlock.objects.filter(source=code, last__gt=before, last__lte=upto[code]["last"] if upto else 0)
        for block in blocks.order_by("last").iterator(chunk_size=20):
            leaves = base64.b64encode(block.leaves).decode()
            names = ("source", "first", "last", "number", "previous", "digest")
            yield written({"block": {name: getattr(block, name) for name in names}, "leaves": leaves})


def written(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def differences(kept: Iterable[str], *, public_key: str = "") -> Iterator[str]:
    """What the database says otherwise than a file of anchors. Raises NoAnchors for a file that is none."""
    anchors, blocks = read(kept)
    for anchor in anchors:
        if public_key and not (
            anchor.public_key == public_key and has_signed(public_key, anchor.signature, anchor.digest.encode())
        ):
            yield f"文件中{anchor.day}的锚定不是由所给公钥的持有者签署的"
        yield from compared(anchor.day, anchor.digest)
    for block in blocks:
        source = SOURCE_NAMED[block.source]
        if AnchorBlock.objects.filter(source=block.source, last=block.last, digest=block.digest).exists():
            continue  # the rows behind it are held against it by `verify`
        rows = list(source.between(block.first - 1, block.last, None))
        yield from named(source, block, rows, days_of(source, anchors))


def compared(day: date, digest: str) -> Iterator[str]:
    """Whether the anchor of a day is still what was printed or kept of it, whole or by its first digits."""
    if len(digest) < LEAST_DIGITS:
        raise NoAnchors(f"摘要“{digest}”过短，至少填写前{LEAST_DIGITS}位")
    if not DIGITS.fullmatch(digest):
        raise NoAnchors(f"“{digest}”不是摘要：摘要只有数字0至9和字母a至f，最长64位；请核对所印的")
    held = Anchor.objects.filter(day=day).first()
    if held is None:
        yield f"{day}的锚定已不在库中，而保存在外的有（{digest[:LEAST_DIGITS]}）：锚定表被改动过"
    elif not held.digest.startswith(digest.lower()):
        yield (
            f"{day}的锚定与保存在外的不符：在外为{digest[:LEAST_DIGITS]}，库中为{held.digest[:LEAST_DIGITS]}；"
            "该日或更早的记录连同锚定表被改写过，请以该日的备份或保存在外的锚定文件（manage.py anchor --check）逐案核对"
        )


def read(kept: Iterable[str]) -> tuple[list[Anchor], list[Block]]:
    anchors, blocks = [], []
    try:
        for said in map(json.loads, filter(str.strip, kept)):
            if "anchor" in said:
                anchors.append(anchor_of(said))
            else:
                leaves = base64.b64decode(said["leaves"], validate=True)
                blocks.append(Block(**said["block"], leaves=leaves))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoAnchors("不是锚定文件，或已损坏；锚定文件由 manage.py anchor --export 写出，请核对路径") from error
    if not anchors or any(block.source not in SOURCE_NAMED for block in blocks):
        raise NoAnchors("文件中没有锚定；锚定文件由 manage.py anchor --export 写出")
    for anchor in anchors:
        if anchor.digest != digest_of_anchor(anchor):
            raise NoAnchors(f"文件中{anchor.day}的锚定与其摘要不符，文件已损坏或被改动")
    return anchors, blocks


def anchor_of(said: Mapping[str, Any]) -> Anchor:
    kept = said["anchor"]
    made_at = datetime.fromtimestamp(kept["made_at"], tz=ZoneInfo(settings.TIME_ZONE))
    whole = {**kept, "day": date.fromisoformat(kept["day"]), "made_at": made_at}
    return Anchor(**whole, **{name: said[name] for name in ("digest", "public_key", "signature")})
