"""What belongs to a backup: the rows of one snapshot, the files they point to, and what offices keep beside them."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from casetrack.accounts.models import AuditEntry
from casetrack.accounts.rotation import quoted
from casetrack.cases import kept_files
from casetrack.cases.jobs import store
from casetrack.cases.jobs.expiring import known_files
from casetrack.cases.models import Anchor, CaseEvent, KeptFile
from workers.backups import programs
from workers.backups.layout import PIECE
from workers.backups.programs import NOT_CARRIED_OVER
from workers.backups.writing import Writer

PATIENT = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",  # while pg_dump is at work, this session only waits
)
ATTACHMENTS, JOBS, TEMPLATES, BOOKS = "attachments", "jobs", "templates", "books"


@contextmanager
def snapshot() -> Iterator[str]:
    """One view of the database, for us and, by its name, for pg_dump."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for statement in PATIENT:
                cursor.execute(statement)
            cursor.execute("SELECT pg_export_snapshot()")
            name = str(cursor.fetchone()[0])
        yield name


def counts() -> dict[str, int]:
    """How many rows each table has, of those that are carried over. What lies on nodes is counted there."""
    found, tables = {}, programs.tables("r")
    with connection.cursor() as cursor:
        for table in sorted(set(tables) - set(NOT_CARRIED_OVER)):
            cursor.execute(f"SELECT count(*) FROM {quoted(table)}")
            found[table] = int(cursor.fetchone()[0])
    return found


def migrations() -> dict[str, list[str]]:
    """The last migrations of each app that the database has been through."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    last: dict[str, set[str]] = {}
    for app, name in loader.applied_migrations:
        last.setdefault(app, set()).add(name)
    for app, name in list(loader.applied_migrations):
        if (app, name) in loader.graph.nodes:
            last[app] -= {parent.key[1] for parent in loader.graph.node_map[app, name].parents if parent.key[0] == app}
    return {app: sorted(names) for app, names in sorted(last.items())}


def newest(tables: Container[str]) -> dict[str, Any]:
    """By what one sees how far a backup reaches. Before an upgrade there may be no table of anchors yet."""
    event = CaseEvent.objects.order_by("-pk").values("recorded_at", "hash").first()
    line = AuditEntry.objects.order_by("-pk").values("pk", "at").first()
    anchors = Anchor.objects.order_by("-day").values("day", "digest")
    anchor = anchors.first() if Anchor._meta.db_table in tables else None
    return {
        "event": event and {"recorded_at": event["recorded_at"].isoformat(), "hash": event["hash"]},
        "audit": line and {"id": line["pk"], "at": line["at"].isoformat()},
        "anchor": anchor and {"day": anchor["day"].isoformat(), "digest": anchor["digest"]},
    }


def note_files(names: IO[str]) -> int:
    """Write down which files the rows of this snapshot point to; how many."""
    count = 0
    kept = KeptFile.objects.readable()
    for digest in kept.order_by("digest").values_list("digest", flat=True).iterator():
        count += 1
        names.write(f"{ATTACHMENTS}/{digest[:2]}/{digest}\n")
    for job in sorted(known_files()):
        count += 1
        names.write(f"{JOBS}/{job}\n")
    names.seek(0)
    return count


def place_of(name: str) -> Path:
    """Where a file of a backup lies here, by its name in there."""
    return roots()[name.partition("/")[0]] / name.partition("/")[2]


def roots() -> dict[str, Path]:
    return {
        ATTACHMENTS: kept_files.folder(),
        JOBS: store.folder(),
        TEMPLATES: settings.REPORT_TEMPLATES,
        BOOKS: Path(settings.DATA_DIR) / "books",
    }


def beside() -> Iterator[str]:
    """What no row points to: templates of reports, with those that were replaced, and the months' books."""
    for root in (TEMPLATES, BOOKS):
        folder = roots()[root]
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                yield f"{root}/{inside.as_posix()}"


def copy(writer: Writer, name: str) -> bool:
    """Add a file; False where it is gone."""
    try:
        file = place_of(name).open("rb")
    except FileNotFoundError:
        return False
    with file:
        writer.add(name, iter(partial(file.read, PIECE), b""))
    return True


def room_needed() -> int:
    """About how many bytes a backup takes at the very least: the rows pack to a fifth at best, files don't."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pg_table_size(oid)) FROM pg_class WHERE relkind = 'r'")
        rows = int(cursor.fetchone()[0] or 0)
    return rows // 5 + sum(size_of(folder) for folder in (kept_files.folder(), roots()[BOOKS]))


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
