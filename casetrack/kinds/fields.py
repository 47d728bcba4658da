"""Facts and the fields that type them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Fact = str | int | bool
Facts = Mapping[str, Fact]

ORGANIZATION = "organization"  # the fact every opening step records: the primary key of the office in charge


class FieldType(StrEnum):
    """How a fact is typed: dates and moments are ISO strings (a moment to the minute), money is whole cents (分)."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    MOMENT = "moment"
    INTEGER = "integer"
    MONEY = "money"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a coded field: its code, its official term and the words offices write instead.

    One that is not `listed` may be recorded like any other, and tables show it only where it occurs.
    """

    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    listed: bool = True


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


def refuse_repeats(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} {name!r} is declared twice")
        seen.add(name)
