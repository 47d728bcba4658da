"""The bundled servers: closed to others, durable, shared by one checkout and recovered after a kill."""

import fcntl
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from casetrack.embedded import Bundled, ServersRefused, account, postgres_server, processes, programs, redis_server
from casetrack.embedded.place import CHECKOUT, place_of
from tests.clusters import open_to_servers
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("servers of its own")  # one process starts them, once

LONGEST_SOCKET = 107


def servers_of(data_dir: Path) -> Bundled:
    lib = data_dir.parent / "lib"
    return Bundled(place=place_of(data_dir, system_folder=lib), postgres=True, redis=True, system_folder=lib)


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    with open_to_servers() as folder:
        yield folder


@pytest.fixture(scope="module")
def running(ground: Path) -> Iterator[Bundled]:
    bundled = servers_of(ground / "var")
    bundled.ensure()
    yield bundled
    bundled.stop()


def ask(bundled: Bundled, query: str, **login: str) -> list[object]:
    """The first column of what the database answers; nothing where the query only does something."""
    login = {"user": "casetrack", "dbname": "casetrack", "passfile": str(bundled.place.passfile), **login}
    with psycopg.connect(host=str(bundled.place.run), autocommit=True, **login) as connection:  # type: ignore[arg-type]
        cursor = connection.execute(query.encode())
        return [row[0] for row in cursor] if cursor.description else []


def postmaster(bundled: Bundled) -> int:
    return int((bundled.place.cluster / "postmaster.pid").read_text().split("\n")[0])


def queues(bundled: Bundled) -> Redis:
    return Redis(unix_socket_path=str(bundled.place.redis_socket), decode_responses=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_asking_again_starts_nothing_new(running: Bundled) -> None:
    before = postmaster(running)

    running.ensure()

    assert postmaster(running) == before
    assert running.status() == {"PostgreSQL": True, "Redis": True}


def test_many_who_ask_at_once_start_one_server(running: Bundled) -> None:
    running.stop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: running.ensure(), range(4)))

    logged_in = [pid for pid in processes.working_in(running.place.cluster) if pid == postmaster(running)]
    assert len(logged_in) == 1
    assert len(processes.working_in(running.place.queues)) == 1


def test_nothing_listens_on_the_network_and_commits_reach_the_disk(running: Bundled) -> None:
    settings = ask(running, "SELECT setting FROM pg_settings WHERE name IN ('fsync', 'listen_addresses') ORDER BY name")

    assert settings == ["on", ""]
    assert queues(running).config_get("port") == {"port": "0"}


def test_redis_writes_nothing_down(running: Bundled) -> None:
    assert queues(running).config_get("save") == {"save": ""}
    assert queues(running).config_get("appendonly") == {"appendonly": "no"}


@pytest.mark.parametrize("user", ["casetrack", "postgres"])
def test_a_wrong_password_is_refused_and_so_is_none(running: Bundled, user: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(running, "SELECT 1", user=user, password="guess")
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        ask(running, "SELECT 1", user=user, passfile="/dev/null")


def test_every_way_in_asks_for_the_password(running: Bundled) -> None:
    methods = ask(running, "SELECT auth_method FROM pg_hba_file_rules", user="postgres", dbname="postgres")

    assert methods == ["scram-sha-256"]


def test_the_application_is_not_the_superuser(running: Bundled) -> None:
    assert ask(running, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [False]


def test_nobody_else_can_enter_the_folders(running: Bundled) -> None:
    place = running.place

    assert [mode(folder) for folder in (place.run, place.cluster, place.queues)] == [0o700] * 3
    assert not mode(place.home) & stat.S_IRWXO
    assert mode(place.passfile) == 0o600
    assert not mode(place.data_dir) & 0o077


def test_the_folders_above_stay_as_they_were(running: Bundled, ground: Path) -> None:
    assert mode(ground) == 0o711


def test_killed_servers_come_back_with_what_was_committed(running: Bundled) -> None:
    ask(running, "CREATE TABLE kept AS SELECT 1 AS one")
    for folder in (running.place.cluster, running.place.queues):
        for pid in processes.working_in(folder):
            processes.send(pid, signal.SIGKILL)  # to those that have not gone with their server
        assert processes.end(folder, 2**22 + 1, gently=signal.SIGTERM, patience=5)
    assert (running.place.cluster / "postmaster.pid").exists()
    assert running.place.redis_socket.exists()

    running.ensure()

    assert ask(running, "SELECT one FROM kept") == [1]


def test_a_lock_file_that_names_another_program_does_not_stop_the_start(running: Bundled) -> None:
    running.stop()
    (running.place.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{running.place.cluster}\n1\n")

    running.ensure()

    assert postmaster(running) != os.getpid()


def test_a_socket_that_was_deleted_is_made_again(running: Bundled) -> None:
    running.place.postgres_socket.unlink()
    running.place.redis_socket.unlink()

    running.ensure()

    assert running.status() == {"PostgreSQL": True, "Redis": True}


def test_who_starts_while_the_server_is_being_stopped_waits_for_its_end_and_starts_it_again(running: Bundled) -> None:
    place, ending = running.place, postmaster(running)
    log, begun = place.logs / "postgres.log", (place.logs / "postgres.log").stat().st_size
    login = f"host={place.run} user=casetrack dbname=casetrack passfile={place.passfile}"
    with psycopg.connect(login) as session:
        os.kill(session.info.backend_pid, signal.SIGSTOP)  # the shutdown waits for it, as for a busy one
        os.kill(ending, signal.SIGINT)

        with ThreadPoolExecutor(1) as pool:
            started = pool.submit(running.ensure)
            until(lambda: log.read_bytes()[begun:].count(b"the database system is shutting down") >= 5)  # it has asked
            os.kill(session.info.backend_pid, signal.SIGCONT)
            started.result(timeout=60)

    assert running.status() == {"PostgreSQL": True, "Redis": True}
    assert postmaster(running) != ending


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_queue_that_somebody_ends_before_it_answers_is_started_again(
    running: Bundled, ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_server, "GONE", 0.2)
    found, once = (
        programs.for_account(account.current(), system_folder=running.system_folder),
        running.place.queues / "o",
    )
    ends_once = program(ground / "queue", f'[ -e {once} ] || {{ : > {once}; exit 1; }}\nexec {found.redis_server} "$@"')

    redis_server.start(running.place, account.current(), replace(found, redis_server=ends_once))

    assert once.exists()
    assert redis_server.answers(running.place)


def test_a_server_that_cannot_run_is_tried_some_times_and_its_log_is_shown(
    running: Bundled, ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_server, "GONE", 0.2)
    running.stop()
    program(ground / "postgres", "echo no space left on device >&2; exit 1")
    found = programs.for_account(account.current(), system_folder=running.system_folder)

    with pytest.raises(ServersRefused, match="已启动3次") as refused:
        postgres_server.start(running.place, account.current(), replace(found, postgres_bin=ground))

    assert str(refused.value).endswith("no space left on device\n" * 2 + "no space left on device")
    running.ensure()


def test_who_waits_too_long_for_another_to_start_them_is_told_whom_to_end(
    running: Bundled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casetrack.embedded.LOCK_PATIENCE", 0.1)
    running.stop()
    with running.place.lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        with pytest.raises(ServersRefused, match="另一个进程正在启动或停止内置服务器"):
            running.ensure()

    running.ensure()


def test_servers_hold_nothing_of_who_started_them(running: Bundled) -> None:
    running.stop()
    program = (
        "from pathlib import Path; from tests.test_embedded import servers_of; "
        f"servers_of(Path({str(running.place.data_dir)!r})).ensure(); print('ready')"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=CHECKOUT, timeout=30)

    assert done.stdout == "ready\n", done.stderr
    assert running.status() == {"PostgreSQL": True, "Redis": True}


def test_two_checkouts_do_not_meet(running: Bundled, ground: Path) -> None:
    other = servers_of(ground / "other")
    queues(running).set("mine", "1")
    try:
        other.ensure()

        assert other.place.run != running.place.run
        assert ask(other, "SELECT to_regclass('kept')") == [None]
        assert queues(other).get("mine") is None
    finally:
        other.remove()
    assert other.status() == {"PostgreSQL": False, "Redis": False}
    assert not other.place.home.exists()


@pytest.mark.parametrize("uid", [0, 1000])
def test_sockets_stay_below_the_systems_limit_however_deep_the_folder(uid: int) -> None:
    deep = Path("/home/someone") / ("a-long-name/" * 30)

    place = place_of(deep, uid=uid)

    assert len(os.fsencode(place.postgres_socket)) < LONGEST_SOCKET
    assert place.run != place_of(deep / "beside", uid=uid).run
