"""The replicas that lists are read from: that each answers, is a copy of this very database, and is not far behind."""

from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.db import connections

from casetrack.health import WITHIN
from casetrack.lib.databases import brief
from casetrack.replicas.standing import Standing
from workers.doctoring.findings import Check, Finding, Visit, error, warning

WHOSE = "SELECT system_identifier, current_database() FROM pg_control_system()"
REACH = (
    "查看该机的 PostgreSQL 是否运行，CASETRACK_REPLICA_URL 的主机、账号、口令和库名是否正确，pg_hba.conf 是否放行本机"
)
PROMOTED = "写成了主库地址的，改为备库的；备库已被提升的，查明有无人写入，再用 pg_basebackup 重做"


def replicas_follow(visit: Visit) -> Iterator[Finding]:
    if not settings.REPLICAS:
        return
    with brief(within=WITHIN) as asked:
        ours = whose(asked)
    for alias in settings.REPLICAS:
        yield from followed(alias, ours)


def followed(alias: str, ours: tuple[object, ...]) -> Iterator[Finding]:
    named = title(alias)
    try:
        with brief(alias, within=WITHIN) as asked:
            standing, theirs = Standing.told(asked), whose(asked)
    except psycopg.Error as refused:
        yield warning(f"副本{named}不能读取，改由主库应答：{refused}".strip().splitlines()[0], REACH)
        return
    if theirs != ours:
        yield error(
            f"副本{named}不是本库的副本，读到的会是另一个库的数据", "把 CASETRACK_REPLICA_URL 改为本库备库的地址"
        )
    elif not standing.follows:
        yield error(f"副本{named}不跟随主库：不是备库，或已被提升", PROMOTED)
    elif standing.seconds is None:
        yield warning(f"副本{named}收不到主库的日志，不知落后多少，改由主库应答")
    elif standing.seconds > settings.REPLICA_LAG:
        yield warning(f"副本{named}落后{standing.seconds:.0f}秒，超过允许的{settings.REPLICA_LAG}秒，改由主库应答")


def whose(asked: "psycopg.Cursor[object]") -> tuple[object, ...]:
    """The same of a server and all its copies, and the database there."""
    row = asked.execute(WHOSE).fetchone()
    assert isinstance(row, tuple)
    return row


def title(alias: str) -> str:
    found = connections[alias].settings_dict
    return f"{alias}（{found['HOST'] or '本机'}:{found['PORT'] or 5432}）"


REPLICAS = (
    Check(
        "replicas",
        "读取用的副本跟得上主库",
        "查看备库的日志、网络和负载；断得太久的，用 pg_basebackup 重做",
        replicas_follow,
        "database",
    ),
)
