"""One row of a sheet, read into values by column name; every cell that can't be read has its reason. Pure."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from casetrack.cases.ledgers.cells import (
    Cell,
    CellRefused,
    Words,
    as_cents,
    as_date,
    as_flag,
    as_integer,
    as_number_of_case,
    as_text,
)
from casetrack.cases.ledgers.recognise import Place, Recognised
from casetrack.kinds.base import ORGANIZATION, Field, FieldType, Kind

Value = str | int | bool | date
Values = dict[str, Value]
Parser = Callable[[Cell], Value | None]
LONGEST = {"number": 100, ORGANIZATION: 200, "name": 200, "organizer": 200}
LONGEST_TEXT = 2_000


class RowRefused(ValueError):
    """A row that can't be taken, with every reason found, each for the person who sent it."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Cells:
    """How one column of a sheet is read."""

    place: Place
    parse: Parser
    longest: int = 0


class RowReader:
    """Reads the rows of one recognised sheet into values by column name."""

    def __init__(self, recognised: Recognised) -> None:
        self.recognised = recognised
        self.kind = recognised.template.kind
        self.columns = [self.column(place) for place in recognised.places]
        self.names = frozenset(place.column.name for place in recognised.places)
        self.words = {c.place.column.name: w for c in self.columns if (w := words_of(c.place, self.kind))}
        self.required = [column.name for column in recognised.template.columns if column.required]

    def column(self, place: Place) -> Cells:
        name = place.column.name
        parse = parser_of(place, self.kind)
        is_text = parse in (as_text, as_number_of_case)
        return Cells(
            place, parse, LONGEST.get(name, LONGEST.get(name.rpartition(".")[2], LONGEST_TEXT)) if is_text else 0
        )

    def values(self, cells: Sequence[Cell]) -> Values:
        """What a row says, blanks left out. Raises RowRefused with a reason for every cell that can't be read."""
        values: Values = {}
        reasons: list[str] = []
        for column in self.columns:
            cell = cells[column.place.index] if column.place.index < len(cells) else None
            if cell is None:
                continue
            try:
                value = column.parse(cell)
            except CellRefused as refused:
                reasons.append(f"{column.place.heading}：{refused}")
                continue
            if value is None:
                continue
            if column.longest and len(str(value)) > column.longest:
                reasons.append(f"{column.place.heading}过长，最多{column.longest}字")
            values[column.place.column.name] = value
        said = {reason.partition("：")[0] for reason in reasons}
        for name in self.required:
            heading = self.recognised.heading_of(name)
            if name not in values and heading not in said:
                reasons.append(f"{heading}未填")
        if reasons:
            raise RowRefused(reasons)
        return values

    def said(self, name: str, values: Mapping[str, Value]) -> str:
        """A value in the words of the form, for a message."""
        value = values[name]
        return self.words[name].label_of(value) if isinstance(value, str) and name in self.words else str(value)


def field_of(place: Place, kind: Kind | None) -> Field | None:
    return kind.field_named.get(place.column.name) if kind else None


def words_of(place: Place, kind: Kind | None) -> Words | None:
    field = field_of(place, kind)
    choices = place.column.choices or (field.choices if field else ())
    return Words(choices) if choices else None


def parser_of(place: Place, kind: Kind | None) -> Parser:
    name, field = place.column.name, field_of(place, kind)
    if words := words_of(place, kind):
        return partial(flag_of, words) if field and field.type is FieldType.FLAG else words.code_of
    if name == "number":
        return as_number_of_case
    if name.endswith("_on"):
        return as_date
    if (field and field.type is FieldType.INTEGER) or name == "attendance":
        return as_integer
    if field and field.type is FieldType.MONEY:
        return partial(as_cents, unit=place.unit)
    if field and field.type is FieldType.FLAG:
        return as_flag
    return as_text


def flag_of(words: Words, value: Cell) -> bool | None:
    code = words.code_of(value)
    return None if code is None else code == "yes"


def digest_of(values: Mapping[str, Value]) -> str:
    """The same for two rows that say the same, however they were typed."""
    said = json.dumps(values, ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(said.encode()).hexdigest()
