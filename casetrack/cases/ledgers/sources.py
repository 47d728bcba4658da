"""The files of one import, opened and put in the order in which they must be taken in: registers before cases."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from casetrack.cases.ledgers.cells import plain
from casetrack.cases.ledgers.mapping import Said
from casetrack.cases.ledgers.outline import Outline, outline_of
from casetrack.cases.ledgers.recognise import TEMPLATES
from casetrack.cases.ledgers.reports import ImportReport, Unread
from casetrack.cases.ledgers.tables import SheetStrange, Table, table_of
from casetrack.cases.ledgers.workbooks import FileRefused, Sheet, open_book

ORDER = {template.code: place for place, template in enumerate(TEMPLATES)}
REGION_IN_TITLE = re.compile(
    r"^([一-鿿]{2,20}?(?:自治县|自治旗|自治州|县|区|市|旗|州|盟|省))(?:司法局|信访局)?(?:19|20)\d\d年"
)


EMPTY = "文件中没有任何内容，请核对是否选对了文件、是否已保存"
LEFT_OUT = "按您的选择没有导入"
NO_SUCH_SHEET = "文件中没有这张工作表，请核对对照里的文件名和工作表名"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was sent."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """One recognised sheet of a file."""

    source: Source
    table: Table

    @property
    def place(self) -> int:
        return ORDER[self.table.recognised.template.code]


def parts_of(sources: Sequence[Source], report: ImportReport, said: Said) -> list[Part]:
    """The sheets to take in, registers first; what can't be read goes into the report."""
    parts: list[Part] = []
    for source in sources:
        try:
            found, strange = sheets_of(source, report, said)
        except FileRefused as refused:
            report.unread.append(Unread(source.name, str(refused)))
            continue
        parts.extend(found)
        if found:
            report.notes.extend(strange)
        else:
            report.unread.extend(strange or [Unread(source.name, EMPTY)])
    report.unread.extend(Unread(each.file or "对照", NO_SUCH_SHEET, each.sheet) for each in said.unused)
    return sorted(parts, key=lambda part: part.place)


def sheets_of(source: Source, report: ImportReport, said: Said) -> tuple[list[Part], list[Unread]]:
    found: list[Part] = []
    strange: list[Unread] = []
    book = open_book(source.content)
    report.notes.extend(Unread(source.name, note) for note in book.notes)
    for sheet in book.sheets:
        told = said.of(source.name, sheet.name)
        if told and not told.ledger:
            strange.append(Unread(source.name, LEFT_OUT, sheet.name, outline_in(sheet)))
            continue
        try:
            table = table_of(sheet, told, said.remembered)
        except SheetStrange as unlike:
            strange.append(Unread(source.name, str(unlike), sheet.name, unlike.outline))
            continue
        if table:
            found.append(Part(source, table))
    return found, strange


def outline_in(sheet: Sheet) -> Outline | None:
    """What a sheet that was left out may yet be read as."""
    try:
        table = table_of(sheet)
    except SheetStrange as unlike:
        return unlike.outline
    return outline_of(table.recognised) if table else None


def region_named(parts: Sequence[Part]) -> str:
    """What the titles call the region (秦安县2019年…台账); empty where they don't."""
    for part in parts:
        if found := REGION_IN_TITLE.match(plain(part.table.title).replace(" ", "")):
            return found[1]
    return ""
