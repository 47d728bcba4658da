"""A mark in the log of events: a key up to which every event is in, none of them still on its way.

Keys are given before a transaction ends, so the last one seen says nothing of those before it. Whoever adds events
holds a lock that all of them share (a trigger on the table takes it, and whoever reserves keys does so first); whoever
wants a mark notes the last key given and waits for those at work just then. Nobody who adds events waits for anyone.
"""

import time

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
DIVIDED = (
    "SELECT EXISTS (SELECT FROM cases_caseevent later JOIN cases_caseevent earlier ON earlier.case_id = later.case_id"
    " AND earlier.recorded_at = later.recorded_at AND earlier.id <= %s WHERE later.id > %s)"
)


class EntriesUnderWay(Refused):
    """Someone is adding so many events that the others can't be waited for."""

    code = "entries_under_way"


def settled_mark(*, patience: float = PATIENCE) -> int:
    """The last key given, once all events up to it are in. Call outside a transaction, and read after it."""
    until = time.monotonic() + patience
    while True:
        mark = last_key()
        before = at_work()
        while before & at_work():
            if time.monotonic() > until:
                raise EntriesUnderWay("正在导入或批量登记，请待其完成后再结账")
            time.sleep(STEP)
        if not divides(mark) or time.monotonic() > until:
            return mark


def last_key() -> int:
    with connection.cursor() as cursor:
        cursor.execute(LAST_KEY)
        return int(cursor.fetchone()[0])


def at_work() -> set[str]:
    """The transactions that are adding events."""
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK, [ENTERING])
        return {transaction for (transaction,) in cursor.fetchall()}


def divides(mark: int) -> bool:
    """Whether a case has events of one call on both sides: its state between them never was."""
    with connection.cursor() as cursor:
        cursor.execute(DIVIDED, [mark, mark])
        return bool(cursor.fetchone()[0])
