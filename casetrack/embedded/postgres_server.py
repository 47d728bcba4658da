"""The bundled PostgreSQL: a cluster with passwords, on its socket alone, durable."""

import os
import secrets
import shutil
import signal
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from casetrack.embedded import processes
from casetrack.embedded.account import Account
from casetrack.embedded.place import PORT, Place
from casetrack.embedded.programs import Programs
from casetrack.embedded.redis_server import tail
from casetrack.embedded.refusals import ServersRefused

PATIENCE = 90.0  # a database that was killed replays its log first
GONE = 3.0  # so long after none of its processes was seen it has ended, or did not begin
STARTS = 3  # one that somebody stops while we wait for it is started again; one that can't run is not tried for ever
VERSION = "18"
LEAST_SPACE = 300 * 1024 * 1024
ADMIN, OWNER, DATABASE = "postgres", "casetrack", "casetrack"
HBA = "local all all scram-sha-256\n"
CONFIG = """\
listen_addresses = ''
port = {port}
unix_socket_directories = '{run}'
unix_socket_permissions = 0700
hba_file = '{hba}'
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = 128MB
dynamic_shared_memory_type = {shared_memory}
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
jit = off
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
"""


def answers(place: Place) -> bool:
    """Whether the application can log in."""
    try:
        _connect(place, OWNER, DATABASE).close()
    except psycopg.Error:
        return False
    return True


def start(place: Place, account: Account, programs: Programs) -> None:
    """Start it, making the cluster the first time, and return when the application can log in."""
    made_by = place.cluster / "PG_VERSION"
    if not made_by.exists():
        stop(place)  # one whose folder was deleted under it
        _make_cluster(place, account, programs)
    elif made_by.read_text().strip() != VERSION:
        raise ServersRefused(
            f"{place.cluster} 由 PostgreSQL {made_by.read_text().strip()} 创建，当前内置版本为 {VERSION}。",
            f"{place.cluster} was made by another PostgreSQL than {VERSION}: restore a backup into a new data folder.",
        )
    _configure(place, account)
    log, began, launched = place.logs / "postgres.log", time.monotonic(), 0
    while True:
        if _postmaster(place) is None or not place.postgres_socket.exists():
            _launch(place, account, programs, log)
            launched += 1
        said = _wait(place, until=began + PATIENCE)
        if not said:
            return
        waited = time.monotonic() - began
        if launched == STARTS or waited > PATIENCE or "password" in said:
            raise _did_not_start(log, said, launched, waited)


def stop(place: Place) -> None:
    """A fast shutdown: sessions are ended and everything is on disk."""
    pid = _postmaster(place)
    if pid is not None:
        processes.end(place.cluster, pid, gently=signal.SIGINT, patience=60)
    for orphan in processes.working_in(place.cluster):  # of a postmaster that was killed
        processes.end(place.cluster, orphan, gently=signal.SIGTERM, patience=5)


def _connect(place: Place, user: str, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.run),
        port=PORT,
        user=user,
        dbname=database,
        passfile=str(place.passfile),
        connect_timeout=5,
        autocommit=True,
    )


def _postmaster(place: Place) -> int | None:
    """The number in the lock file, where it is still that of our server."""
    try:
        pid = int((place.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if pid in processes.working_in(place.cluster) else None


def _forget_stranger(place: Place) -> None:
    """Lock files whose number now belongs to another program, or to a zombie, would stop the start for ever."""
    if processes.working_in(place.cluster):
        return
    for lock in (place.cluster / "postmaster.pid", place.run / f"{place.postgres_socket.name}.lock"):
        try:
            os.kill(int(lock.read_text().split("\n", 1)[0]), 0)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            continue  # PostgreSQL sees that itself
        except PermissionError:
            pass  # a living process of another user
        lock.unlink()


def _launch(place: Place, account: Account, programs: Programs, log: Path) -> None:
    stop(place)
    _forget_stranger(place)
    config = f"config_file={place.home / 'postgresql.conf'}"
    account.run_detached([programs.postgres_bin / "postgres", "-D", place.cluster, "-c", config], log=log)


def _wait(place: Place, *, until: float) -> str:
    """Nothing once the application can log in, or the last refusal: of a server that has ended, or never lets us in."""
    seen = time.monotonic()
    while True:
        try:
            _make_database(place)
            return ""
        except psycopg.OperationalError as error:
            said = str(error).strip()
        if processes.working_in(place.cluster):
            seen = time.monotonic()
        if time.monotonic() > min(until, seen + GONE) or "password" in said:
            return said
        time.sleep(0.05)


def _did_not_start(log: Path, said: str, launched: int, waited: float) -> ServersRefused:
    tried = f"已启动{launched}次" if launched else "已有一个在运行或正在停止，未另行启动"
    return ServersRefused(
        f"内置 PostgreSQL 未能启动：{tried}，等候{waited:.0f}秒，仍无法连接。"
        f"请按下面的日志（{log} 的最后几行）排除原因，再运行一次。",
        f"The bundled PostgreSQL did not start ({launched} tries in {waited:.0f} s); see {log}",
        f"{said}\n{tail(log)}",
    )


def _make_cluster(place: Place, account: Account, programs: Programs) -> None:
    """initdb beside the final place, then one rename: a killed run leaves no half of a cluster."""
    free = shutil.disk_usage(place.home).free
    if free < LEAST_SPACE:
        raise ServersRefused(
            f"{place.home} 所在磁盘只剩 {free >> 20} MB，至少需要 {LEAST_SPACE >> 20} MB。",
            f"Only {free >> 20} MB are free where {place.home} is; the database needs {LEAST_SPACE >> 20} MB.",
        )
    passwords = {ADMIN: secrets.token_urlsafe(24), OWNER: secrets.token_urlsafe(24)}
    for left in place.home.glob(".postgres.*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(dir=place.home, prefix=".postgres."))  # an initdb whose caller was killed goes on
    os.chown(draft, account.uid, account.gid)
    with tempfile.NamedTemporaryFile("w", dir=place.home, prefix=".password.") as pwfile:
        os.fchown(pwfile.fileno(), account.uid, account.gid)
        pwfile.write(passwords[ADMIN] + "\n")
        pwfile.flush()
        done = account.run([programs.postgres_bin / "initdb", "-D", draft, f"--pwfile={pwfile.name}", *INITDB])
    if done.returncode:
        raise ServersRefused("内置 PostgreSQL 初始化失败。", "initdb failed.", (done.stdout + done.stderr).strip())
    lines = [f"*:*:*:{user}:{password}\n" for user, password in passwords.items()]
    write(place.passfile, "".join(lines), mode=0o600)
    draft.rename(place.cluster)


INITDB = (
    f"--username={ADMIN}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
)


def _configure(place: Place, account: Account) -> None:
    """The configuration is ours, not the cluster's: written anew at each start, and the server can't change it."""
    hba, run = place.home / "pg_hba.conf", str(place.run).replace('"', '""')
    config = CONFIG.format(
        port=PORT,
        run=f'"{run}"'.replace("'", "''"),
        hba=str(hba).replace("'", "''"),
        shared_memory="posix" if os.access("/dev/shm", os.W_OK) else "mmap",  # noqa: S108 - only asked for
    )
    for path, text in ((hba, HBA), (place.home / "postgresql.conf", config)):
        write(path, text, mode=0o640, gid=account.gid)


def _make_database(place: Place) -> None:
    """The application's own role, which may make databases (the tests do) and nothing more."""
    password = next(
        line.split(":")[4] for line in place.passfile.read_text().splitlines() if line.split(":")[3] == OWNER
    )
    with _connect(place, ADMIN, "postgres") as admin:
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
            admin.execute(role.format(sql.Identifier(OWNER), sql.Literal(password)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            database = sql.SQL("CREATE DATABASE {} OWNER {}")
            admin.execute(database.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def write(path: Path, text: str, *, mode: int, gid: int | None = None) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        if gid is not None:
            os.fchown(file.fileno(), -1, gid)
        os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
