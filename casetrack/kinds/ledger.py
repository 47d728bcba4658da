"""The ledgers that offices keep of a kind: their columns, and how a row becomes steps."""

from dataclasses import dataclass

from casetrack.kinds.fields import Choice, Fact


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
