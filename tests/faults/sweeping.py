"""Killing a process before its n-th statement, whichever that is: what no named point covers."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection

from tests.faults.held import Worker
from tests.waiting import PATIENCE, until

NAME = "killed"
LEFT = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"


def done_until(number: int, work: Callable[[], object]) -> None:
    """What the process does: its work, and before so many statements are through it is no more."""
    connection.settings_dict["OPTIONS"]["application_name"] = NAME
    left = number

    def count(execute: Callable[..., Any], *about: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*about)

    with connection.execute_wrapper(count):
        work()


def killed_before(number: int, work: Callable[[], object]) -> bool:
    """Whether it was killed; else it had fewer statements than that, and has ended well."""
    worker = Worker(lambda: done_until(number, work))
    worker.process.join(PATIENCE)
    until(lambda: not sessions())
    assert worker.process.exitcode in {0, -signal.SIGKILL}
    return worker.process.exitcode != 0


def sessions() -> int:
    """Those of killed processes that the server still has."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [NAME])
        return int(cursor.fetchone()[0])
