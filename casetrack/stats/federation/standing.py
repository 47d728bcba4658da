"""Whether a node can be counted upon: it answers, keeps cells as they are kept here, and has counted the days asked."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import DatabaseError

from casetrack.kinds import KINDS
from casetrack.stats.dimensions import kept, name_of
from casetrack.stats.federation.models import Node, NodeStanding
from casetrack.stats.refusals import StatisticsRefused

logger = logging.getLogger(__name__)


class NodeSilent(StatisticsRefused):
    """A node does not answer, or not with what was asked."""

    code = "node_silent"


class NodeBehind(StatisticsRefused):
    """A node has not counted yet what was asked."""

    code = "node_behind"


def standing_of(node: Node) -> dict[str, NodeStanding]:
    """What a node says of itself, by kind of case. Raises NodeSilent."""
    with answering(node):
        found = {each.kind: each for each in NodeStanding.objects.filter(region_code=node.region_id)}
    if set(found) != set(KINDS):
        raise NodeSilent(
            f"节点{title(node)}没有给出本地区全部案件种类的状况：它可能是为别的地区开放的，或版本不同。"
            f"请把该节点升级到同一版本，并在其上重新运行 federation open --region {node.region_id}"
        )
    return found


@contextmanager
def answering(node: Node) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        logger.warning("node %s does not answer: %s", node.region_id, error)
        raise NodeSilent(
            f"节点{title(node)}没有应答，少了它的数字会偏小，因此没有给出数字。请稍后再试，或请管理员检查该节点的数据库"
        ) from error


def refuse_unready(region: str, kinds: Collection[str], last: date) -> None:
    """Raises NodeSilent or NodeBehind where a node's cells up to a day are not all there."""
    for node in Node.objects.touching(region).select_related("region").order_by("pk"):
        found = standing_of(node)
        for kind in kinds:
            refuse_unlike(node, kind, found[kind])
            refuse_behind(node, kind, found[kind], last)


def refuse_unlike(node: Node, kind: str, found: NodeStanding) -> None:
    wanted = sorted(name_of(each) for each in kept(kind))
    if found.breakdowns and sorted(found.breakdowns) != wanted:
        raise NodeSilent(
            f"节点{title(node)}的“{KINDS[kind].label}”按另一版本的分组汇总，不能相加。请把节点升级到同一版本并重新计算统计"
        )


def refuse_behind(node: Node, kind: str, found: NodeStanding, last: date) -> None:
    if found.waiting_from is not None and found.waiting_from <= last:
        raise NodeBehind(
            f"节点{title(node)}的“{KINDS[kind].label}”自{found.waiting_from:%Y-%m}起有变动尚未汇总，数字会不准。"
            "请稍后再查；如持续如此，请检查该节点的后台进程"
        )


def title(node: Node) -> str:
    return f"{node.region.name}（{node.region_id}）"
