"""Stopping a process at one point: the test holds a lock that it needs next, sees it wait, and does to it what it will.

No hook in the code says where; the locks that it takes anyway do.
"""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import psycopg
from django.db import connection, connections

from tests.waiting import PATIENCE, until
from workers.soaking.crowd import children_of

WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND %s::int = ANY(pg_blocking_pids(pid))"
THERE = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid = ANY(%s)"


class Hold:
    """A transaction of the test's own that stands in the way until it is let go."""

    def __init__(self, statement: str, parameters: Sequence[object]) -> None:
        self.session: psycopg.Connection[Any] = psycopg.connect(**own_parameters(), autocommit=False)
        self.session.execute(statement.encode(), parameters)
        self.pid = self.session.info.backend_pid

    def who_waits(self) -> list[int]:
        """The sessions that wait for it."""
        return waiting_for(self.pid)

    def let_go(self) -> None:
        self.session.close()


def own_parameters() -> dict[str, Any]:
    """How to reach the database of this test."""
    wanted = connection.get_connection_params()
    return {name: wanted[name] for name in ("dbname", "user", "host", "port", "passfile")}


def waiting_for(pid: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [pid])
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def held(statement: str, *parameters: object) -> Iterator[Hold]:
    hold = Hold(statement, parameters)
    try:
        yield hold
    finally:
        hold.let_go()


class Worker:
    """A process of its own that does one thing on a connection of its own."""

    def __init__(self, work: Callable[[], object]) -> None:
        connections.close_all()  # a fork must not share it
        self.process = get_context("fork").Process(target=work)
        self.process.start()

    def kill(self) -> None:
        os.kill(int(self.process.pid or 0), signal.SIGKILL)
        self.process.join(PATIENCE)

    def kill_with_children(self) -> None:
        """With those it has forked, as when the machine goes."""
        for child in children_of(int(self.process.pid or 0)):
            os.kill(child, signal.SIGKILL)
        self.kill()

    def ends_well(self) -> bool:
        self.process.join(PATIENCE)
        return self.process.exitcode == 0


@contextmanager
def stopped_at(hold: Hold, work: Callable[[], object]) -> Iterator[tuple[Worker, list[int]]]:
    """A worker that waits for what is held, and the numbers of its sessions that do; it does not outlive the block."""
    worker = Worker(work)
    until(hold.who_waits)
    try:
        yield worker, hold.who_waits()
    finally:
        if worker.process.is_alive():
            worker.kill()


def killed_at(statement: str, parameters: Sequence[object], work: Callable[[], object]) -> None:
    """Have a process begin something, kill it where it waits for a lock, and go on when nothing is left of it."""
    with held(statement, *parameters) as hold, stopped_at(hold, work) as (worker, sessions):
        worker.kill()
    until(lambda: not are_there(sessions))


def are_there(sessions: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(THERE, [sessions])
        return bool(cursor.fetchone()[0])
