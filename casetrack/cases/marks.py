"""A mark in the log of events: a key up to which every event is in, none of them still on its way.

Keys are given before a transaction ends, so the last one seen says nothing of those before it. Whoever adds events
holds a lock that all of them share (a trigger on the table takes it, and whoever reserves keys does so first); whoever
wants a mark notes the last key given and waits for those at work just then. Nobody who adds events waits for anyone.

Values that bodies report have such marks too: few add any, and whoever does holds the table until the end.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from casetrack.cases.copying import ENTERING
from casetrack.kinds.refusals import Refused

PATIENCE = 10.0
STEP = 0.02
LAST_KEY = "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM cases_caseevent_id_seq"
AT_WORK = (
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory' AND granted AND mode = 'ShareLock'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND classid = 0 AND objid = %s AND objsubid = 1 AND pid <> pg_backend_pid()"
)
LAST_VALUE = (
    "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM organizations_reportedversion_id_seq"
)
REPORTING = (
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND granted AND mode = 'RowExclusiveLock'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND relation = 'organizations_reportedversion'::regclass AND pid <> pg_backend_pid()"
)
DIVIDED = (
    "SELECT EXISTS (SELECT FROM cases_caseevent later JOIN cases_caseevent earlier ON earlier.case_id = later.case_id"
    " AND earlier.recorded_at = later.recorded_at AND earlier.id <= %s WHERE later.id > %s)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to which event, and up to which value that a body reported, everything is in."""

    event: int
    value: int


class EntriesUnderWay(Refused):
    """Someone is adding so many events that the others can't be waited for."""

    code = "entries_under_way"


def settled(*, patience: float = PATIENCE) -> Mark:
    """Call outside a transaction, and read after it: what is there beyond the mark came meanwhile."""
    return Mark(settled_mark(patience=patience), settled_value(patience=patience))


def settled_mark(*, patience: float = PATIENCE) -> int:
    """The last key given to an event, once all events up to it are in."""
    until = time.monotonic() + patience
    while True:
        mark = last_key()
        wait_for(at_work, until, "正在导入或批量登记，请待其完成后再结账")
        if not divides(mark) or time.monotonic() > until:
            return mark


def settled_value(*, patience: float = PATIENCE) -> int:
    """The last key given to a value that a body reported, once all values up to it are in."""
    mark = number(LAST_VALUE)
    wait_for(reporting, time.monotonic() + patience, "正在登记报送数字，请待其完成后再结账")
    return mark


def wait_for(those: Callable[[], set[str]], until: float, said: str) -> None:
    """Until the transactions that are at work now have ended."""
    before = those()
    while before & those():
        if time.monotonic() > until:
            raise EntriesUnderWay(said)
        time.sleep(STEP)


def last_key() -> int:
    return number(LAST_KEY)


def at_work() -> set[str]:
    """The transactions that are adding events."""
    return transactions(AT_WORK, [ENTERING])


def reporting() -> set[str]:
    """The transactions that are adding values of bodies."""
    return transactions(REPORTING, [])


def number(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def transactions(query: str, asked: list[int]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        return {transaction for (transaction,) in cursor.fetchall()}


def divides(mark: int) -> bool:
    """Whether a case has events of one call on both sides: its state between them never was."""
    with connection.cursor() as cursor:
        cursor.execute(DIVIDED, [mark, mark])
        return bool(cursor.fetchone()[0])
