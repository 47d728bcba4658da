"""What stands in the database before a restore: nothing, a restore that was killed, or somebody's data."""

from dataclasses import dataclass

from django.db import connection, transaction

from workers.backups.refusals import RestoreRefused

MARK = "casetrack_restoring"
"""A table that stands while a restore is under way, and holds the digest of its backup."""
FOUND = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1
"""
WAY_OUT = (
    "恢复只写入空数据库，从不删除已有的数据。请新建一个空数据库（createdb），把 DATABASE_URL 指向它再恢复；"
    "使用内置服务器的，请用 CASETRACK_DATA_DIR 指定一个新的数据目录"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`tables` are those of others than us; `mark` the backup that a restore was begun with."""

    tables: list[str]
    mark: str

    def refuse(self, digest: str) -> None:
        """Go on only into nothing, or where a restore of this very backup was killed."""
        if not self.tables or self.mark == digest:
            return
        if self.mark:
            raise RestoreRefused(f"数据库中有另一份备份恢复到一半的数据；请用那一份备份再运行一次。{WAY_OUT}")
        what = f"数据库中已有{len(self.tables)}张表（{in_words(self.tables)}）"
        raise RestoreRefused(f"{what}，没有恢复任何内容。{WAY_OUT}")


def look() -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        found = [str(name) for (name,) in cursor.fetchall()]
        ours = f"public.{MARK}"
        if ours not in found:
            return Standing(found, "")
        cursor.execute(f"SELECT max(digest) FROM {MARK}")
        return Standing([name for name in found if name != ours], str(cursor.fetchone()[0]))


def in_words(tables: list[str]) -> str:
    """What lies there, by what people know of it."""
    said = []
    with connection.cursor() as cursor:
        for table, unit in (("cases_case", "件案件"), ("accounts_user", "个账号")):
            if f"public.{table}" in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                said.append(f"{cursor.fetchone()[0]}{unit}")
    return "、".join(said or [name.partition(".")[2] for name in tables[:3]])


@transaction.atomic
def mark(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (digest text)")
        cursor.execute(f"DELETE FROM {MARK}")
        cursor.execute(f"INSERT INTO {MARK} VALUES (%s)", [digest])


def unmark() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {MARK}")
