"""A change of the law or of a calendar, applied: an event on each case whose dates it moves, and new receipts.

Each chunk is a transaction that holds its cases, and does to those that are as they were looked at what the rows tell.
One that was killed leaves what it had not done, and nothing else; applying again goes on from there.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from casetrack.accounts.models import User
from casetrack.cases.recounting import table
from casetrack.cases.recounting.events import log_recounts
from casetrack.cases.recounting.groups import groups, redated
from casetrack.cases.recounting.impact import chunks, to_fold_anyway
from casetrack.cases.recounting.reports import Applied
from casetrack.cases.recounting.singly import recount_singly
from casetrack.cases.recounting.table import Affected
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import NATION


class ReasonMissing(Refused):
    """Nobody said why the dates are counted anew."""

    code = "reason_missing"


@dataclass(frozen=True, slots=True)
class Order:
    """What the events of one recounting say."""

    reason: str
    actor: User | None
    now: datetime


def apply(
    *,
    reason: str,
    actor: User | None,
    now: datetime,
    region: str = NATION,
    thorough: bool = False,
    workers: int = 1,
) -> Applied:
    """Bring every case to the dates that law and calendars now give. Done twice, the second time does nothing."""
    if not reason.strip():
        raise ReasonMissing("重新计算期限须说明理由，如所依据的修订或者放假安排通知")
    order = Order(reason, actor, now)
    rows = table.rows(redated(groups(region)), receipts=True)
    table.fill(rows)
    anyway = to_fold_anyway(region, thorough=thorough)
    pieces = list(chunks(table.affected(region)))
    applied = in_turn(pieces, order) if min(workers, len(pieces)) < 2 else side_by_side(pieces, order, rows, workers)
    for case in sorted(applied.left | anyway):
        recount_singly(case, applied, reason=reason, actor=actor, now=now)
    return applied


def in_turn(pieces: Sequence[Sequence[Affected]], order: Order, *, stop: threading.Event | None = None) -> Applied:
    applied = Applied()
    for piece in pieces:
        if stop and stop.is_set():
            break
        applied.add(apply_to(piece, order))
    return applied


def side_by_side(
    pieces: Sequence[Sequence[Affected]], order: Order, rows: Sequence[table.Row], workers: int
) -> Applied:
    """On several connections: while the database writes one chunk, the events of the next are made."""
    stop = threading.Event()

    def work(number: int) -> Applied:
        try:
            table.fill(rows)
            return in_turn(pieces[number::workers], order, stop=stop)
        except BaseException:
            stop.set()
            raise
        finally:
            connection.close()

    applied = Applied()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for done in pool.map(work, range(workers)):
                applied.add(done)
        finally:
            stop.set()  # when this one is interrupted, the others end with the chunk they are at
    return applied


@transaction.atomic
def apply_to(cases: Sequence[Affected], order: Order) -> Applied:
    """Count the cases of a chunk anew; those left for folding need it, were changed since, or are being changed now."""
    held = table.hold([item.case for item in cases if not item.needs_fold])
    plain = [item for item in cases if item.case in held and held[item.case].version == item.version]
    moved = [item for item in plain if item.moves]
    places = {item.case: held[item.case] for item in moved}
    heads = log_recounts(places, reason=order.reason, actor=order.actor, now=order.now)
    clocks = table.set_dates([item.case for item in plain])
    table.set_cases(heads, [item.due_on for item in moved])
    table.set_lights([item.case for item in plain if not item.moves])
    return Applied(len(moved), clocks, {item.case for item in cases} - {item.case for item in plain})
