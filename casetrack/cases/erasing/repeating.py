"""What was erased once and came back with a backup, erased again: on the decision of the two who made it."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.models import User
from casetrack.cases.erasing.carrying import State, done, held
from casetrack.cases.erasing.grounds import ErasureRefused, refuse_unlawful
from casetrack.cases.erasing.kept import Kept
from casetrack.cases.models import Case, Erasure, Party
from casetrack.kinds.retention import Retentions
from casetrack.lib.masking import ERASED


class Became(StrEnum):
    """What became of one."""

    AGAIN = "again"
    BEFORE = "before"  # erased already
    ABSENT = "absent"  # entered after the backup: there is nothing to erase


@transaction.atomic
def repeat(*, kept: Kept, now: datetime, retentions: Retentions) -> Became:
    """Erase once more what the record still has of it. Raises ErasureRefused while the law has it kept.

    The log names who carried it out then, and when.
    """
    if not Case.objects.filter(pk=kept.case, events__sequence=1, events__hash=kept.opening).exists():
        return Became.ABSENT
    case = held(kept.case)
    party = case.parties.filter(pk=kept.party).first() if kept.party else None
    if kept.party and party is None:
        return Became.ABSENT
    if case.erased_at or (party and party.name == ERASED):
        return Became.BEFORE
    refuse_unlawful(case=case, party=party, ground=kept.ground, today=localdate(now), retentions=retentions)
    done(wish_of(kept, case, party), party, account(kept.ended_by), now, {"again": kept.ended_at.isoformat()})
    return Became.AGAIN


def wish_of(kept: Kept, case: Case, party: Party | None) -> Erasure:
    """The wish, which may have been waiting when the backup was made."""
    asked_by = account(kept.asked_by)
    standing = Erasure.objects.waiting().filter(case=case, party=party, asked_at=kept.asked_at, asked_by=asked_by)
    wish = standing.first() or Erasure.objects.create(
        case=case,
        party=party,
        ground=kept.ground,
        reason=kept.reason,
        asked_by=asked_by,
        asked_at=kept.asked_at,
        state=State.DONE,
        ended_by=account(kept.ended_by),
        ended_at=kept.ended_at,
    )
    wish.case = case
    return wish


def account(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise ErasureRefused(f"办理删除的账号“{username}”不在库中（备份之后才开立），请先重新开立这一账号")
    return found
