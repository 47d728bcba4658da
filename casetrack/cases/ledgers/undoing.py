"""Undoing an import: what it logged is retracted, what it corrected is restored, all by further events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from casetrack.accounts.models import User
from casetrack.cases.deeming import deemed_events
from casetrack.cases.drafts import StepDraft
from casetrack.cases.holding import locked
from casetrack.cases.ledgers.importing import hold
from casetrack.cases.ledgers.registers import REGISTERS
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Milestone, Party
from casetrack.cases.operations import Entry, append
from casetrack.cases.projection import effective, moved, stored_milestones
from casetrack.cases.searching import text_of, under_names
from casetrack.kinds.lifecycle import RECOUNT
from casetrack.kinds.refusals import Refused

MOST_NAMED = 20
Logged = Mapping[int, Sequence[CaseEvent]]
"""Events of each case, by its key, in their order."""


class UndoRefused(Refused):
    """The import can't be undone, since something has been built upon it."""

    code = "undo_refused"


class Touched(NamedTuple):
    """Days of which the figures of a region and kind move; without a last day, all from the first on.

    `entered` is the first event of what is taken back: whoever published before it said nothing of it.
    """

    region_code: str
    kind: str
    first: date
    last: date | None
    entered: int


@dataclass(slots=True)
class Undone:
    """What an undoing did: to how many cases, and to the figures of which days."""

    cases: int = 0
    touched: set[Touched] = field(default_factory=set)


@transaction.atomic
def undo_import(*, batch_id: int, actor: User | None, now: datetime, restating: str = "") -> Undone:
    """Take back what an import logged. All or nothing; `restating` is why published figures may move by it.

    Refused where people, or a later import, have since taken a case further: their steps would stand on nothing.
    Whether anything it touches was published only the storey above knows: see `casetrack.stats.closing.undoing`.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("region").get(pk=batch_id)
    if batch.state == ImportBatch.State.UNDONE:
        raise UndoRefused(f"批次{batch.pk}（{batch.file_name}）已经撤销过")
    if batch.ledger in {register.title for register in REGISTERS}:
        # organizations and mediators may have cases by now
        raise UndoRefused(f"“{batch.ledger}”是名册或培训台账，不能撤销；请改正后重新导入，或逐项修改")
    hold(batch.region)
    logged = events_by_case(batch)
    deemed = deemed_since(logged)
    refuse_erased(logged)
    refuse_later(batch, logged, deemed)
    reason = f"撤销导入：批次{batch.pk}（{batch.file_name[-200:]}）" + (f"；重述理由：{restating}" if restating else "")
    entered = min((events[0].pk for events in logged.values()), default=0)
    undone = Undone(len(logged))
    for case_id, events in logged.items():
        before = milestones_in(case_id)
        take_back(locked(case_id), [*events, *deemed.get(case_id, [])], batch, reason, actor, now)
        undone.touched |= touched(before, milestones_in(case_id), entered)
    batch.state = ImportBatch.State.UNDONE
    batch.save(update_fields=["state"])
    return undone


def milestones_in(case_id: int) -> list[Milestone]:
    return stored_milestones([case_id]).get(case_id, [])


def touched(before: Sequence[Milestone], after: Sequence[Milestone], entered: int) -> set[Touched]:
    """The days that a case counts otherwise on. While it is open it is in the stock of every day."""
    otherwise = list(moved(before, after))
    if not otherwise:
        return set()
    days = [row.happened_on for row in otherwise]
    stock = any(row.name in ("received", "closed") for row in otherwise)
    last = None if stock and (is_open(before) or is_open(after)) else max(days)
    return {Touched(row.region_code, row.kind, min(days), last, entered) for row in otherwise}


def is_open(rows: Sequence[Milestone]) -> bool:
    return bool(rows) and not any(row.name == "closed" for row in rows)


def events_by_case(batch: ImportBatch) -> Logged:
    found: dict[int, list[CaseEvent]] = defaultdict(list)
    for event in CaseEvent.objects.filter(batch=batch).select_related("replaces").order_by("case", "sequence"):
        found[event.case_id].append(event)
    return found


def deemed_since(logged: Logged) -> Logged:
    """What the law made of it meanwhile, in each case. The sweep records anew what still follows without the import."""
    found: dict[int, list[CaseEvent]] = defaultdict(list)
    for event in deemed_events(logged):
        if event.sequence > logged[event.case_id][-1].sequence:
            found[event.case_id].append(event)
    return found


def refuse_erased(logged: Logged) -> None:
    gone = list(
        Case.objects.filter(pk__in=logged, erased_at__isnull=False).order_by("pk").values_list("number", flat=True)
    )
    if gone:
        more = f"等{len(gone)}件" if len(gone) > MOST_NAMED else ""
        raise UndoRefused(
            f"下列案件的个人信息已依法删除，不再登记任何内容，这一批次不能整批撤销：{'、'.join(gone[:MOST_NAMED])}{more}；"
            "其余案件有误的，请逐件更正或撤回"
        )


def refuse_later(batch: ImportBatch, logged: Logged, deemed: Logged) -> None:
    latest = {case_id: events[-1].sequence for case_id, events in logged.items()}
    of_the_law = [event.pk for events in deemed.values() for event in events]
    others = CaseEvent.objects.of_cases(latest).exclude(batch=batch).exclude(step=RECOUNT).exclude(pk__in=of_the_law)
    later = others.exclude(batch__state=ImportBatch.State.UNDONE).select_related("case")
    built_upon = {event.case.number: event for event in later if event.sequence > latest[event.case_id]}
    if not built_upon:
        return
    named = [f"{number}（{whose(event)}）" for number, event in sorted(built_upon.items())]
    more = f"等{len(named)}件" if len(named) > MOST_NAMED else ""
    raise UndoRefused(f"导入之后下列案件又有新的记录，请先更正或撤销这些记录：{'、'.join(named[:MOST_NAMED])}{more}")


def whose(event: CaseEvent) -> str:
    return f"批次{event.batch_id}" if event.batch_id else "人工登记"


def take_back(
    case: Case, events: Sequence[CaseEvent], batch: ImportBatch, reason: str, actor: User | None, now: datetime
) -> None:
    case.ledger_digest = ""  # the same file may be sent again
    next_of = {event.replaces_id: event for event in CaseEvent.objects.filter(case=case, replaces__isnull=False)}
    standing = [(event, tip(event, next_of)) for event in events]
    # what the law made of it may be gone by now: a later import that was undone took it back
    entries = [reversal(event, last, reason) for event, last in standing if event.batch_id or not last.retracts]
    append(case, entries, actor=actor, now=now, batch=batch)
    if not effective(CaseEvent.objects.filter(case=case).exclude(step=RECOUNT)):
        forget_people(case)


def forget_people(case: Case) -> None:
    """Of a case that was never registered nobody is known, and nobody finds it by a name."""
    Party.objects.filter(case=case).delete()
    case.private, case.search_text = {}, under_names((), case.search_text)
    Case.objects.filter(pk=case.pk).update(private={}, search_text=text_of(case))


def tip(event: CaseEvent, next_of: Mapping[int | None, CaseEvent]) -> CaseEvent:
    """What stands in an event's place: a later import that was undone has said it once more."""
    while event.pk in next_of:
        event = next_of[event.pk]
    return event


def reversal(event: CaseEvent, standing: CaseEvent, reason: str) -> Entry:
    """The event that undoes another: what it replaced is said once more, what was new is retracted."""
    before = event.replaces
    if before is None:
        return Entry(StepDraft(event.step, event.occurred_on), standing, retracts=True, reason=reason)
    return Entry(StepDraft(before.step, before.occurred_on, before.facts), standing, reason=reason)
