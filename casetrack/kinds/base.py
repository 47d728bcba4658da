"""What a declaration of a kind of case is made of; a declaration that can't be right doesn't import."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casetrack.kinds.fields import ORGANIZATION as ORGANIZATION
from casetrack.kinds.fields import Choice as Choice
from casetrack.kinds.fields import Fact as Fact
from casetrack.kinds.fields import Facts as Facts
from casetrack.kinds.fields import Field as Field
from casetrack.kinds.fields import FieldType as FieldType
from casetrack.kinds.fields import refuse_repeats
from casetrack.kinds.ledger import Column as Column
from casetrack.kinds.ledger import Ledger as Ledger
from casetrack.kinds.ledger import LedgerStep as LedgerStep
from casetrack.kinds.lifecycle import RECOUNT, recounting
from casetrack.kinds.lifecycle import Deemed as Deemed
from casetrack.kinds.lifecycle import Mark as Mark
from casetrack.kinds.lifecycle import Pause as Pause
from casetrack.kinds.lifecycle import Start as Start
from casetrack.kinds.lifecycle import State as State
from casetrack.kinds.lifecycle import Step as Step
from casetrack.kinds.lifecycle import Whose as Whose


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case, whole: fields, lifecycle, clocks, ledger and the breakdowns its figures are kept in.

    `courses` are the steps after the opening that are commonly logged with it, at one go: a matter that was accepted
    as it came in, or that was over before anybody sat down to log it.
    """

    code: str
    label: str
    statute: str
    number_word: str
    office: str
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    roles: tuple[Choice, ...]
    breakdowns: tuple[tuple[str, ...], ...]
    ledgers: tuple[Ledger, ...] = ()
    other_offices: tuple[str, ...] = ()  # kinds of organization that may take such cases beside `office`
    deemed: tuple[Deemed, ...] = ()
    governed_by: str = ""  # the milestone whose day chooses the version of the law; else each step's own day does
    context: tuple[Field, ...] = ()  # dimensions that the office, not the case, brings along
    restricted_when: tuple[tuple[str, Fact], ...] = ()  # any of these values shows the case to those cleared only
    courses: tuple[tuple[str, ...], ...] = ()
    field_named: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)
    step_named: dict[str, Step] = field(init=False, repr=False, compare=False, default_factory=dict)
    state_named: dict[str, State] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        refuse_repeats(f"{self.code}: field", [f.name for f in self.fields + self.context])
        refuse_repeats(f"{self.code}: step", [RECOUNT, *(step.name for step in self.steps)])
        refuse_repeats(f"{self.code}: state", [state.code for state in self.states])
        self.field_named.update({f.name: f for f in self.fields})
        self.step_named.update({step.name: step for step in self.steps})
        self.state_named.update({state.code: state for state in self.states})
        self.step_named[RECOUNT] = recounting(self.state_named)
        refuse_contradictions(self)

    @property
    def opening(self) -> Step:
        """The one step that logs a case of this kind."""
        return next(step for step in self.steps if step.opens_case)

    @property
    def dimensions(self) -> tuple[Field, ...]:
        """What figures of this kind can be broken down by."""
        return tuple(f for f in self.fields + self.context if f.dimension)

    @property
    def given_at_opening(self) -> frozenset[str]:
        """Dimensions known from the first day, which therefore divide every figure of the kind without rest."""
        return frozenset(self.opening.records) | {f.name for f in self.context}

    def restricts(self, values: Facts) -> bool:
        """Whether a case with these values is for those cleared only."""
        return any(values.get(name) == value for name, value in self.restricted_when)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if state in step.sources)

    def moving_from(self, state: str) -> tuple[Step, ...]:
        """Those of them that lead to another state; the rest are taken down beside."""
        return tuple(step for step in self.steps_from(state) if step.target)

    def beside_in(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps_from(state) if not step.target)


def refuse_contradictions(kind: Kind) -> None:
    """Raise ValueError, naming the kind and the culprit, for a lifecycle that can't be right."""
    if sum(step.opens_case for step in kind.steps) != 1:
        raise ValueError(f"{kind.code}: exactly one step opens a case; give the others their sources")
    for step in kind.steps:
        refuse_unknown(
            f"{kind.code}.{step.name}: state", {*step.sources, step.target or step.sources[0]}, kind.state_named
        )
        refuse_unknown(f"{kind.code}.{step.name}: field", fields_named_by(step) - {""}, kind.field_named)
        refuse_unknown(
            f"{kind.code}.{step.name}: a need it doesn't record,", set(step.needs), dict.fromkeys(step.records)
        )
    reached = {step.target for step in kind.steps}
    for state in kind.states:
        if state.code not in reached:
            raise ValueError(f"{kind.code}: nothing leads to {state.code}")
        if state.open and not kind.steps_from(state.code):
            raise ValueError(f"{kind.code}: {state.code} is open, and no step leaves it")
    refuse_unknown(f"{kind.code}: deemed step", {deemed.step for deemed in kind.deemed}, kind.step_named)
    refuse_restriction(kind)
    for course in kind.courses:
        refuse_course(kind, course)
    named = {f.name for f in kind.dimensions}
    for breakdown in kind.breakdowns:
        refuse_unknown(f"{kind.code}: dimension", set(breakdown), dict.fromkeys(named))
    for ledger in kind.ledgers:
        refuse_ledger(kind, ledger)


def refuse_course(kind: Kind, course: tuple[str, ...]) -> None:
    """Raise ValueError for a course that the lifecycle doesn't know."""
    refuse_unknown(f"{kind.code}: step of a course", set(course), kind.step_named)
    state = kind.opening.target
    for name in course:
        step = kind.step_named[name]
        if state not in step.sources:
            raise ValueError(
                f"{kind.code}: the course {'、'.join(course)} takes {name} from {state}, which has no such step"
            )
        state = step.target or state


def refuse_restriction(kind: Kind) -> None:
    """Raise ValueError where cases could never be restricted as declared, or a later step could lift it unseen."""
    for name, value in kind.restricted_when:
        refuse_unknown(f"{kind.code}: restricting field", {name}, dict.fromkeys(kind.opening.records))
        choices = kind.field_named[name].choices
        refuse_unknown(f"{kind.code}.{name}: restricting value", {str(value)}, {each.code: each for each in choices})
        again = [step.name for step in kind.steps if name in fields_set_by(step) and not step.opens_case]
        if again:
            raise ValueError(f"{kind.code}: {', '.join(again)} would overwrite {name}, which restricts who may see it")


def fields_set_by(step: Step) -> set[str]:
    return {*step.records, *dict(step.sets)}


def fields_named_by(step: Step) -> set[str]:
    summed = {name for mark in step.marks for name in (mark.persons, mark.cents, mark.given, mark.on)}
    conditions = {name for mark in step.marks for name, _ in mark.when + mark.unless}
    conditions |= {name for start in step.starts for name, _ in start.when + start.unless}
    named = {name for start in step.starts for name in (start.named_days, start.fact)}
    intervals = {name for pause in step.pauses for name in (pause.start, pause.end)}
    changes = {*dict(step.sets), *dict(step.only), *(name for _, name in step.extends), *intervals, step.governs}
    return {*step.records, *step.needs, *summed, *conditions, *changes, *named}


def refuse_ledger(kind: Kind, ledger: Ledger) -> None:
    """Raise ValueError for a ledger that names what the kind or the ledger itself does not have."""
    columns = {column.name: column for column in ledger.columns}
    refuse_repeats(f"{kind.code}: ledger column", [column.name for column in ledger.columns])
    refuse_unknown(f"{kind.code}: ledger step", {step.step for step in ledger.steps}, kind.step_named)
    for step in ledger.steps:
        named = {*step.on, step.absent, *([step.when[0]] if step.when else [])}
        refuse_unknown(f"{kind.code}: ledger column", named - {""}, columns)
    refuse_unknown(f"{kind.code}: ledger column", set(ledger.recognised_by), columns)
    roles = {role.code for role in kind.roles}
    for name, column in columns.items():
        role = name.partition(".")[0]
        known = name in kind.field_named or name in ("number", ORGANIZATION) or name.endswith("_on") or role in roles
        if not (known or column.choices):
            raise ValueError(f"{kind.code}: ledger column {name!r} is no field, date, number, organization or party")


def refuse_unknown(what: str, names: set[str], known: Mapping[str, object]) -> None:
    unknown = sorted(name for name in names if name not in known)
    if unknown:
        raise ValueError(f"{what} {', '.join(unknown)} is not declared; there are {', '.join(sorted(known))}")
