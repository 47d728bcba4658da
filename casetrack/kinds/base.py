"""What a declaration of a kind of case is made of; a declaration that can't be right doesn't import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Fact = str | int | bool
Facts = Mapping[str, Fact]

ORGANIZATION = "organization"  # the fact every opening step records: the primary key of the office in charge


class FieldType(StrEnum):
    """How a fact is typed: dates are ISO strings, money is whole cents (分)."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    INTEGER = "integer"
    MONEY = "money"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a coded field: its code, its official term and the words offices write instead."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One typed fact of a case.

    A `personal` fact stands with the case and never in an event, so that erasing it leaves the chain of events whole.
    A `dimension` is what figures can be broken down by.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    choices: tuple[Choice, ...] = ()
    personal: bool = False
    dimension: bool = False
    most: int | None = None

    def __post_init__(self) -> None:
        if (self.type is FieldType.CHOICE) != bool(self.choices):
            raise ValueError(f"{self.name}: a choice field lists its choices, and only a choice field does")
        if self.dimension and self.personal:
            raise ValueError(f"{self.name}: figures are never broken down by personal data")
        if self.dimension and self.type not in (FieldType.CHOICE, FieldType.FLAG):
            raise ValueError(f"{self.name}: a dimension has a closed list of values; declare choices")
        refuse_repeats(f"{self.name}: choice", [choice.code for choice in self.choices])

    def label_of(self, code: str) -> str:
        """The official term of a choice, or the code itself where the list has since dropped it."""
        return next((choice.label for choice in self.choices if choice.code == code), code)


@dataclass(frozen=True, slots=True)
class Mark:
    """A statistical milestone that a step makes: `received`, `accepted`, `closed` and the kind's own.

    `when` names values that the case must have; `persons` and `cents` name the fields that are summed with it;
    `once` counts only the first of its name in a case (an instance heard twice was heard).
    """

    name: str
    when: tuple[tuple[str, Fact], ...] = ()
    persons: str = ""
    cents: str = ""
    once: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """A clock that a step starts: the duty in `casetrack.law`, and the values of the case it depends on.

    The practice may begin with a day (`since`) and end with one (`until`, on which it no longer holds).
    """

    duty: str
    when: tuple[tuple[str, Fact], ...] = ()
    since: date = date.min
    until: date = date.max

    def practised_on(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lifecycle: from which states, to which, what it records, what it means for clocks and figures.

    `target` None leaves the state as it is. `ends` names the duties that the step fulfils; `drops` those that it
    makes moot without fulfilling them. `sets` are values that follow from the step itself; `only` narrows a recorded
    choice to those that the step can have.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    basis: str
    records: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    starts: tuple[Start, ...] = ()
    ends: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    sets: tuple[tuple[str, Fact], ...] = ()
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def opens_case(self) -> bool:
        return not self.sources


@dataclass(frozen=True, slots=True)
class State:
    """One state of a lifecycle; in an `open` one the office still owes the people of the case an answer."""

    code: str
    label: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger: the field, date or party detail it holds, and the headings offices give it.

    `name` is a field of the kind, a date ending in `_on`, `number`, `organization`, or `ROLE.DETAIL` of a party; a
    column with `choices` of its own says something only the ledger says, such as that a matter is still open.
    """

    name: str
    headings: tuple[str, ...]
    required: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerStep:
    """How a ledger row yields a step: dated by the first of `on` that is filled, taken when a column has a value.

    With `absent`, only where that column is empty: a withdrawal before acceptance is one without a day of acceptance.
    """

    step: str
    on: tuple[str, ...]
    when: tuple[str, tuple[Fact, ...]] | None = None
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger (台账) that offices keep of a kind: how it is recognised, its columns, and the steps of a row.

    `recognised_by` are the columns whose presence together tells this ledger from every other; `gives` are facts of
    the opening step that the ledger itself implies.
    """

    title: str
    columns: tuple[Column, ...]
    steps: tuple[LedgerStep, ...]
    recognised_by: tuple[str, ...]
    gives: tuple[tuple[str, Fact], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case, whole: fields, lifecycle, clocks, ledger and the breakdowns its figures are kept in."""

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
    context: tuple[Field, ...] = ()  # dimensions that the office, not the case, brings along
    field_named: dict[str, Field] = field(init=False, repr=False, compare=False, default_factory=dict)
    step_named: dict[str, Step] = field(init=False, repr=False, compare=False, default_factory=dict)
    state_named: dict[str, State] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        refuse_repeats(f"{self.code}: field", [f.name for f in self.fields + self.context])
        refuse_repeats(f"{self.code}: step", [step.name for step in self.steps])
        refuse_repeats(f"{self.code}: state", [state.code for state in self.states])
        self.field_named.update({f.name: f for f in self.fields})
        self.step_named.update({step.name: step for step in self.steps})
        self.state_named.update({state.code: state for state in self.states})
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

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if state in step.sources)


def refuse_repeats(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} {name!r} is declared twice")
        seen.add(name)


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
    named = {f.name for f in kind.dimensions}
    for breakdown in kind.breakdowns:
        refuse_unknown(f"{kind.code}: dimension", set(breakdown), dict.fromkeys(named))
    for ledger in kind.ledgers:
        refuse_ledger(kind, ledger)


def fields_named_by(step: Step) -> set[str]:
    summed = {name for mark in step.marks for name in (mark.persons, mark.cents)}
    conditions = {name for mark in step.marks for name, _ in mark.when} | {n for s in step.starts for n, _ in s.when}
    return {*step.records, *step.needs, *summed, *conditions, *dict(step.sets), *dict(step.only)}


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
