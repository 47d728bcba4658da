"""The chain of a case's events: each holds the digest of the one before, so that a changed past is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from casetrack.cases.models import CaseEvent

NOTHING_ERASED: Mapping[int, str] = {}


def digest_of(event: CaseEvent) -> str:
    """SHA-256 over what the event says and the digest of the event before it."""
    return digest(said_by(event))


def said_by(event: CaseEvent) -> dict[str, object]:
    return {
        "case": event.case_id,
        "sequence": event.sequence,
        "step": event.step,
        "occurred_on": event.occurred_on.isoformat(),
        "recorded_at": event.recorded_at.timestamp(),
        "actor": event.actor_id,
        "facts": event.facts,
        "replaces": event.replaces_id,
        "retracts": event.retracts,
        "reason": event.reason,
        "batch": event.batch_id,
        "previous": event.previous_hash,
    }


def digest(said: Mapping[str, object]) -> str:
    return digest_of_text(canonical(said))


def canonical(said: Mapping[str, object]) -> str:
    """The one way to write what an event says."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def digest_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def link(events: Iterable[CaseEvent], *, head: str) -> str:
    """Chain new events of one case, in order, behind `head`; the new head."""
    for event in events:
        event.previous_hash = head
        event.hash = head = digest_of(event)
    return head


def first_break(events: Iterable[CaseEvent], left: Mapping[int, str] = NOTHING_ERASED) -> CaseEvent | None:
    """The first of a case's events, all of them in order, whose digest or link is wrong; None for a whole chain.

    `left` holds, for the events whose words were erased, the digest of what is left of them: what they said is gone,
    so that is what they are held against, and the digest that they were given stays a link of the chain.
    """
    head = ""
    for sequence, event in enumerate(events, start=1):
        said = left.get(event.pk, event.hash)
        if event.previous_hash != head or event.sequence != sequence or said != digest_of(event):
            return event
        head = event.hash
    return None
