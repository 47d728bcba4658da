"""The event that says that the dates of a case were counted anew, and why; of many cases at once by COPY."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.chain import digest, said_by
from casetrack.cases.copying import NULL, dump_text
from casetrack.cases.models import CaseEvent
from casetrack.cases.recounting.table import Held
from casetrack.kinds.lifecycle import RECOUNT

COLUMNS = "step, occurred_on, recorded_at, actor_id, reason, facts, retracts, case_id, sequence, previous_hash, hash"


def recount(*, reason: str, actor: User | None, now: datetime) -> CaseEvent:
    """What the events of one recounting have in common; each has its case and its place there."""
    return CaseEvent(step=RECOUNT, occurred_on=localdate(now), recorded_at=now, actor=actor, reason=reason)


def log_recounts(held: Mapping[int, Held], *, reason: str, actor: User | None, now: datetime) -> dict[int, str]:
    """The next event of each case; the new head of its chain. Rows of the model would take three times as long."""
    event = recount(reason=reason, actor=actor, now=now)
    said, heads, lines = said_by(event), {}, []
    by = NULL if actor is None else str(actor.pk)
    alike = f"{RECOUNT}\t{event.occurred_on}\t{now.isoformat()}\t{by}\t{dump_text(reason)}\t{{}}\tf"
    for case, (version, head) in held.items():
        said["case"], said["sequence"], said["previous"] = case, version + 1, head
        heads[case] = digest(said)
        lines.append(f"{alike}\t{case}\t{version + 1}\t{head}\t{heads[case]}\n")
    with connection.cursor() as cursor, cursor.copy(f"COPY cases_caseevent ({COLUMNS}) FROM STDIN") as copy:
        copy.write("".join(lines))
    return heads
