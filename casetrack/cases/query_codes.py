"""The public's one question: how does my case stand? Asked with the code of the slip, answered with state and dates."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casetrack.accounts.auditing import record
from casetrack.accounts.fields import blind_index, blind_indexes
from casetrack.accounts.models import Action, User
from casetrack.cases.auditing import about
from casetrack.cases.holding import locked
from casetrack.cases.models import Case, Milestone, QueryCode
from casetrack.kinds.refusals import Refused

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like another: no 0 and O, no 1, I and L
LENGTH, GROUP = 12, 4
ACCEPTED = "accepted"


class QueryCodeRefused(Refused):
    """No code is given out for this case."""

    code = "query_code_refused"


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """All that whoever has the code is told: no name, no number, no matter, no office."""

    state: str
    received_on: date
    accepted_on: date | None
    due_on: date | None
    closed_on: date | None


@transaction.atomic
def issue_query_code(*, case_id: int, actor: User | None, now: datetime) -> QueryCode:
    """The code of a case: the one it has, or one made now."""
    case = locked(case_id)
    refuse_restricted(case)
    return QueryCode.objects.filter(case=case).first() or written(QueryCode(case=case), actor, now)


@transaction.atomic
def replace_query_code(*, case_id: int, actor: User | None, now: datetime) -> QueryCode:
    """A new code where the slip was lost or seen by others; the old one tells nothing any more."""
    case = locked(case_id)
    refuse_restricted(case)
    return written(QueryCode.objects.filter(case=case).first() or QueryCode(case=case), actor, now)


def refuse_restricted(case: Case) -> None:
    if case.restricted:
        raise QueryCodeRefused(f"案件{case.number}限制知悉，不能凭查询码公开查询；请由承办人当面或书面答复")


def written(row: QueryCode, actor: User | None, now: datetime) -> QueryCode:
    row.code = new_code()
    row.code_index = blind_index(row.code)
    row.issued_at, row.issued_by = now, actor
    row.save()
    record(action=Action.CREATE, actor=actor, now=now, about=about(row.case), details={"query_code": row.pk})
    return row


def new_code() -> str:
    """59 random bits, as XXXX-XXXX-XXXX."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(drawn[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def status_by_code(code: str) -> CaseStatus | None:
    """How the case of a code stands; None for every code that tells nothing, whyever it does not."""
    found = QueryCode.objects.filter(code_index__in=blind_indexes(code), case__restricted=False)
    row = found.select_related("case").defer("code", "case__private", "case__search_text").first()
    if row is None or not row.case.state or row.case.received_on is None:
        return None
    case = row.case
    accepted = Milestone.objects.filter(case=case, name=ACCEPTED).order_by("happened_on").first()
    return CaseStatus(
        state=case.declared.state_named[case.state].label,
        received_on=row.case.received_on,
        accepted_on=accepted.happened_on if accepted else None,
        due_on=case.due_on,
        closed_on=case.closed_on,
    )
