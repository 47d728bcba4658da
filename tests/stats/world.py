"""Short ways to log what statistics count, and random cases that every lifecycle allows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from casetrack.cases.drafts import CaseDraft, StepDraft, check
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import advance, open_case
from casetrack.kinds import KINDS
from casetrack.kinds.base import Fact, FieldType, Kind, Step
from casetrack.kinds.refusals import Refused
from casetrack.organizations.models import Organization
from casetrack.stats.dimensions import held_in, name_of
from casetrack.stats.models import CellBlock

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
QINAN, GANGU, CITY = "620522000000", "620523000000", "620500000000"
TOWN, VILLAGE = "620522100000", "620522100201"

Taken = tuple[str, date] | tuple[str, date, Mapping[str, Fact]]


def log(kind: str, office: Organization, *steps: Taken) -> Case:
    """A case with its steps: log("mediation", committee, ("register", day, {"category": "neighbour"}), …)."""
    drafts = tuple(StepDraft(*step) for step in steps)
    return open_case(draft=CaseDraft(kind=kind, organization=office, steps=drafts), actor=None, now=NOW)


def dispute(office: Organization, on: str = "2024-03-05") -> None:
    """One that was accepted the day it came."""
    log("mediation", office, ("register", day(on), {"category": "neighbour"}), ("accept", day(on)))


def take(case: Case, step: str, on: date, **facts: Fact) -> CaseEvent:
    return advance(case_id=case.pk, draft=StepDraft(step, on, facts), actor=None, now=NOW)


def day(text: str) -> date:
    return date.fromisoformat(text)


def tamper_with_received(code: str, *, to: int) -> None:
    """Change by hand how many cases a region's own cells say were received."""
    of_totals = [name_of(held_in(kind, ()) or ()) for kind in KINDS]
    for block in CellBlock.objects.filter(region_code=code, organization=None, breakdown__in=of_totals):
        block.cases = [
            to if name == "received" else cases for name, cases in zip(block.names, block.cases, strict=True)
        ]
        block.save(update_fields=["cases"])


@st.composite
def drafts_of(
    draw: st.DrawFn, offices: Sequence[Organization], first: date, last: date, kinds: Collection[str] = tuple(KINDS)
) -> CaseDraft:
    """A case of any of the kinds, taken as far as its lifecycle allowed what was drawn."""
    takers = [(office, KINDS[code]) for office in offices for code in kinds if handles(office, KINDS[code])]
    office = draw(st.sampled_from(list(dict.fromkeys(office for office, _ in takers))))
    kind = draw(st.sampled_from([kind for taker, kind in takers if taker == office]))
    on = draw(st.dates(first, last))
    needed = {name: draw(facts_of(kind, kind.opening, name)) for name in kind.opening.needs}
    least = CaseDraft(kind=kind.code, organization=office, steps=(StepDraft(kind.opening.name, on, needed),))
    draft = with_step(draw, least, kind, kind.opening, on)
    for _ in range(draw(st.integers(0, 4))):
        steps = kind.steps_from(check(draft, today=TODAY).standing.state)
        if not steps:
            break
        on += timedelta(days=draw(st.integers(0, 45)))
        draft = with_step(draw, draft, kind, draw(st.sampled_from(steps)), on)
    return draft


def handles(office: Organization, kind: Kind) -> bool:
    return office.kind in (kind.office, *kind.other_offices)


def with_step(draw: st.DrawFn, draft: CaseDraft, kind: Kind, step: Step, on: date) -> CaseDraft:
    """The draft with one step more, or as it was where that is not lawful."""
    names = [name for name in step.records if name in step.needs or draw(st.booleans())]
    taken = StepDraft(step.name, on, {name: draw(facts_of(kind, step, name)) for name in names})
    longer = replace(draft, steps=(taken,) if step.opens_case else (*draft.steps, taken))
    try:
        check(longer, today=TODAY)
    except Refused:
        return draft
    return longer


def facts_of(kind: Kind, step: Step, name: str) -> st.SearchStrategy[Fact]:
    field = kind.field_named[name]
    if field.type is FieldType.CHOICE:
        return st.sampled_from(dict(step.only).get(name, tuple(choice.code for choice in field.choices)))
    if field.type is FieldType.FLAG:
        return st.booleans()
    if field.type is FieldType.DATE:
        return st.dates(date(2023, 1, 1), TODAY).map(date.isoformat)
    if field.type in (FieldType.INTEGER, FieldType.MONEY):
        return st.integers(0, min(field.most or 10**9, 1000))
    return st.just("某")
