"""The words in a case's events, taken out where the log itself refuses change; and how that is verified ever after.

Personal facts never stood in an event. Reasons of corrections and free texts do, and people write names into them.
They are replaced by one mark, which the trigger on the table lets through for a case that is being erased, and nothing
else. The event keeps its digest, to which the next one and the anchors hold on; what is left is digested anew.
"""

import hashlib
from collections.abc import Iterable, Iterator

from django.db import connection

from casetrack.accounts.models import Action, AuditEntry
from casetrack.cases.chain import digest_of
from casetrack.cases.copying import copy_in
from casetrack.cases.models import CaseEvent, ErasedEvent, Erasure
from casetrack.cases.operations import organizations_in
from casetrack.cases.projection import counted, fold_case, milestones_of, project
from casetrack.kinds.base import FieldType, Kind
from casetrack.lib.masking import ERASED

ERASING = "casetrack.erasing"  # for this transaction: the case whose words the trigger lets go


class FiguresMoved(Exception):
    """Without its words a case would count otherwise: then nothing is erased, and the kind is declared wrongly."""


def erase_words(wish: Erasure) -> tuple[int, str]:
    """Take the words out of all events of a case and fold it anew: how many, and the digest over what is left."""
    case = wish.case
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
    before = sorted(map(counted, case.milestones.all()))
    touched = [event for event in events if take_out(event, case.declared)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [ERASING, str(case.pk)])
        for event in touched:
            event.save(update_fields=["facts", "reason"])
        cursor.execute("SELECT set_config(%s, '', true)", [ERASING])
    copy_in([ErasedEvent(event=event, erasure=wish, left=digest_of(event)) for event in touched])
    folded = fold_case(case, events, organizations_in(events, known=[case.organization]))
    if sorted(map(counted, milestones_of(folded))) != before:
        raise FiguresMoved(f"case {case.pk} would count otherwise without its words")
    project([folded])
    return len(touched), digest_over(wish)


def take_out(event: CaseEvent, kind: Kind) -> bool:
    """Whether the event said anything in words of its own; they are gone from it then."""
    texts = [name for name, value in event.facts.items() if is_text(kind, name) and value != ERASED]
    event.facts = {**event.facts, **dict.fromkeys(texts, ERASED)}
    reasoned = event.reason not in ("", ERASED)
    if reasoned:
        event.reason = ERASED
    return bool(texts) or reasoned


def is_text(kind: Kind, name: str) -> bool:
    field = kind.field_named.get(name)
    return field is not None and field.type is FieldType.TEXT


def digest_over(wish: Erasure) -> str:
    """SHA-256 over what is left of each event, a line each; the anchored log of the erasure holds it."""
    rows: Iterable[tuple[int, str]] = wish.events.order_by("event").values_list("event", "left")
    return hashlib.sha256("".join(f"{event}:{left}\n" for event, left in rows).encode()).hexdigest()


def differences() -> Iterator[str]:
    """Erasures that are not as the log has them: who changes an event under the cover of one has to forge both."""
    for wish in Erasure.objects.filter(events__isnull=False).distinct().select_related("case").iterator():
        entries = AuditEntry.objects.of_case(wish.case_id).filter(action=Action.ERASED)
        logged = [entry.details for entry in entries if entry.details.get("erasure") == wish.pk]
        if wish.state != Erasure.State.DONE or [each.get("left") for each in logged] != [digest_over(wish)]:
            yield f"案件{wish.case.number}：第{wish.pk}号依法删除与审计记录不符，其事件可能借删除之名被改动；请查明"
