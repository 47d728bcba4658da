"""A case held against what a ledger now says of it: what differs becomes correcting events, and nothing is erased."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.drafts import Checked, PartyDraft, StepDraft
from casetrack.cases.holding import locked
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Party
from casetrack.cases.operations import Entry, append, party_row
from casetrack.cases.parties import PERSONAL, set_details
from casetrack.cases.projection import effective
from casetrack.cases.searching import renamed, text_of
from casetrack.kinds.base import Fact


@transaction.atomic
def reconcile(
    *,
    case_id: int,
    checked: Checked,
    said: frozenset[str],
    reason: str,
    actor: User | None,
    now: datetime,
    batch: ImportBatch,
) -> Case:
    """Bring a case to what a ledger row says. `said` are the columns of the ledger: it is silent about all else.

    Raises Refused where the row contradicts steps that people have logged since.
    """
    case = locked(case_id)
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
    entries = corrections(events, checked.steps, said, reason)
    unsaid: dict[str, Fact] = {name: value for name, value in case.private.items() if name not in said}
    case.private = {**unsaid, **checked.private}
    case.ledger_digest = checked.draft.ledger_digest
    set_parties(case, checked.draft.parties, said)
    if entries:
        append(case, entries, actor=actor, now=now, batch=batch)
    else:
        Case.objects.filter(pk=case.pk).update(
            private=case.private, ledger_digest=case.ledger_digest, search_text=text_of(case)
        )
    return case


def corrections(
    events: Sequence[CaseEvent], wanted: Sequence[StepDraft], said: frozenset[str], reason: str
) -> list[Entry]:
    """What must be logged so that the standing events say what is wanted; what people logged besides stays."""
    left = [event for event, _ in sorted(effective(events), key=lambda pair: (pair[0].occurred_on, pair[1]))]
    entries = []
    for step in wanted:
        known = counterpart(left, step)
        if known is None:
            entries.append(Entry(step))
            continue
        left.remove(known)
        facts = {**{name: value for name, value in known.facts.items() if name not in said}, **step.facts}
        if (known.occurred_on, known.facts) != (step.on, facts):
            entries.append(Entry(StepDraft(step.step, step.on, facts), known, reason=reason))
    for event in left:
        if event.batch_id:
            entries.append(Entry(StepDraft(event.step, event.occurred_on), event, retracts=True, reason=reason))
    return entries


def counterpart(events: Sequence[CaseEvent], step: StepDraft) -> CaseEvent | None:
    """The event that a ledger's step is about: the one of its day, else one that a ledger gave, else any."""
    same = [event for event in events if event.step == step.step]
    return next(
        (event for event in same if event.occurred_on == step.on),
        next((event for event in same if event.batch_id), next(iter(same), None)),
    )


def set_parties(case: Case, wanted: Sequence[PartyDraft], said: frozenset[str]) -> None:
    """Personal data have no history: they are set to what the ledger says, and a detail it has no column for stays."""
    drafts = {party.role: party for party in wanted}
    known: dict[str, Party] = {}
    for party in Party.objects.filter(case=case).order_by("pk"):
        known.setdefault(party.role, party)
    for role in sorted({name.partition(".")[0] for name in said if "." in name}):
        draft = drafts.get(role, PartyDraft(role))
        if role not in known:
            if role in drafts:
                party_row(case, draft).save()
            continue
        details = asdict(draft)
        differing = {
            name: details[name]
            for name in PERSONAL
            if f"{role}.{name}" in said and getattr(known[role], name) != details[name]
        }
        if differing:
            set_details(known[role], differing)
    case.search_text = renamed(case)
