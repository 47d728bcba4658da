"""A change of the law or of a calendar, applied: an event on each case whose dates it moves, and new receipts.

Each chunk is a transaction that holds its cases, asks again what is to be done, and does it. One that was killed leaves
what it had not done, and nothing else; applying again goes on from there.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.copying import copy_in
from casetrack.cases.models import Case
from casetrack.cases.recounting import table
from casetrack.cases.recounting.impact import chunks, laid_down, split, to_fold_anyway
from casetrack.cases.recounting.reports import Applied
from casetrack.cases.recounting.singly import recount_event, recount_singly
from casetrack.cases.recounting.table import Affected
from casetrack.kinds.refusals import Refused
from casetrack.organizations.divisions import NATION


class ReasonMissing(Refused):
    """Nobody said why the dates are counted anew."""

    code = "reason_missing"


def apply(*, reason: str, actor: User | None, now: datetime, region: str = NATION, thorough: bool = False) -> Applied:
    """Bring every case to the dates that law and calendars now give. Done twice, the second time does nothing."""
    if not reason.strip():
        raise ReasonMissing("重新计算期限须说明理由，如所依据的修订或者放假安排通知")
    laid_down(region)
    applied = Applied()
    single = to_fold_anyway(region, thorough=thorough)
    for chunk in chunks(table.affected(region)):
        single |= apply_to(chunk, applied, reason=reason, actor=actor, now=now)
    for case in sorted(single):
        recount_singly(case, applied, reason=reason, actor=actor, now=now)
    return applied


@transaction.atomic
def apply_to(cases: Sequence[int], applied: Applied, *, reason: str, actor: User | None, now: datetime) -> set[int]:
    """Count the cases of a chunk anew; those left for folding: they need it, or someone is changing them now."""
    held = {
        case.pk: case
        for case in Case.objects.filter(pk__in=cases)
        .select_for_update(skip_locked=True)
        .only("version", "head")
        .order_by("pk")
    }
    plain, left = split(table.looked_at(list(held)))
    applied.clocks += write(plain, held, reason=reason, actor=actor, now=now)
    applied.cases += sum(item.moves for item in plain)
    return left | (set(cases) - held.keys())


def write(
    plain: Sequence[Affected], held: Mapping[int, Case], *, reason: str, actor: User | None, now: datetime
) -> int:
    """Dates in the database's own hands; an event only where a day moves. How many clocks were written."""
    events = [recount_event(held[item.case], reason=reason, actor=actor, now=now) for item in plain if item.moves]
    copy_in(events)
    written = table.set_dates([item.case for item in plain])
    table.set_cases({event.case_id: event.hash for event in events})
    return written
