"""Every way a case can change: open, advance, correct, retract. Each is one transaction, and each leaves events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from casetrack.accounts.fields import blind_index
from casetrack.accounts.models import User
from casetrack.cases.chain import link
from casetrack.cases.copying import copy_in, reserve_keys
from casetrack.cases.drafts import CaseDraft, Checked, PartyDraft, StepDraft, check, checked_facts
from casetrack.cases.holding import locked, refuse_erased
from casetrack.cases.models import Case, CaseEvent, ImportBatch, Party
from casetrack.cases.numbering import next_numbers, scope_of_office
from casetrack.cases.projection import Folded, effective, fold_case, project, set_standing
from casetrack.cases.searching import names_line
from casetrack.kinds.base import ORGANIZATION, Facts
from casetrack.kinds.refusals import DateRefused, Refused, StepRefused
from casetrack.organizations.models import Organization
from casetrack.organizations.moving import with_moves


class NumberTaken(Refused):
    """The case number is already in use where it must be unique."""

    code = "number_taken"


class CorrectionRefused(Refused):
    """The event can't be corrected: it was already, or nothing says why."""

    code = "correction_refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to append: a step, or the correction or retraction of an earlier event."""

    draft: StepDraft
    replaces: CaseEvent | None = None
    retracts: bool = False
    reason: str = ""


def correction(wrong: CaseEvent, *, on: date, facts: Facts, reason: str) -> Entry:
    """An event said anew; which office it brought the case to is the core's affair, and stays."""
    kept = {**facts, ORGANIZATION: wrong.facts[ORGANIZATION]} if ORGANIZATION in wrong.facts else facts
    return Entry(StepDraft(wrong.step, on, kept), wrong, reason=reason)


def retraction(wrong: CaseEvent, *, reason: str) -> Entry:
    return Entry(StepDraft(wrong.step, wrong.occurred_on), wrong, retracts=True, reason=reason)


def open_case(*, draft: CaseDraft, actor: User | None, now: datetime) -> Case:
    """Log a case with the steps taken so far. Raises Refused where kind, office or lifecycle don't allow it."""
    return open_cases(checked=[check(draft, today=localdate(now))], actor=actor, now=now)[0]


@transaction.atomic
def open_cases(
    *, checked: Sequence[Checked], actor: User | None, now: datetime, batch: ImportBatch | None = None
) -> list[Case]:
    """Log many checked drafts at once, all or none of them."""
    fresh = zip(reserve_keys(Case, len(checked)), numbers_for(checked), checked, strict=True)
    folded = [fold_fresh(pk, number, item, actor, now, batch) for pk, number, item in fresh]
    cases = [item.case for item in folded]
    try:
        copy_in(cases)
    except IntegrityError as clash:
        raise NumberTaken(f"案号已被使用：{'、'.join(case.number for case in cases[:5])}") from clash
    copy_in([party_row(case, party) for case, item in zip(cases, checked, strict=True) for party in item.draft.parties])
    copy_in([event for item in folded for event in item.events])
    project(folded, fresh=True)
    return cases


def numbers_for(checked: Sequence[Checked]) -> list[str]:
    """The numbers that came from outside, and the next of the offices' own series where none did."""
    drafts = [item.draft for item in checked]
    wanted = [(draft.declared, draft.organization, draft.steps[0].on) for draft in drafts if not draft.number]
    own = iter(next_numbers(wanted))
    return [draft.number or next(own) for draft in drafts]


def fold_fresh(
    pk: int, number: str, item: Checked, actor: User | None, now: datetime, batch: ImportBatch | None
) -> Folded:
    """A new case with its events, standing as its draft was checked to."""
    case = case_row(item, number, now)
    case.pk = pk
    folded = Folded(case, event_rows(case, item, actor, now, batch), item.standing, item.draft.organization)
    set_standing(folded)
    return folded


def case_row(item: Checked, number: str, now: datetime) -> Case:
    draft = item.draft
    return Case(
        kind=draft.kind,
        organization=draft.organization,
        region_code=draft.organization.region_id,
        number=number,
        number_scope=draft.number_scope if draft.number else scope_of_office(draft.organization),
        private=dict(item.private),
        ledger_digest=draft.ledger_digest,
        created_at=now,
        search_text=names_line(party.name for party in draft.parties),
    )


def event_rows(
    case: Case, item: Checked, actor: User | None, now: datetime, batch: ImportBatch | None
) -> list[CaseEvent]:
    rows = [
        CaseEvent(
            case=case,
            sequence=number,
            step=step.step,
            occurred_on=step.on,
            recorded_at=now,
            actor=actor,
            facts=dict(step.facts),
            batch=batch,
        )
        for number, step in enumerate(item.steps, start=1)
    ]
    link(rows, head="")
    return rows


def party_row(case: Case, party: PartyDraft) -> Party:
    return Party(
        case=case,
        role=party.role,
        name=party.name,
        address=party.address,
        phone=party.phone,
        phone_index=blind_index(party.phone),
        identity=party.identity,
        identity_index=blind_index(party.identity),
    )


@transaction.atomic
def advance(
    *, case_id: int, draft: StepDraft, actor: User | None, now: datetime, version: int | None = None
) -> CaseEvent:
    """Take one step of a case. With `version`, only if the case is still at it."""
    case = locked(case_id, version)
    try:
        return append(case, [Entry(draft)], actor=actor, now=now)[-1]
    except StepRefused as refused:
        raise out_of_order(case, draft, CaseEvent.objects.filter(case=case), state=case.state) or refused from None


@transaction.atomic
def advance_many(*, steps: Mapping[int, StepDraft], actor: User | None, now: datetime) -> dict[int, Refused]:
    """Take one step in each of many cases, by case id; the refusals, by case id, of those that can't take theirs."""
    refused: dict[int, Refused] = {}
    cases = list(
        Case.objects.select_for_update(of=("self",)).select_related("organization").filter(pk__in=steps).order_by("pk")
    )
    events: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for event in CaseEvent.objects.of_cases(events).order_by("case", "sequence"):
        events[event.case_id].append(event)
    organizations = organizations_in([event for known in events.values() for event in known])
    folded = []
    for case in cases:
        try:
            added = entry_row(case, Entry(steps[case.pk]), actor, now, None)
            added.sequence = len(events[case.pk]) + 1
            link([added], head=events[case.pk][-1].hash)
            folded.append(fold_case(case, [*events[case.pk], added], organizations))
        except Refused as refusal:
            refused[case.pk] = refusal
    copy_in([item.events[-1] for item in folded])
    project(folded)
    return refused


def out_of_order(case: Case, draft: StepDraft, events: Iterable[CaseEvent], *, state: str) -> DateRefused | None:
    """The better answer where a step was refused because of its date: it stands before what already happened."""
    steps = case.declared.step_named
    later = [event for event, _ in effective(events) if event.occurred_on > draft.on and steps[event.step].target]
    if not later or draft.step not in [step.name for step in case.declared.steps_from(state)]:
        return None
    moving = max(later, key=lambda event: event.occurred_on)
    return DateRefused(
        f"“{steps[draft.step].label}”的日期{draft.on}早于此前“{steps[moving.step].label}”的日期{moving.occurred_on}，请核对"
    )


@transaction.atomic
def correct(
    *, event_id: int, on: date, facts: Facts, reason: str, actor: User | None, now: datetime, version: int | None = None
) -> CaseEvent:
    """Say anew what an event logged wrongly; the event itself stays, replaced by the correction."""
    case, wrong = event_to_correct(event_id, reason, version)
    return append(case, [correction(wrong, on=on, facts=facts, reason=reason)], actor=actor, now=now)[-1]


@transaction.atomic
def retract(*, event_id: int, reason: str, actor: User | None, now: datetime, version: int | None = None) -> CaseEvent:
    """Declare that an event never happened; the event itself stays in the log."""
    case, wrong = event_to_correct(event_id, reason, version)
    return append(case, [retraction(wrong, reason=reason)], actor=actor, now=now)[-1]


def event_to_correct(event_id: int, reason: str, version: int | None) -> tuple[Case, CaseEvent]:
    wrong = CaseEvent.objects.get(pk=event_id)
    case = locked(wrong.case_id, version)
    refuse_correction(wrong, reason, replaced=CaseEvent.objects.filter(replaces=wrong).exists())
    return case, wrong


def refuse_correction(wrong: CaseEvent, reason: str, *, replaced: bool) -> None:
    if not reason.strip():
        raise CorrectionRefused("更正须说明理由")
    if wrong.retracts or replaced:
        raise CorrectionRefused(f"第{wrong.sequence}号事件已被更正，请更正最新的事件")


def append(
    case: Case, entries: Sequence[Entry], *, actor: User | None, now: datetime, batch: ImportBatch | None = None
) -> list[CaseEvent]:
    """Append events to a locked case and fold it anew. Raises Refused, and writes nothing, if that is not lawful."""
    events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
    added = [entry_row(case, entry, actor, now, batch) for entry in entries]
    for number, (event, key) in enumerate(
        zip(added, reserve_keys(CaseEvent, len(added)), strict=True), len(events) + 1
    ):
        event.pk, event.sequence = key, number
    link(added, head=events[-1].hash if events else "")
    everything = events + added
    folded = fold_case(case, everything, organizations_in(everything, known=[case.organization]))
    copy_in(added)
    project([folded])
    return added


def entry_row(case: Case, entry: Entry, actor: User | None, now: datetime, batch: ImportBatch | None) -> CaseEvent:
    facts: Facts = {}
    refuse_erased(case)
    if not entry.retracts:
        facts, private = checked_facts(case.declared, entry.draft, today=localdate(now))
        case.private = {**case.private, **private}
    return CaseEvent(
        case=case,
        step=entry.draft.step,
        occurred_on=entry.draft.on,
        recorded_at=now,
        actor=actor,
        facts=dict(facts),
        replaces=entry.replaces,
        retracts=entry.retracts,
        reason=entry.reason,
        batch=batch,
    )


def organizations_in(events: Sequence[CaseEvent], *, known: Sequence[Organization] = ()) -> dict[int, Organization]:
    """The offices that events brought their cases to, by key, with their moves; those known are not asked for."""
    found = {organization.pk: organization for organization in known}
    named = {event.facts[ORGANIZATION] for event in events if ORGANIZATION in event.facts}
    found |= Organization.objects.in_bulk(named - found.keys())
    with_moves(found.values())
    return found
