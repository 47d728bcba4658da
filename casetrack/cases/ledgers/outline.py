"""The headings of a sheet, what each was taken for and how surely: for its sender to put right. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from casetrack.cases.ledgers.cells import Cell
from casetrack.cases.ledgers.recognise import (
    PASSED_OVER,
    UNIT,
    Headings,
    Recognised,
    SheetUnrecognised,
    Template,
    heading_key,
    likely_headings,
    placed_columns,
    split_unit,
)
from casetrack.cases.ledgers.told import digest_of, heading_shown
from casetrack.kinds.base import Column

LIKE_ENOUGH = 0.6
ALIKE = 0.75  # of a heading that another one holds


class Surety(StrEnum):
    """How a heading came to its field."""

    EXACT = "exact"
    KNOWN = "known"
    GUESS = "guess"
    TOLD = "told"
    REPEATED = "repeated"
    NONE = ""

    @property
    def label(self) -> str:
        return SURELY[self]


SURELY: Mapping[Surety, str] = {
    Surety.EXACT: "表头一致",
    Surety.KNOWN: "已知的其他叫法",
    Surety.GUESS: "猜测，请核对",
    Surety.TOLD: "手工对照",
    Surety.REPEATED: "与另一列含义相同",
    Surety.NONE: "未识别",
}


@dataclass(frozen=True, slots=True)
class OutlinedColumn:
    """A column of a sheet, counted from 1, and what it is taken for."""

    column: int
    heading: str
    field: str
    surety: Surety


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a sheet: where they stand, the ledger that they are nearest to, and each of them."""

    ledger: str
    heading_row: int
    heading_rows: int
    digest: str  # of the headings, by which a mapping is remembered
    columns: tuple[OutlinedColumn, ...]


def outline_of(found: Recognised) -> Outline:
    """Of a sheet that was understood."""
    places = {place.index: (place.column.name, place.heading) for place in found.places}
    return outlined(found.template, found.read, places, told=found.told)


def outline_of_strange(unlike: SheetUnrecognised, rows: Sequence[Sequence[Cell]]) -> Outline:
    """Of a sheet that was not: by the ledger that it is nearest to, if there is any."""
    read = unlike.read or likely_headings(rows)
    if unlike.template is None:
        return outlined(None, read, {})
    placed, _ = placed_columns(unlike.template, read)
    return outlined(unlike.template, read, {place.index: (place.column.name, place.heading) for place in placed})


def outlined(
    template: Template | None, read: Headings, places: Mapping[int, tuple[str, str]], *, told: bool = False
) -> Outline:
    words = {index: heading_shown(ways[0]) for index, ways in enumerate(read.ways) if ways}
    open_to = {index: word for index, word in words.items() if index not in places and word not in PASSED_OVER}
    repeated = {index for index in open_to if template and names_one(template, read.ways[index])}
    unknown = {index: read.ways[index] for index in open_to if index not in repeated}
    guessed = dict(guesses(template, unknown, places)) if template and not told else {}
    columns = []
    for index, word in words.items():
        if index in places:
            name, heading = places[index]
            surety = Surety.TOLD if told else how_surely(template, name, heading)
        elif index in repeated and not told:
            name, surety = "", Surety.REPEATED
        else:
            name = guessed.get(index, "")
            surety = Surety.TOLD if told else Surety.GUESS if name else Surety.NONE
        columns.append(OutlinedColumn(index + 1, word, name, surety))
    code = template.code if template else ""
    return Outline(code, read.data_from - read.rows + 1, read.rows, digest_of(read), tuple(columns))


def names_one(template: Template, ways: Sequence[str]) -> bool:
    """Whether a heading names a column, which then another heading has named before."""
    return bool(placed_columns(template, Headings((tuple(ways),), 1))[0])


def how_surely(template: Template | None, name: str, heading: str) -> Surety:
    usual = next((column.headings[0] for column in template.columns if column.name == name), "") if template else ""
    key = heading_key(heading)
    return Surety.EXACT if heading_key(usual) in (key, split_unit(key, UNIT)[0]) else Surety.KNOWN


def guesses(
    template: Template, unknown: Mapping[int, Sequence[str]], places: Mapping[int, tuple[str, str]]
) -> Iterator[tuple[int, str]]:
    """For headings that nobody knows the fields they are most like, each field for one of them."""
    taken = {name for name, _ in places.values()}
    free = [column for column in template.columns if column.name not in taken]
    likeness = [
        (alike, index, column.name)
        for index, ways in unknown.items()
        for column in free
        if (alike := likest(ways, column)) >= LIKE_ENOUGH
    ]
    done: set[int] = set()
    for _, index, name in sorted(likeness, key=lambda each: -each[0]):
        if index not in done and name not in taken:
            done.add(index)
            taken.add(name)
            yield index, name


def likest(ways: Sequence[str], column: Column) -> float:
    return max(like(heading_key(way), heading_key(heading)) for way in ways for heading in column.headings)


def like(one: str, other: str) -> float:
    ratio = SequenceMatcher(None, one, other).ratio()
    shorter, longer = sorted((one, other), key=len)
    return max(ratio, ALIKE) if len(shorter) > 1 and shorter in longer else ratio
