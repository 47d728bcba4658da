"""The drill: a backup restored as in earnest, by a process of its own, into a scratch database that goes afterwards."""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from django.db import ProgrammingError, connection

from casetrack.accounts.rotation import quoted
from casetrack.lib.locks import LockTaken, alone
from workers.backups.keyring import FIELD_KEY, SIGNING_KEY, Keyring, configured
from workers.backups.refusals import RestoreRefused

SCRATCH = "casetrack_drill_"
LOCK = "casetrack drill"
HIDDEN = (FIELD_KEY, SIGNING_KEY, "CASETRACK_SECRET_KEY", "DATABASE_URL", "REDIS_URL")


def drill(*, path: Path, keys: Keyring | None, say: Callable[[str], None]) -> None:
    """Raises RestoreRefused, with what stood in the way, where the backup would be of no use.

    One at a time: so that what lies about of another is of one that was killed.
    """
    try:
        with alone(LOCK):
            rehearse(path, keys, say)
    except LockTaken:
        raise RestoreRefused("另一次演练正在进行；请等它结束后再运行") from None


def rehearse(path: Path, keys: Keyring | None, say: Callable[[str], None]) -> None:
    with scratch_folder() as folder, scratch_database() as name:
        run = subprocess.Popen(
            [sys.executable, "-m", "casetrack", "restore", "--drill", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=settings.BASE_DIR,
            env=environment(name, folder, keys),
        )
        with run:
            assert run.stdout is not None
            for line in run.stdout:
                say(line.rstrip("\n"))
        if run.returncode:
            raise RestoreRefused("演练没有通过：这份备份不能恢复，或恢复后不一致，原因见上；请另做一份备份并查明")


def environment(database: str, folder: Path, keys: Keyring | None) -> dict[str, str]:
    """Ours, with another database and another data folder; where keys are given, those alone: they are on trial too."""
    ours = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in HIDDEN}
    return ours | {
        "DATABASE_URL": address_of(database),
        "REDIS_URL": settings.REDIS_URL,
        "CASETRACK_DATA_DIR": str(folder),
        "CASETRACK_REPORT_TEMPLATES": str(folder / "templates"),
        "CASETRACK_SECRET_KEY": secrets.token_urlsafe(50),
        FIELD_KEY: (keys or configured()).listed,
    }


def address_of(database: str) -> str:
    """Our database's address with another name; by the environment of the child, which only its owner sees."""
    known = connection.settings_dict
    options = {name: value for name, value in known["OPTIONS"].items() if isinstance(value, str | int)}
    where = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    query = urlencode({name: value for name, value in {**where, **options}.items() if value}, quote_via=quote)
    return f"postgresql:///{quote(database)}?{query}"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    for left in Path(settings.DATA_DIR).glob(f"{SCRATCH}*"):
        shutil.rmtree(left)
    folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=settings.DATA_DIR))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def scratch_database() -> Iterator[str]:
    """A database beside ours, on the same server: a role of the bundled one may make it, another needs CREATEDB."""
    ours = SCRATCH + hashlib.sha256(connection.settings_dict["NAME"].encode()).hexdigest()[:12]
    name = f"{ours}_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{ours}_"])
        for (left,) in cursor.fetchall():
            drop(left)
        try:
            cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE template0")
        except ProgrammingError as refused:
            if isinstance(refused.__cause__, psycopg.errors.InsufficientPrivilege):
                raise RestoreRefused(
                    "本服务的数据库账号不能新建演练用的数据库；请授予 CREATEDB（ALTER ROLE … CREATEDB），"
                    "或在另一台服务器上用 restore 演练"
                ) from refused
            raise
    try:
        yield name
    finally:
        drop(name)


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")
