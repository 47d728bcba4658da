"""What an official table is made of: columns, lines, what each cell counts, and what must add up.

A table that can't be right doesn't import: every cell names an existing measure, values that exist, and a breakdown
that the measure has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from casetrack.stats.dimensions import NOT_FILLED, UNSPECIFIED, applies, label_of, values_of
from casetrack.stats.indicators import SUBJECTS, Indicator
from reports.books.layout import Format

Where = tuple[tuple[str, tuple[str, ...]], ...]
"""Values of dimensions, each of which counts."""
EACH = "*"
"""The subject of a measure that each line says for itself."""


class TableRefused(ValueError):
    """A declaration of a table that can't be right."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one measure says of cases with these values, added up over them; `measure` is written subject.measure.

    Where each line of a table is about a subject of its own, it is written *.measure.
    """

    measure: str
    where: Where = ()

    @property
    def is_of_lines(self) -> bool:
        return self.measure.startswith(EACH)

    @property
    def is_declared(self) -> bool:
        subject, _, measure = self.measure.partition(".")
        return subject in SUBJECTS and measure in SUBJECTS[subject].measures

    @property
    def indicator(self) -> Indicator:
        if not self.is_declared:
            raise TableRefused(f"{self.measure} is no measure")
        subject, _, measure = self.measure.partition(".")
        return SUBJECTS[subject].measures[measure]

    @property
    def by(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.where)


class Side(StrEnum):
    """What of a rate a cell shows."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class Count:
    """The sum of parts that have no case in common, `times` what turns it into the unit of the column."""

    parts: tuple[Part, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """A rate, or one of the two numbers that it is formed of."""

    part: Part
    side: Side = Side.VALUE

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.part,)


@dataclass(frozen=True, slots=True)
class Sum:
    """A subtotal of other columns of the table, by their keys."""

    columns: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Words:
    """A cell of text: what its line says of itself."""

    @property
    def parts(self) -> tuple[Part, ...]:
        return ()


Source = Count | Share | Sum | Words


class Hidden(StrEnum):
    """Whether a column is printed: subtotals never are, and what nobody filled in only where it occurs."""

    NEVER = "never"
    WHERE_EMPTY = "where_empty"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the headings that stand above one another, what its cells hold, and in which unit."""

    key: str
    headings: tuple[str, ...]
    source: Source
    unit: str = "件"
    hidden: Hidden = Hidden.NEVER
    said: str = ""  # what its definition says beyond that of the measure

    @property
    def format(self) -> Format:
        if isinstance(self.source, Words):
            return Format.TEXT
        if isinstance(self.source, Share) and self.source.side is Side.VALUE:
            return Format.SHARE
        return Format.AMOUNT if self.unit in ("万元", "元") else Format.COUNT

    @property
    def adds_up(self) -> bool:
        """Whether the lines of a table that have no case in common add up to its total."""
        if isinstance(self.source, Words) or (isinstance(self.source, Share) and self.source.side is Side.VALUE):
            return False
        return not any(part.is_of_lines or part.indicator.is_reported for part in self.source.parts)

    @property
    def note(self) -> str:
        """What stands behind the heading: what is counted, of which values, in which unit."""
        return "\n".join(dict.fromkeys(filter(None, (*map(told, self.source.parts), self.said))))


def told(part: Part) -> str:
    if part.is_of_lines:
        return ""
    subject = part.indicator.subject
    wanted = [
        f"{declared.label}为{'、'.join(label_of(subject, name, value) for value in values)}"
        for name, values in part.where
        if (declared := SUBJECTS[subject].dimension(name))
    ]
    only = f"其中{'，'.join(wanted)}的。" if wanted else ""
    version = f"（口径：{part.indicator.version}）" if part.indicator.version else ""
    return f"{part.indicator.definition}{version}{only}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: which cases count in it, of which subject where each has its own.

    What is `within` the line above it is not added up once more. What nobody filled in is `hidden` where it is empty.
    """

    label: str
    where: Where = ()
    said: str = ""
    within: bool = False
    hidden: Hidden = Hidden.NEVER
    subject: str = ""


class Sign(StrEnum):
    EQUAL = "＝"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True)
class Equality:
    """Columns whose sum on the left is, or is at most, the sum on the right, in every line.

    One that only `warns` does not stop a table: it is known to fail in tables that are right.
    """

    code: str
    words: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    sign: Sign = Sign.EQUAL
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Succession:
    """A column whose stock at the end of a period is what another carries over into the next, in every line."""

    code: str
    carried_over: str
    pending: str


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """A table, whole. Without `lines` it has one for each place below its region and each office of its own.

    The first of its lines is their total, unless it is `without_total`. `subject` decides what a month means there.
    `remarks` are printed below; `form` says where the columns come from. Of tables of one name, each in its `version`,
    a period is told by the latest that was in use `since` before its end.
    """

    name: str
    title: str
    subject: str
    stub: str
    form: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    equalities: tuple[Equality, ...] = ()
    successions: tuple[Succession, ...] = ()
    remarks: tuple[str, ...] = ()
    pages_wide: int = 1
    without_total: bool = False
    version: str = ""
    since: date = date.min

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise TableRefused(f"{self.name}: a column is declared twice")
        named = chain.from_iterable((*each.left, *each.right) for each in self.equalities)
        carried = chain.from_iterable((each.carried_over, each.pending) for each in self.successions)
        summed = chain.from_iterable(each.source.columns for each in self.columns if isinstance(each.source, Sum))
        unknown = sorted({*named, *carried, *summed} - set(keys))
        if unknown:
            raise TableRefused(f"{self.name}: there is no column {', '.join(unknown)}")
        for part in self.parts():
            refuse_impossible(self.name, part)
        if not self.lines and any(column.format is Format.SHARE for column in self.columns):
            raise TableRefused(f"{self.name}: shares of places never add up to the share of all of them")

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def parts(self) -> Iterator[Part]:
        """Every part of every cell."""
        for column in self.columns:
            for part in column.source.parts:
                found = (narrowed(part, line) for line in self.lines or (Line(""),))
                yield from (each for each in found if each.is_declared or not part.is_of_lines)


def narrowed(part: Part, line: Line) -> Part:
    """A part of a column in a line: its subject, and the values that both allow."""
    wanted = dict(part.where)
    for name, values in line.where:
        wanted[name] = tuple(value for value in wanted.get(name, values) if value in values)
    measure = f"{line.subject}{part.measure.removeprefix(EACH)}" if part.is_of_lines else part.measure
    return Part(measure, tuple(wanted.items()))


def refuse_impossible(table: str, part: Part) -> None:
    indicator = part.indicator
    if not applies(indicator, part.by):
        raise TableRefused(f"{table}: {part.measure} is not broken down by {', '.join(part.by)}")
    for name, values in part.where:
        unknown = set(values) - {*values_of(indicator.subject, name), UNSPECIFIED}
        if unknown:
            raise TableRefused(f"{table}: {name} has no value {', '.join(sorted(unknown))}")


def count(measure: str, where: Where = (), *, times: int = 1) -> Count:
    return Count((Part(measure, where),), times)


def where(**values: str | tuple[str, ...]) -> Where:
    return tuple((name, (value,) if isinstance(value, str) else value) for name, value in values.items())


def unfilled(key: str, headings: Sequence[str], source: Source) -> Column:
    """What has no value of a dimension that the form divides by: shown where it occurs, so that sums hold."""
    return Column(key, (*headings, NOT_FILLED), source, hidden=Hidden.WHERE_EMPTY)
