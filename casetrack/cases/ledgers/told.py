"""A sheet read as its sender says, wherever its headings stand and however many rows they take. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from casetrack.cases.ledgers.cells import WRITTEN_DATE, Cell, plain, shown
from casetrack.cases.ledgers.mapping import MappedColumn, SheetMapping
from casetrack.cases.ledgers.recognise import (
    LOOK_WITHIN,
    Headings,
    Place,
    Recognised,
    SheetUnrecognised,
    Template,
    column_called,
    heading_key,
    headings_at,
    placed_columns,
    readings,
    recognised,
    refuse_incomplete,
    unit_above,
    unit_in,
    with_unit,
)
from casetrack.cases.ledgers.workbooks import Merge
from casetrack.lib.masking import LONG_NUMBER, masked_within

LONGEST_HEADING = 60
NOT_READ = "不导入："


def heading_shown(text: str) -> str:
    """A heading as it is shown and kept: what is no heading may hold somebody's number, or a whole page."""
    return masked_within(plain(text))[:LONGEST_HEADING]


def digest_of(read: Headings) -> str:
    """The same for all sheets with these headings in this order, wherever they stand."""
    keys = [heading_key(heading_shown(ways[0])) if ways else "" for ways in read.ways]
    while keys and not keys[-1]:
        keys.pop()
    return hashlib.sha256(json.dumps([read.rows, keys], ensure_ascii=False).encode()).hexdigest()


def remembered_for(
    rows: Sequence[Sequence[Cell]], merges: Iterable[Merge], remembered: Mapping[str, SheetMapping]
) -> SheetMapping | None:
    """What was once said of a sheet with the same headings."""
    for read in readings(rows[:LOOK_WITHIN], tuple(merges)) if remembered else ():
        if said := remembered.get(digest_of(read)):
            return replace(said, heading_row=read.data_from - read.rows + 1, heading_rows=read.rows)
    return None


def read_as_told(rows: Sequence[Sequence[Cell]], merges: Iterable[Merge], said: SheetMapping) -> Recognised:
    """Read a sheet as its mapping says. Raises SheetUnrecognised where it has no such headings."""
    looked_at = rows[:LOOK_WITHIN]
    candidates = candidates_of(looked_at, tuple(merges), said)
    if said.columns is None:
        return by_headings(said.template, candidates, rows)
    refused: SheetUnrecognised | None = None
    for headings in candidates:
        try:
            places = places_told(said, said.columns, headings, unit_above(rows[: headings.data_from - headings.rows]))
        except SheetUnrecognised as unlike:
            refused = refused or unlike
            continue
        return told(said.template, headings, places, looked_at)
    raise refused or SheetUnrecognised("表中没有可作表头的行，请核对后改正对照", said.template)


def candidates_of(rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], said: SheetMapping) -> list[Headings]:
    if not said.heading_row:
        return list(readings(rows, merges))
    if said.heading_row + said.heading_rows - 1 > len(rows):
        raise SheetUnrecognised(f"对照写的表头在第{said.heading_row}行，但表中没有这么多行，请核对", said.template)
    below = said.heading_row + said.heading_rows - 2
    if any(map(is_entry, rows[below])):  # of a case: nothing of it shall be kept as if it were a heading
        raise SheetUnrecognised(f"第{below + 1}行有日期或号码，不像表头，请核对表头在第几行", said.template)
    return [headings_at(said.heading_row - 1, said.heading_rows, rows, merges)]


def is_entry(cell: Cell) -> bool:
    """Whether a cell holds a day or somebody's number, as no heading does."""
    if isinstance(cell, date):
        return True
    text = plain(shown(cell))
    return bool(WRITTEN_DATE.fullmatch(text) or LONG_NUMBER.search(text))


def by_headings(template: Template, candidates: Sequence[Headings], rows: Sequence[Sequence[Cell]]) -> Recognised:
    """The columns by their headings, as of a ledger that needs no telling which it is."""
    best: Recognised | None = None
    for headings in candidates:
        placed = placed_columns(template, headings, unit_above(rows[: headings.data_from - headings.rows]))
        if best is None or len(placed[0]) > len(best.places):
            best = recognised(template, headings, *placed)
    if best is None:
        raise SheetUnrecognised("表中没有可作表头的行，请核对后改正对照", template)
    refuse_incomplete(best)
    return best


def places_told(
    said: SheetMapping, columns: Sequence[MappedColumn], headings: Headings, general_unit: int
) -> list[Place]:
    fields = {column.name: column for column in said.template.columns}
    places = []
    for column in columns:
        index, way = found(column, headings, said.template)
        if column.field:
            places.append(Place(fields[column.field], index, plain(way), unit_in(way) or general_unit))
    if twice := {place.index for place in places if sum(each.index == place.index for each in places) > 1}:
        raise SheetUnrecognised(f"对照中第{min(twice) + 1}列写了两次，请只留一次", said.template, headings)
    return sorted(places, key=lambda place: place.index)


def found(column: MappedColumn, headings: Headings, template: Template) -> tuple[int, str]:
    """Where a heading stands, and in which words."""
    wanted = heading_key(heading_shown(column.heading))
    at = [column.column - 1] if column.column else range(len(headings.ways))
    fitting = [
        (index, way)
        for index in at
        for way in (headings.ways[index] if index < len(headings.ways) else ()) or ("",)
        if not wanted or heading_key(heading_shown(way)) == wanted
    ]
    if len({index for index, _ in fitting}) == 1:
        return fitting[0]
    if fitting:
        reason = f"有{len({index for index, _ in fitting})}列的表头都是“{column.heading}”，请写明是第几列"
    else:
        where = f"第{column.column}列的表头不是" if column.column else "表中没有表头"
        seen = "、".join(filter(None, (heading_shown(ways[0]) for ways in headings.ways if ways)))[:200]
        reason = f"{where}“{column.heading}”，对照与文件不符，请重新对照；读到的表头：{seen}"
    raise SheetUnrecognised(reason, template, headings)


def told(template: Template, headings: Headings, places: Sequence[Place], rows: Sequence[Sequence[Cell]]) -> Recognised:
    """What was read, with headings under which its rejected rows are understood when they are sent once more."""
    at = {place.index: place for place in places}
    words = []
    for index, ways in enumerate(headings.ways):
        heading = plain(ways[0]) if ways else ""
        place = at.get(index)
        words.append(with_unit(place.column.headings[0], place, template) if place else left_out(template, heading))
    left = [heading_shown(ways[0]) for index, ways in enumerate(headings.ways) if ways and index not in at]
    notes = ("按对照读取各列", *([f"按对照不导入的列：{'、'.join(left)}"[:500]] if left else []))
    return Recognised(template, tuple(places), tuple(words), headings, notes, told=True)


def left_out(template: Template, heading: str) -> str:
    return f"{NOT_READ}{heading}" if column_called(template.code, heading)[0] else heading
