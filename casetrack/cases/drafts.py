"""What is asked of `operations`: cases to open, steps to take, people to name. Plain values, not yet record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casetrack.cases.numbering import scope_of_ledger
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import ORGANIZATION, Fact, Facts
from casetrack.kinds.facts import EARLIEST_YEAR, check_facts
from casetrack.kinds.fold import Happening, Standing, fold
from casetrack.kinds.lifecycle import RECOUNT
from casetrack.kinds.refusals import DateRefused, Refused, StepRefused
from casetrack.organizations.models import Organization


class OfficeRefused(Refused):
    """The organization does not deal with this kind of case, or did not exist on that day."""

    code = "office_not_competent"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step, its legal date and its facts; personal facts among them stay with the case."""

    step: str
    on: date
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """Someone in a case. Numbers are kept sealed; an empty one was not given."""

    role: str
    name: str = ""
    phone: str = ""
    identity: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case to open with the steps already taken; without a `number` the office's own series gives one."""

    kind: str
    organization: Organization
    steps: tuple[StepDraft, ...]
    parties: tuple[PartyDraft, ...] = ()
    number: str = ""
    number_scope: str = ""
    ledger_digest: str = ""

    @property
    def declared(self) -> Kind:
        return KINDS[self.kind]


def new_case(
    *,
    kind: str,
    organization: Organization,
    steps: Sequence[StepDraft],
    parties: Sequence[PartyDraft] = (),
    number: str = "",
) -> CaseDraft:
    """A case that a person enters. A number that someone else gave belongs to the county's ledger: our own series
    must never meet it.
    """
    scope = scope_of_ledger(organization.county_id) if number else ""
    return CaseDraft(kind, organization, tuple(steps), tuple(parties), number, scope)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that the lifecycle allows: steps with their facts checked, personal facts apart, and the standing."""

    draft: CaseDraft
    steps: tuple[StepDraft, ...]
    private: Mapping[str, Fact]
    standing: Standing


def check(draft: CaseDraft, *, today: date) -> Checked:
    """Hold a draft against its kind without touching the database. Raises Refused with a message for a person."""
    kind = draft.declared
    refuse_office(kind, draft.organization, draft.steps[0].on)
    steps, private = checked_steps(kind, draft.organization, draft.steps, today=today)
    happenings = [Happening(number, step.step, step.on, step.facts) for number, step in enumerate(steps, start=1)]
    standing = fold(kind, happenings, region_code=draft.organization.region_id, context=context_of(draft.organization))
    return Checked(draft, steps, private, standing)


def checked_steps(
    kind: Kind, organization: Organization, steps: tuple[StepDraft, ...], *, today: date
) -> tuple[tuple[StepDraft, ...], dict[str, Fact]]:
    checked, private = [], {}
    for draft in steps:
        facts, personal = checked_facts(kind, draft, today=today)
        if draft.step == kind.opening.name:
            facts[ORGANIZATION] = organization.pk
        checked.append(StepDraft(draft.step, draft.on, facts))
        private.update(personal)
    return tuple(checked), private


def checked_facts(kind: Kind, draft: StepDraft, *, today: date) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """The facts for the chain and the personal ones for the case, of one step."""
    step = kind.step_named.get(draft.step)
    if step is None or step.name == RECOUNT:  # that one is recorded by `recounting` alone
        names = [each.name for each in kind.steps]
        raise StepRefused(f"{kind.label}没有“{draft.step}”这一步骤，可用的有：{'、'.join(names)}", allowed=names)
    if draft.on > today:
        raise DateRefused(f"“{step.label}”的日期{draft.on}晚于今天（{today}），请核对")
    if draft.on.year < EARLIEST_YEAR:
        raise DateRefused(f"“{step.label}”的日期{draft.on}早于{EARLIEST_YEAR}年，请核对年份")
    facts = check_facts(kind, step, draft.facts)
    personal = {name for name in facts if name in kind.field_named and kind.field_named[name].personal}
    return (
        {name: value for name, value in facts.items() if name not in personal},
        {name: value for name, value in facts.items() if name in personal},
    )


def own_facts(facts: Facts) -> dict[str, Fact]:
    """What an event's step records; the office in charge is the core's affair."""
    return {name: value for name, value in facts.items() if name != ORGANIZATION}


def context_of(organization: Organization) -> dict[str, str]:
    """The dimensions that an office brings to all its cases."""
    return {"committee_kind": organization.committee_kind} if organization.committee_kind else {}


def refuse_office(kind: Kind, organization: Organization, day: date) -> None:
    if organization.kind not in (kind.office, *kind.other_offices):
        raise OfficeRefused(f"“{organization.name}”不办理{kind.label}案件，请选择有权办理的机构")
    if organization.active_to and day >= organization.active_to:
        raise OfficeRefused(f"“{organization.name}”已于{organization.active_to}撤销，不能登记{day}的案件")
