"""The record held against its anchors, and the anchors against each other; what differs is named case by case."""

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from casetrack.cases.anchoring.making import digest_of_anchor, digest_of_leaves, unpacked
from casetrack.cases.anchoring.sources import BEGINNING, SOURCES, Leaf, Source
from casetrack.cases.models import Anchor, AnchorBlock, Case
from casetrack.lib.crypto import has_signed

MOST_NAMED = 5
TO_DO = "请立即停止录入并保存数据库日志，以锚定当日的备份核对该案，查明是谁直接改动了数据库"


class Block(NamedTuple):
    """A block as it is held somewhere: here, or outside."""

    source: str
    first: int
    last: int
    number: int
    previous: str
    digest: str
    leaves: bytes


def differences() -> Iterator[str]:
    """Whatever in the record, or in the anchors themselves, is no longer what was anchored."""
    anchors = list(Anchor.objects.order_by("day"))
    yield from broken_anchors(anchors)
    for source in SOURCES:
        blocks = AnchorBlock.objects.filter(source=source.code).order_by("last").iterator(chunk_size=20)
        held = (Block(b.source, b.first, b.last, b.number, b.previous, b.digest, bytes(b.leaves)) for b in blocks)
        yield from differing(source, held, days_of(source, anchors))


def broken_anchors(anchors: Sequence[Anchor]) -> Iterator[str]:
    previous, signed = "", False
    ends = {(block.source, block.last): block for block in AnchorBlock.objects.defer("leaves").iterator()}
    for anchor in anchors:
        if anchor.digest != digest_of_anchor(anchor):
            yield f"{anchor.day}的锚定：摘要与其内容不符，锚定表被改动过；请与结账版次所印的摘要核对"
        if anchor.previous != previous:
            yield f"{anchor.day}的锚定：不接在前一锚定之后，其间有锚定被改动或删除；请与结账版次所印的摘要核对"
        if anchor.signature and not has_signed(anchor.public_key, anchor.signature, anchor.digest.encode()):
            yield f"{anchor.day}的锚定：签名不符，不是由所记公钥的持有者签署的"
        if signed and not anchor.signature:
            yield f"{anchor.day}的锚定：没有签名，而此前的锚定有；请核对 CASETRACK_SIGNING_KEY 和锚定表"
        for code, head in anchor.heads.items():
            block = ends.get((code, head["last"]))
            if head["total"] and (not block or (block.digest, block.total) != (head["digest"], head["total"])):
                yield f"{anchor.day}的锚定：其所指的分块（{code}至第{head['last']}号）不在或与之不符，锚定表被改动过"
        previous, signed = anchor.digest, signed or bool(anchor.signature)


def days_of(source: Source, anchors: Iterable[Anchor]) -> Sequence[tuple[int, date]]:
    """Up to which key each day's anchor stands for, in order."""
    return sorted((anchor.heads.get(source.code, {}).get("last", 0), anchor.day) for anchor in anchors)


def differing(source: Source, blocks: Iterable[Block], days: Sequence[tuple[int, date]]) -> Iterator[str]:
    """What blocks, all of a source from their first on, say otherwise than its rows do today."""
    after, previous = BEGINNING, ""
    for block in blocks:
        if block.previous != previous:
            yield f"锚定分块（{source.label}至第{block.last}号）不接在前一分块之后，锚定表被改动过"
        now = list(source.between(after, block.last, None))
        if digest_of_leaves(block.previous, now) != block.digest or block.number != len(now):
            yield from named(source, block, now, days)
        after, previous = block.last, block.digest


def named(source: Source, block: Block, now: list[Leaf], days: Sequence[tuple[int, date]]) -> Iterator[str]:
    place = bisect.bisect_left(days, (block.last, date.min))
    when = f"{days[place][1]}锚定" if place < len(days) else "锚定"
    try:
        kept = {leaf.key: leaf for leaf in unpacked(block.leaves)}
    except ValueError as error:
        yield f"锚定分块（{source.label}至第{block.last}号）：{error}，锚定表被改动过"
        return
    rows = {leaf.key: leaf.short() for leaf in now}
    changed = [(kept.get(key), rows.get(key)) for key in sorted({*kept, *rows}) if kept.get(key) != rows.get(key)]
    if not changed:
        yield f"锚定分块（{source.label}至第{block.last}号）：摘要与其内容不符，锚定表被改动过；请与保存在外的锚定核对"
    elif source.code == AnchorBlock.Source.EVENT:
        yield from of_cases(changed, when)
    else:
        yield from of_entries(changed, when)


Pair = tuple[Leaf | None, Leaf | None]


def of_cases(changed: Sequence[Pair], when: str) -> Iterator[str]:
    """A line a case: which of its events are not what they were."""
    by_case: dict[int, list[Pair]] = {}
    for was, stands in changed:
        for case in sorted({leaf.case for leaf in (was, stands) if leaf}):
            by_case.setdefault(case, []).append((was, stands))
    numbers = dict(Case.objects.filter(pk__in=by_case).values_list("pk", "number"))
    for case, pairs in by_case.items():
        yield f"{name_of(case, pairs, numbers)}：{'；'.join(sentences(pairs))}（{when}之后）；{TO_DO}"


def of_entries(changed: Sequence[Pair], when: str) -> Iterator[str]:
    for pair in changed:
        for leaf in [leaf for leaf in pair if leaf][:1]:
            yield f"审计记录第{leaf.key}号{what_happened(*pair)}（{when}之后）；请保存数据库日志，查明是谁直接改动的"


def name_of(case: int, pairs: Sequence[Pair], numbers: Mapping[int, str]) -> str:
    number = numbers.get(case) or next((was.name for was, _ in pairs if was and was.name), "")
    gone = "" if case in numbers else "，该案已不在库中"
    return f"案件{number}（编号{case}{gone}）"


def sentences(pairs: Sequence[Pair]) -> Iterator[str]:
    said: dict[str, list[int]] = {}
    for was, stands in pairs:
        leaf = was or stands
        if leaf:
            said.setdefault(what_happened(was, stands), []).append(leaf.sequence)
    for what, sequences in said.items():
        named = "、".join(map(str, sequences[:MOST_NAMED])) + ("等" if len(sequences) > MOST_NAMED else "")
        yield f"第{named}号事件{what}"


def what_happened(was: Leaf | None, stands: Leaf | None) -> str:
    if stands is None:
        return "被删除"
    if was is None:
        return "是补插进去的，锚定时没有"
    return "被改写" if was.digest != stands.digest else "被移到别的案件或改了案号"
