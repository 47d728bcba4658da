"""The database: whether it answers, is what the service is made for, and still refuses what it must refuse."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from casetrack.health import database_answers
from workers.doctoring.findings import Check, Finding, Visit, error, warning

OLDEST = 150000
PROCESSES = 4
"""Web processes that are reckoned with, each with a pool: two services with two of gunicorn's workers each."""
POOL = 8
OTHERS = 10
"""Connections of workers, two while settling, of the schedule, a backup and whoever looks."""
SKEW, MUCH_SKEW = 2.0, 30.0  # seconds
APPEND_ONLY = (
    "cases_caseevent",
    "accounts_auditentry",
    "cases_anchor",
    "cases_erasedevent",
    "cases_anchorblock",
    "stats_edition",
    "stats_publishedfigures",
    "stats_definitions",
    "stats_monthreport",
    "organizations_reportedfigure",
    "organizations_reportedversion",
    "organizations_formerregion",
)
GUARDS = ("append_only", "never_emptied")
STANDING = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"


def one(question: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row: tuple[object, ...] = cursor.fetchone()
    return row


def answers(visit: Visit) -> Iterator[Finding]:
    if not database_answers():
        yield error("数据库没有在两秒内应答")


def made_for(visit: Visit) -> Iterator[Finding]:
    version, encoding, collate = one(
        "SELECT current_setting('server_version_num')::int, pg_encoding_to_char(encoding), datcollate"
        " FROM pg_database WHERE datname = current_database()"
    )
    yield from fitting(int(str(version)), str(encoding), str(collate))


def fitting(version: int, encoding: str, collate: str) -> Iterator[Finding]:
    if version < OLDEST:
        yield error(f"PostgreSQL {version // 10000} 过旧，至少要 {OLDEST // 10000}", "升级 PostgreSQL")
    if encoding != "UTF8":
        yield error(f"数据库编码是 {encoding}，存不下全部汉字", "用 UTF8 编码新建数据库，再从备份恢复")
    if collate not in {"C", "C.UTF-8", "C.utf8"}:
        said = f"数据库的排序规则是 {collate}：操作系统升级后索引可能失效"
        yield warning(said, "新建数据库时用 --locale-provider=builtin --builtin-locale=C.UTF-8，再从备份恢复")


def migrated(visit: Visit) -> Iterator[Finding]:
    if left := plan():
        yield error(f"有{len(left)}项数据库变更没有执行：{few(left)}")


def plan() -> list[str]:
    """The migrations that are still to be applied."""
    executor = MigrationExecutor(connection)
    return [f"{each.app_label}.{each.name}" for each, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def few(names: list[str]) -> str:
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")


def guarded(visit: Visit) -> Iterator[Finding]:
    """What is only ever added to is refused changes by triggers: one that is gone or switched off refuses nothing."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        standing = set(cursor.fetchall())
    lacking = [f"{table}.{name}" for table in APPEND_ONLY for name in GUARDS if (table, name) not in standing]
    if lacking:
        yield error(f"防止篡改的触发器有{len(lacking)}个缺失或被停用：{few(lacking)}")


def rights(visit: Visit) -> Iterator[Finding]:
    (superuser,) = one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if superuser:
        yield warning("服务以数据库超级用户连接，触发器拦不住它")


def same_time(visit: Visit) -> Iterator[Finding]:
    (there,) = one("SELECT clock_timestamp()")
    assert isinstance(there, datetime)
    yield from compared(there, datetime.now(UTC))


def compared(there: datetime, here: datetime) -> Iterator[Finding]:
    apart = abs((there - here).total_seconds())
    if apart > SKEW:
        said = f"数据库与本机的时钟相差{apart:.0f}秒"
        yield error(said) if apart > MUCH_SKEW else warning(said)


def enough_connections(visit: Visit) -> Iterator[Finding]:
    most, kept, used = (
        int(str(each))
        for each in one(
            "SELECT current_setting('max_connections'), current_setting('superuser_reserved_connections'),"
            " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
        )
    )
    yield from sufficing(most - kept, used, settings.POOL_SIZE or POOL)


def sufficing(most: int, used: int, pool: int) -> Iterator[Finding]:
    needed = PROCESSES * pool + OTHERS
    if used > most * 0.85:
        yield error(f"数据库允许{most}个连接，已用{used}个")
    elif most < needed:
        yield warning(f"数据库允许{most}个连接，{PROCESSES}个网页进程和工作进程可能用到{needed}个")


SERVER = (
    Check("database", "数据库应答", "查看 PostgreSQL 是否运行、DATABASE_URL 是否正确、磁盘是否已满", answers),
    Check(
        "database_version", "数据库版本、编码、排序规则", "按 docs/configuration.md 新建数据库", made_for, "database"
    ),
    Check("migrations", "数据库变更已全部执行", "先备份，再执行 manage.py migrate", migrated, "database"),
    Check(
        "triggers",
        "防止篡改的触发器齐全",
        "查明何人停用；ALTER TABLE … ENABLE TRIGGER …，缺失的从备份恢复，随后执行 manage.py verify",
        guarded,
        "record",
    ),
    Check("role", "数据库账号的权限", "另建普通账号作为库的所有者，写入 DATABASE_URL", rights, "database"),
    Check("clock", "数据库与本机时钟一致", "在两台机器上启用时钟同步，如 chrony", same_time, "database"),
    Check(
        "connections",
        "数据库连接数足够",
        "调大 max_connections，或调小 CASETRACK_DB_POOL",
        enough_connections,
        "database",
    ),
)
