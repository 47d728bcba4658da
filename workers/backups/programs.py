"""PostgreSQL's own programs for dumps: those of the system or the bundled ones, whichever are new enough."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import connection

from casetrack.embedded import programs
from workers.backups.layout import PIECE
from workers.backups.refusals import BackupRefused, RestoreRefused

DEBIAN = Path("/usr/lib/postgresql")
PASSED_ON = ("PATH", "HOME", "TMPDIR")
NOT_CARRIED_OVER = ("django_session", "accounts_cache")
"""Who is logged in, and what guessers have used up: rows of the moment, and a stolen backup opens no session."""
# not what is opened to others, or held of nodes: extensions and servers need a superuser, a command names them anew
SCHEMA = "--schema=public"
DUMP = ("--format=custom", SCHEMA, *(f"--exclude-table-data=public.{table}" for table in NOT_CARRIED_OVER))
RESTORE = (
    SCHEMA,  # also because the schema itself is there already
    "--single-transaction",  # all or nothing; indexes are then built one after the other
    "--exit-on-error",
    "--no-owner",
    "--no-privileges",
    "--no-publications",
    "--no-subscriptions",
    "--no-tablespaces",
    "--no-security-labels",
)


@dataclass(frozen=True, slots=True)
class Login:
    """How the programs log in to the database that we are connected to. The password goes by the environment."""

    dsn: str
    env: dict[str, str]


def login() -> Login:
    connection.ensure_connection()
    info = connection.connection.info
    env = {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("PG")}
    return Login(info.dsn, {**env, "LC_ALL": "C", "PGPASSWORD": info.password})


def server_major() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version // 10_000)


def program(name: str, *, least: int) -> Path:
    """The first that is new enough for the server. An older pg_dump refuses a newer server."""
    seen = []
    for folder in folders():
        path = folder / name
        major = major_of(path) if path.is_file() else None
        if major is not None and major >= least:
            return path
        if major is not None:
            seen.append(f"{path}（{major}）")
    found = f"只找到{'、'.join(seen)}" if seen else "没有找到"
    raise BackupRefused(f"需要 PostgreSQL {least} 或更新版本的 {name}，{found}；请安装 postgresql-client-{least}")


def folders() -> Iterator[Path]:
    if found := shutil.which("pg_dump"):
        yield Path(found).parent
    if DEBIAN.is_dir():  # where Debian and its kin put each version
        yield from (each / "bin" for each in sorted(DEBIAN.iterdir(), key=lambda each: each.name, reverse=True))
    yield from programs.postgres_folders()


def major_of(path: Path) -> int | None:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else None


def tables(kind: str) -> list[str]:
    """Our own tables of a kind, as PostgreSQL tells them apart: r of rows, f of other servers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = %s AND relnamespace = 'public'::regnamespace ORDER BY 1",
            [kind],
        )
        return [str(name) for (name,) in cursor.fetchall()]


def dump(snapshot: str) -> Iterator[bytes]:
    """The database as that snapshot sees it, as pg_dump writes it."""
    found, to = program("pg_dump", least=server_major()), login()
    foreign = [f'--exclude-table=public."{name}"' for name in tables("f")]
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            [found, *DUMP, *foreign, f"--snapshot={snapshot}", f"--dbname={to.dsn}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=to.env,
        ) as running:
            assert running.stdout is not None
            try:
                while piece := running.stdout.read(PIECE):
                    yield piece
            finally:
                running.stdout.close()  # where we were interrupted it ends, too
        if running.returncode:
            raise BackupRefused(f"pg_dump 没有完成，备份没有写成：{last_words(errors)}")


def restore(pieces: Iterable[bytes]) -> None:
    """The dump into the database that we are connected to, whole or not at all."""
    found, to = program("pg_restore", least=server_major()), login()
    if failed := fed([found, *RESTORE, f"--dbname={to.dsn}"], pieces, to.env):
        raise RestoreRefused(f"pg_restore 没有完成，数据库没有任何变化：{failed}")


def list_contents(pieces: Iterable[bytes]) -> None:
    """Have pg_restore read the table of contents, as the first thing that a restore would do."""
    if failed := fed([program("pg_restore", least=server_major()), "--list"], pieces, {"LC_ALL": "C"}):
        raise BackupRefused(f"pg_restore 无法读取刚写成的备份：{failed}")


def fed(argv: list[str | Path], pieces: Iterable[bytes], env: dict[str, str]) -> str:
    """Give a program its input; what it said when it failed. Where the pieces fail it never sees their end whole."""
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, env=env) as running,
    ):
        assert running.stdin is not None
        try:
            with suppress(BrokenPipeError):  # it has ended, and says why
                for piece in pieces:
                    running.stdin.write(piece)
        except BaseException:
            running.kill()
            raise
        finally:
            with suppress(BrokenPipeError):
                running.stdin.close()
        return last_words(errors) or str(running.returncode) if running.wait() else ""


def last_words(errors: IO[bytes]) -> str:
    errors.seek(0)
    return " ".join(errors.read().decode(errors="replace").split("\n")[-6:]).strip()
