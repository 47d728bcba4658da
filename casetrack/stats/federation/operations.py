"""Opening a node's cells to a province, and naming a node to a province: each whole or not at all."""

from collections.abc import Iterable
from datetime import datetime

import psycopg
from django.db import DatabaseError, connection, transaction
from psycopg import errors, sql

from casetrack.cases.models import Milestone
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import NATION
from casetrack.organizations.models import Region
from casetrack.organizations.querysets import within
from casetrack.stats.federation import statements
from casetrack.stats.federation.models import Node
from casetrack.stats.federation.standing import NodeSilent, standing_of, title


class FederationRefused(Refused):
    """A node can't be opened, named or left as it was asked."""

    code = "federation_refused"


def open_cells(*, region: str, reader: str = statements.READER) -> bool:
    """Let a role read the cells of a region and those below it, of this database; what was opened before is closed.

    Says whether anything lies there: a code that was mistaken for another opens nothing, and nobody would miss it.
    """
    known(region)
    if Node.objects.exists():
        raise FederationRefused("本库的数字一部分来自它自己的节点，开放的单元会缺少它们。请由上级直接登记这些节点")
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [reader])
        if not cursor.fetchone()[0]:
            raise FederationRefused(
                f"没有数据库角色 {reader}。请数据库管理员先运行 {shown(statements.role(reader))}，并为它设定口令"
            )
    run(statements.opened(region, reader), "开放统计单元")
    return Milestone.objects.filter(within("region_code", region)).exists()


TO_DO: tuple[tuple[type[psycopg.Error], str], ...] = (
    (errors.UndefinedTable, "请先在该节点上运行 federation open，并核对 --url 中的数据库名"),
    (errors.InsufficientPrivilege, "请在该节点上用 --reader 为 --url 中的角色运行 federation open"),
    (errors.ProhibitedSqlStatementAttempted, "请在 --url 或 CASETRACK_NODE_PASSWORD 中给出该角色的口令"),
    (psycopg.Error, "请核对 --url 的主机、端口、数据库名、角色和口令，以及该节点的 pg_hba.conf"),
)


@transaction.atomic
def add(*, region: str, address: statements.Address, now: datetime) -> Node:
    """Read a region's cells from its node from now on."""
    here = known(region)
    if region == NATION:
        raise FederationRefused("节点应是一个省、市或县，不能是全国")
    touching = Node.objects.touching(region).select_related("region").first()
    if touching:
        raise FederationRefused(
            f"{here.name}（{region}）与已有的节点{touching.region.name}（{touching.region_id}）重叠，同一案件会计两次。"
            "如要更改地址，请先用 federation remove 移除"
        )
    if Milestone.objects.filter(within("region_code", region)).exists():
        raise FederationRefused(
            f"本库中已有{here.name}（{region}）的案件，与节点中的会计两次。请先把它们迁到节点，或改选没有案件的地区"
        )
    if is_open():
        raise FederationRefused("本库已向上级开放统计单元，再登记节点，上级会缺少节点的数字。请由上级直接登记该节点")
    run(statements.joined(region, address), "登记节点")
    node = Node.objects.create(region=here, added_at=now)
    try:
        standing_of(node)
    except NodeSilent as silent:
        raise FederationRefused(f"登记节点未完成，什么也没有改变：{unread(node, silent)}") from silent
    return node


def unread(node: Node, silent: NodeSilent) -> str:
    """Why its cells can't be read, for whoever names it: in the words of the database where it says so."""
    if not isinstance(silent.__cause__, DatabaseError):
        return str(silent)
    told = silent.__cause__.__cause__
    assert isinstance(told, psycopg.Error)
    said = "；".join(
        each.strip().splitlines()[0] for each in (str(told), told.diag.message_detail or "") if each.strip()
    )
    return f"读不到{title(node)}的统计单元（{said}）。{next(do for kind, do in TO_DO if isinstance(told, kind))}"


@transaction.atomic
def remove(*, region: str) -> None:
    """Read a region from its node no longer; figures of what lies above are then those of the others."""
    found = Node.objects.filter(region=region).delete()[0]
    if not found:
        raise FederationRefused(f"没有区划代码为“{region}”的节点")
    run(statements.left(region), "移除节点")


def is_open() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{statements.SCHEMA}.blocks"])
        return bool(cursor.fetchone()[0])


def known(region: str) -> Region:
    found = Region.objects.filter(pk=region).first()
    if found is None:
        raise FederationRefused(f"没有区划代码为“{region}”的地区，请核对代码，或先导入该地区的名册")
    return found


@transaction.atomic
def run(queries: Iterable[sql.Composed], doing: str) -> None:
    try:
        with connection.cursor() as cursor:
            for query in queries:
                cursor.execute(query)
    except DatabaseError as error:
        raise FederationRefused(
            f"{doing}未完成，什么也没有改变：{str(error).strip().splitlines()[0]}。"
            "如缺少权限，请数据库管理员按 --dry-run 打印的语句办理"
        ) from error


def shown(query: sql.Composed) -> str:
    return query.as_string(connection.connection)
