"""One case as a person reads it: what it says, what happened in which order, which clocks run, who is in it.

Everything is in words here; what the reader may not be shown is not in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casetrack.accounts.models import User
from casetrack.cases.linking import links_seen
from casetrack.cases.models import Case, CaseEvent, CaseLink, Deadline, Party
from casetrack.cases.operations import organizations_in
from casetrack.cases.parties import detail_shown, role_label
from casetrack.cases.rights import handles, may
from casetrack.cases.rows import state_label, title
from casetrack.cases.sweep import Light, light_of, light_shown, time_left
from casetrack.kinds.base import ORGANIZATION, Step, Whose
from casetrack.kinds.wording import facts_in_words
from casetrack.law.statutes import RULES
from casetrack.law.terms import Term
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.models import Organization

Said = Sequence[tuple[str, str]]
OFFICE = "承办机构"
WHOSE = {Whose.OFFICE.value: "", Whose.PARTY.value: "当事人的期限", Whose.OTHER.value: "其他机关的期限"}
REST_DAY = "skipped"


@dataclass(frozen=True, slots=True)
class Version:
    """An event as it was logged, by whom and when; `reason` where it put an earlier one right."""

    event: CaseEvent
    said: Said


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as it is known now, with what was said of it before, newest first."""

    label: str
    now: Version
    before: Sequence[Version]
    retracted: bool

    @property
    def corrected(self) -> bool:
        return bool(self.before)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with how its days were counted, rest days apart, and the version of the law that it follows."""

    deadline: Deadline
    whose: str
    light: Light | None
    days_left: int
    term: Term | None
    lines: Sequence[Mapping[str, str]]
    rest_days: Sequence[Mapping[str, str]]

    @property
    def left(self) -> str:
        """How long there is to act, in calendar days; empty for a clock that shows no light."""
        return "" if self.light is None else time_left(self.days_left)


@dataclass(frozen=True, slots=True)
class PartyRead:
    """Someone in a case: masked, unless read for a stated purpose."""

    id: int
    role: str
    name: str
    phone: str
    identity: str
    address: str
    whole: bool


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case and all that stands on its page."""

    case: Case
    title: str
    state: str
    light: str | None
    said: Said
    private: Said | None
    moving: Sequence[Step]
    beside: Sequence[Step]
    happenings: Sequence[Happening]
    clocks: Sequence[Clock]
    parties: Sequence[PartyRead]
    links: Sequence[CaseLink]
    may_write: bool
    may_unmask: bool
    may_erase: bool


def read_case(*, case: Case, reader: User, today: date) -> CaseRead:
    """The case as the reader sees it on a day; that they may see it at all was asked before."""
    people = list(case.parties.select_related("case").order_by("pk"))
    may_write = case.erased_at is None and may(reader, Capability.WRITE_CASES, case)
    return CaseRead(
        case=case,
        title=title(case.kind, case.values, [party.name for party in people]),
        state=state_label(case.kind, case.state),
        light=light_shown(case.due_on, case.red_on, case.yellow_on, today),
        said=facts_in_words(case.declared, case.values),
        private=facts_in_words(case.declared, case.private) if handles(reader, case) else None,
        moving=case.declared.moving_from(case.state) if may_write else (),
        beside=case.declared.beside_in(case.state) if may_write else (),
        happenings=happenings_of(case, list(case.events.select_related("actor").order_by("sequence"))),
        clocks=clocks_of(case.deadlines.order_by("counted_from", "pk"), today),
        parties=[party_read(party) for party in people],
        links=list(links_seen(case, reader).select_related("earlier", "later")),
        may_write=may_write,
        may_unmask=may(reader, Capability.READ_PERSONAL, case),
        may_erase=may(reader, Capability.ERASE, case),
    )


def party_read(party: Party, *, whole: bool = False) -> PartyRead:
    shown = {name: detail_shown(party, name, whole=whole) for name in ("name", "phone", "identity", "address")}
    return PartyRead(id=party.pk, role=role_label(party), whole=whole, **shown)


def happenings_of(case: Case, events: Sequence[CaseEvent]) -> list[Happening]:
    """The log in the order in which things happened; a correction stands with what it put right."""
    offices = organizations_in(events, known=[case.organization])
    chains: dict[int, list[CaseEvent]] = {}
    for event in events:  # a correction may itself be corrected: it joins the chain of what it replaced
        chains[event.pk] = [*chains.pop(event.replaces_id, []), event] if event.replaces_id else [event]
    found = [happening(case, chain, offices) for chain in chains.values()]
    return sorted(found, key=lambda each: (each.now.event.occurred_on, (each.before or [each.now])[-1].event.sequence))


def happening(case: Case, chain: Sequence[CaseEvent], offices: Mapping[int, Organization]) -> Happening:
    latest, before = chain[-1], chain[-2::-1]
    step = case.declared.step_named.get(latest.step)
    return Happening(
        label=step.label if step else latest.step,
        now=Version(latest, said_by(case, latest, offices)),
        before=[Version(event, said_by(case, event, offices)) for event in before],
        retracted=latest.retracts,
    )


def said_by(case: Case, event: CaseEvent, offices: Mapping[int, Organization]) -> Said:
    """The facts of an event, with the office that it brought the case to; that it was opened at one goes unsaid."""
    moved = event.step != case.declared.opening.name and offices.get(event.facts.get(ORGANIZATION, 0))
    return [*([(OFFICE, moved.name)] if moved else []), *facts_in_words(case.declared, event.facts)]


def clocks_of(deadlines: Iterable[Deadline], today: date) -> list[Clock]:
    """The clocks by how pressing they are: first those that show a light, by their last day."""
    found = [clock_of(deadline, today) for deadline in deadlines]
    return sorted(found, key=lambda each: (each.light is None, each.deadline.ended_on is not None, each.days_left))


def clock_of(deadline: Deadline, today: date) -> Clock:
    rest = [line for line in deadline.receipt if line["code"] == REST_DAY]
    return Clock(
        deadline=deadline,
        whose=WHOSE.get(deadline.whose, ""),
        light=light_of(deadline, today),
        days_left=(deadline.act_by - today).days,
        term=term_of(deadline),
        lines=[line for line in deadline.receipt if line["code"] != REST_DAY],
        rest_days=rest,
    )


def term_of(deadline: Deadline) -> Term | None:
    """The version of the rule by which a clock was counted; None where the declarations have it no more."""
    rule, day = RULES.get(deadline.rule), deadline.governed_on or deadline.counted_from
    return rule.term_on(day) if rule is not None and rule.in_force(day) else None
