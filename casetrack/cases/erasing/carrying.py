"""An erasure from the wish to the deed: asked for by one person, carried out or declined by another."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases.auditing import about
from casetrack.cases.erasing.beside import forget_beside
from casetrack.cases.erasing.grounds import ErasureRefused, checked_reason, refuse_unlawful
from casetrack.cases.erasing.wiping import wipe_case, wipe_party
from casetrack.cases.erasing.words import erase_words
from casetrack.cases.models import Case, Erasure, Party
from casetrack.kinds.retention import Retentions

State = Erasure.State


@transaction.atomic
def ask(
    *,
    case_id: int,
    party_id: int | None,
    ground: str,
    reason: str,
    actor: User,
    now: datetime,
    retentions: Retentions,
) -> Erasure:
    """Put down that personal data of a case, or of one of its parties, should go. Nothing goes yet."""
    case = held(case_id)
    party = party_of(case, party_id)
    refuse_unlawful(case=case, party=party, ground=ground, today=localdate(now), retentions=retentions)
    words = checked_reason(reason, case)
    try:
        with transaction.atomic():
            wish = Erasure.objects.create(
                case=case, party=party, ground=ground, reason=words, asked_by=actor, asked_at=now
            )
    except IntegrityError as clash:
        raise ErasureRefused("已有人提出同样的删除，请等待另一人核准，或先撤回") from clash
    said(wish, actor, now, Action.ERASURE, {"state": wish.state})
    return wish


@transaction.atomic
def end(*, erasure_id: int, actor: User, now: datetime) -> Erasure:
    """Nothing goes: the wish is withdrawn by whoever asked, or declined by another."""
    wish = waiting(erasure_id)
    wish.state = State.WITHDRAWN if wish.asked_by_id == actor.pk else State.DECLINED
    wish.ended_by, wish.ended_at = actor, now
    wish.save(update_fields=["state", "ended_by", "ended_at"])
    said(wish, actor, now, Action.ERASURE, {"state": wish.state})
    return wish


@transaction.atomic
def carry_out(*, erasure_id: int, actor: User, now: datetime, retentions: Retentions) -> Erasure:
    """Erase what was asked for, for good. By another person than asked, and only if the ground still holds.

    The log says how many of which things went, and the digest over what is left of the events, never what they said.
    """
    wish = waiting(erasure_id)
    if wish.asked_by_id == actor.pk:
        raise ErasureRefused("依法删除须由两人办理：提出的人不能自己核准，请另一名主管或管理员核准")
    case, today = wish.case, localdate(now)
    party = party_of(case, wish.party_id)
    refuse_unlawful(case=case, party=party, ground=wish.ground, today=today, retentions=retentions)
    return done(wish, party, actor, now, {})


def done(wish: Erasure, party: Party | None, actor: User, now: datetime, more: Mapping[str, object]) -> Erasure:
    """The deed: the case is held, and nothing stands in the way."""
    case, gone = wish.case, {wish.case.number}
    counts = wipe_party(party, gone) if party else wipe_case(case, actor=actor, now=now, gone=gone)
    events, left = (0, "") if party else erase_words(wish)
    counts = {**counts, "events": events, **forget_beside(case, gone)}
    wish.state, wish.ended_by, wish.ended_at, wish.counts = State.DONE, actor, now, counts
    wish.save(update_fields=["state", "ended_by", "ended_at", "counts"])
    said(wish, actor, now, Action.ERASED, {"counts": counts, "left": left, **more})
    return wish


def said(wish: Erasure, actor: User, now: datetime, action: Action, more: Mapping[str, object]) -> None:
    details = {"erasure": wish.pk, "ground": wish.ground, "party": wish.party_id, **more}
    record(action=action, actor=actor, now=now, about=about(wish.case), details=details)


def held(case_id: int) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("organization").get(pk=case_id)


def party_of(case: Case, party_id: int | None) -> Party | None:
    if party_id is None:
        return None
    party = case.parties.filter(pk=party_id).first()
    if party is None:
        raise ErasureRefused("这名当事人不在本案中，请刷新后重新选择")
    return party


def waiting(erasure_id: int) -> Erasure:
    """The wish with its case held: nobody enters anything, or ends the wish, meanwhile."""
    case = held(Erasure.objects.values_list("case_id", flat=True).get(pk=erasure_id))
    wish = Erasure.objects.get(pk=erasure_id)
    wish.case = case
    if wish.state != State.ASKED:
        raise ErasureRefused(f"这一申请已经办结（{wish.get_state_display()}），不能再办理")
    return wish
