"""Which ledger or register a sheet is, and which column says what: told by the headings, never by the file's name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casetrack.cases.ledgers.cells import UNITS, Cell, plain, shown
from casetrack.cases.ledgers.registers import REGISTERS
from casetrack.cases.ledgers.workbooks import Merge
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.base import Column, FieldType, Ledger

LOOK_WITHIN = 40  # rows of titles and notes above the headings
MOSTLY_FILLED = 0.6
UNIT = re.compile(r"[(\[【](?:单位:)?([^)\]】]{1,3})[)\]】]$")
BARE_UNIT = re.compile(r"[,:/、]?([十百千]?[万亿]?元)$")
UNIT_ABOVE = re.compile(r"(?<![一-鿿])(?:金额)?单位[:：](?:[件人][、,/])*([十百千]?[万亿]?元)")
REMARK = re.compile(r"[(\[【]([^)\]】元]*)[)\]】]$")  # 受理日期(年月日); never a unit of money that nobody knows
PASSED_OVER = {"序号", "备注", "说明", "级别", "拒收原因", "原行号"}
COUNTING_UNITS = {"件", "人", "个", "次", "名", "人次", "位", "户", "起"}


@dataclass(frozen=True, slots=True)
class Template:
    """A ledger of a kind of case, or a register (`kind` None)."""

    code: str
    title: str
    columns: tuple[Column, ...]
    recognised_by: tuple[str, ...]
    kind: Kind | None = None
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands in the sheet, under which words, and the unit of its amounts."""

    column: Column
    index: int
    heading: str
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Headings:
    """One reading of the headings: for each column, the ways it may be called, the fullest first."""

    ways: tuple[tuple[str, ...], ...]
    data_from: int
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet understood: its template, its columns, how its headings were read, and remarks for the sender.

    `headings` are those under which its rows may be sent once more; `told` are those that its sender had to explain.
    """

    template: Template
    places: tuple[Place, ...]
    headings: tuple[str, ...]
    read: Headings
    notes: tuple[str, ...] = ()
    told: bool = False

    @property
    def data_from(self) -> int:
        """The index of its first row of data."""
        return self.read.data_from

    def heading_of(self, name: str) -> str:
        """What the sheet calls a column; where it has none, what such a ledger usually calls it."""
        found = next((place.heading for place in self.places if place.column.name == name), "")
        return found or next(column.headings[0] for column in self.template.columns if column.name == name)


def templates() -> tuple[Template, ...]:
    registers = [Template(r.code, r.title, r.columns, r.recognised_by) for r in REGISTERS]
    ledgers = [
        Template(
            f"{kind.code}.{number}" if number else kind.code,
            ledger.title,
            ledger.columns,
            ledger.recognised_by,
            kind,
            ledger,
        )
        for kind in KINDS.values()
        for number, ledger in enumerate(kind.ledgers)
    ]
    return (*registers, *ledgers)


def heading_key(text: str) -> str:
    """A heading without spaces, line breaks, brackets' width and the star of a required column."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    return words.strip("*:：·.、")


def split_unit(key: str, pattern: re.Pattern[str]) -> tuple[str, int]:
    """A heading and its unit: 协议涉及金额（万元） is 协议涉及金额 in 万元. Without a unit, 0."""
    if (found := pattern.search(key)) and (found[1] in UNITS or found[1] in COUNTING_UNITS):
        return heading_key(key[: found.start()]), UNITS.get(found[1], 1)
    return key, 0


def unit_in(heading: str) -> int:
    """The unit that a heading states, 0 if none."""
    key = heading_key(heading)
    return split_unit(key, UNIT)[1] or split_unit(key, BARE_UNIT)[1]


def with_unit(heading: str, place: Place, template: Template) -> str:
    """A heading that says of itself in which unit its amounts are."""
    field = template.kind.field_named.get(place.column.name) if template.kind else None
    if field is None or field.type is not FieldType.MONEY or unit_in(heading) == place.unit:
        return heading
    unit = next(name for name, yuan in UNITS.items() if yuan == place.unit)
    return heading if place.unit == 1 else f"{heading}（{unit}）"


TEMPLATES = templates()
BY_HEADING: dict[str, dict[str, Column]] = {
    template.code: {
        heading_key(heading): column for column in reversed(template.columns) for heading in column.headings
    }
    for template in TEMPLATES
}


@lru_cache(maxsize=10_000)
def column_called(template_code: str, heading: str) -> tuple[Column | None, int]:
    """The column that a heading names, and the unit it states."""
    known, whole = BY_HEADING[template_code], heading_key(heading)
    without_remark = heading_key(REMARK.sub("", whole))
    for key, unit in ((whole, 0), split_unit(whole, UNIT), split_unit(whole, BARE_UNIT), (without_remark, 0)):
        if column := known.get(key):
            return column, unit
    return None, 0


class SheetUnrecognised(ValueError):
    """No ledger or register has the headings of this sheet; the message names the nearest and what it misses.

    `template` is the nearest, if any, `read` how its headings were read for that.
    """

    def __init__(self, message: str, template: Template | None = None, read: Headings | None = None) -> None:
        super().__init__(message)
        self.template, self.read = template, read


def recognise(rows: Sequence[Sequence[Cell]], merges: Iterable[Merge] = ()) -> Recognised:
    """Find the row of headings among the first rows of a sheet, and what they are the headings of."""
    best: Recognised | None = None
    nearest: tuple[int, Template, Headings] | None = None
    for headings in readings(rows[:LOOK_WITHIN], tuple(merges)):
        general_unit = unit_above(rows[: headings.data_from - 1])
        for template in TEMPLATES:
            placed = placed_columns(template, headings, general_unit)
            names = {place.column.name for place in placed[0]}
            if names.issuperset(template.recognised_by):
                if best is None or len(names) > len(best.places):
                    best = recognised(template, headings, *placed)
            elif names and (nearest is None or len(names) > nearest[0]):
                nearest = (len(names), template, headings)
    if best:
        refuse_incomplete(best)
        return best
    if nearest is None:
        raise SheetUnrecognised(nothing_found(rows))
    raise SheetUnrecognised(missing_of(*nearest[1:]), *nearest[1:])


def refuse_incomplete(found: Recognised) -> None:
    """Without a column that every row must have, every row would be rejected: better said once."""
    names = {place.column.name for place in found.places}
    missing = [column.headings[0] for column in found.template.columns if column.required and column.name not in names]
    if missing:
        seen = "、".join(filter(None, found.headings))[:200]
        raise SheetUnrecognised(
            f"这是“{found.template.title}”，但缺少必需的列：{'、'.join(missing)}；读到的表头：{seen}",
            found.template,
            found.read,
        )


def recognised(
    template: Template, headings: Headings, places: Sequence[Place], repeated: Mapping[int, str]
) -> Recognised:
    words = [plain(ways[-1]) if ways else "" for ways in headings.ways]
    known = {place.index: with_unit(place.heading, place, template) for place in places}
    unread = [word for index, word in enumerate(words) if index not in known and index not in repeated]
    unread = [word for word in unread if word and word not in PASSED_OVER]
    notes = [*repeated.values(), *([f"未识别的列，内容不导入：{'、'.join(unread)}"[:500]] if unread else [])]
    words = [known.get(index, word) for index, word in enumerate(words)]
    return Recognised(template, tuple(places), tuple(words), headings, tuple(notes))


def unit_above(rows: Sequence[Sequence[Cell]]) -> int:
    """The unit of amounts that a line above the headings states (单位：万元); yuan where none does."""
    found = (UNIT_ABOVE.search(plain(cell)) for row in rows for cell in row if isinstance(cell, str))
    return next((UNITS[match[1]] for match in found if match), 1)


def readings(rows: Sequence[Sequence[Cell]], merges: Sequence[Merge]) -> Iterator[Headings]:
    """Every row read as headings, first alone, then as groups above the row that follows."""
    likely = [index for index, row in enumerate(rows) if sum(isinstance(cell, str) for cell in row) > 1]
    for index in likely:
        yield headings_at(index, 1, rows, merges)
    for index in likely:
        if index + 1 < len(rows):
            yield headings_at(index, 2, rows, merges)


def headings_at(index: int, depth: int, rows: Sequence[Sequence[Cell]], merges: Sequence[Merge]) -> Headings:
    """The headings in one row, or in two of which the upper holds groups."""
    if depth > 1:
        return Headings(grouped(index, rows[index], rows[index + 1], merges), index + 2, rows=2)
    return Headings(tuple((shown(cell),) if cell is not None else () for cell in rows[index]), index + 1)


def grouped(
    index: int, groups: Sequence[Cell], below: Sequence[Cell], merges: Sequence[Merge]
) -> tuple[tuple[str, ...], ...]:
    """Headings of two rows: 申请人 above 姓名 and 电话 is read as 申请人姓名, else as 姓名."""
    spread = [shown(cell) for cell in groups] + [""] * (len(below) - len(groups))
    for merge in merges:
        if merge.top == index and merge.left < len(spread):
            spread[merge.left : merge.right + 1] = [spread[merge.left]] * len(spread[merge.left : merge.right + 1])
    lower = [shown(cell) for cell in below] + [""] * (len(spread) - len(below))
    ways = []
    for group, own in zip(spread, lower, strict=True):
        options = (group + own, own) if group and own and group != own else (own or group,)
        ways.append(tuple(way for way in options if way))
    return tuple(ways)


def placed_columns(template: Template, headings: Headings, general_unit: int = 1) -> tuple[list[Place], dict[int, str]]:
    """The columns of a template that the headings name; of two with one meaning, the first is read."""
    places: dict[str, Place] = {}
    repeated: dict[int, str] = {}
    for index, ways in enumerate(headings.ways):
        for way in ways:
            column, unit = column_called(template.code, way)
            if column is None:
                continue
            if column.name in places:
                first = places[column.name].heading
                repeated[index] = f"“{plain(way)}”与“{first}”含义相同，只读取前者（第{index + 1}列未读取）"
            else:
                places[column.name] = Place(column, index, plain(way), unit or general_unit)
            break
    return list(places.values()), repeated


def likely_headings(rows: Sequence[Sequence[Cell]]) -> Headings:
    """The first row that is filled with words about as much as any."""
    words = [sum(isinstance(cell, str) for cell in row) for row in rows]
    most = max(words, default=0)
    index = next((index for index, count in enumerate(words) if count and count >= MOSTLY_FILLED * most), 0)
    return headings_at(index, 1, rows, ())


def nothing_found(rows: Sequence[Sequence[Cell]]) -> str:
    """Names what may be headings, and nothing of the rows below."""
    seen = "、".join(plain(ways[0]) for ways in likely_headings(rows).ways if ways)[:100]
    return f"没有找到可识别的表头（读到：{seen}）；可导入的有：{'、'.join(t.title for t in TEMPLATES)}"


def missing_of(template: Template, headings: Headings) -> str:
    found = {place.column.name for place in placed_columns(template, headings)[0]}
    missing = [c.headings[0] for c in template.columns if c.name in template.recognised_by and c.name not in found]
    seen = "、".join(plain(ways[0]) for ways in headings.ways if ways)[:200]
    return f"表头最接近“{template.title}”，但缺少：{'、'.join(missing)}；读到的表头：{seen}"
