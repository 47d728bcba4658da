"""Word files (.docx): their text in the order of the page, and for each piece of it the run it stands in."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.documents.grids import spanned
from reports.documents.refusing import (
    LARGEST_PART,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_PARTS,
    DocumentRefused,
    refuse_long,
)

Element = Any  # of lxml, which python-docx subclasses
BODY = "word/document.xml"
PARAGRAPH, TABLE, ROW, CELL, RUN = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc", "w:r"))
TEXT, TAB, BREAK, RETURN, HYPHEN = (qn(name) for name in ("w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen"))
AROUND = ("header", "footer", "footnotes", "endnotes")
NOTES = (qn("w:footnote"), qn("w:endnote"))
CELL_PROPERTIES, SPAN = qn("w:tcPr"), qn("w:gridSpan")
SHORT = 200
BOX = qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SAID = {TAB: "\t", BREAK: "\n", RETURN: "\n", HYPHEN: "-"}
HELD = frozenset(qn(name) for name in ("w:hyperlink", "w:ins", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple"))
BROKEN = (  # what zipfile raises for archives that are none:
    zipfile.BadZipFile,  # no directory, or a part whose sum or length is another than it says
    zipfile.LargeZipFile,
    NotImplementedError,  # parts packed in a way that it does not know, or that only later versions can unpack
    zlib.error,  # a part whose packing is broken
    EOFError,  # a part that ends before it should
    OSError,  # places in the file that are not in it
    ValueError,  # a time or a length that can't be one
)
DAMAGED = "Word文件已损坏，无法打开，请用Word或WPS重新保存后再核对"
OTHERS = {
    "xl/workbook.xml": "文件是Excel工作簿，不是报告；台账请用 import_ledger 导入",
    "ppt/presentation.xml": "文件是演示文稿，请把报告另存为Word文件（.docx）再核对",
    "OFD.xml": "OFD版式文件尚不能读取，请导出为PDF或Word文件（.docx）再核对",
    "content.xml": "OpenDocument文件请用Word或WPS另存为.docx再核对",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, and the run of the body where a remark on it can be fastened.

    The run `holds` just this stretch as one text where it can be divided; text in boxes has the run that the box is in.
    """

    start: int
    end: int
    run: Element
    holds: Element | None


@dataclass(slots=True)
class Reading:
    """The text as far as it was read."""

    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0
    fastens: bool = True

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def add_run(self, run: Element, anchor: Element | None) -> None:
        start, said = self.length, [child for child in run if child.tag == TEXT or child.tag in SAID]
        for child in said:
            self.add((child.text or "") if child.tag == TEXT else SAID[child.tag])
        refuse_long(self.length)
        if self.length > start and self.fastens:
            whole = [child for child in run if child.tag != qn("w:rPr")]
            single = len(whole) == 1 and whole[0].tag == TEXT and anchor is None
            self.pieces.append(
                Piece(start, self.length, run if anchor is None else anchor, whole[0] if single else None)
            )

    @property
    def text(self) -> str:
        return "".join(self.parts)


def open_word(content: bytes) -> WordFile:
    """The file, once nothing in it is larger or other than a report is."""
    refuse_bomb(content)
    try:
        return docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, TypeError, SyntaxError, AttributeError) as error:
        raise DocumentRefused(DAMAGED) from error


def refuse_bomb(content: bytes) -> None:
    """What the directory says is what is unpacked: a part that holds more than it says is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            names = {info.filename for info in infos}
            if BODY not in names:
                raise DocumentRefused(next((said for name, said in OTHERS.items() if name in names), NO_WORD))
            if any(info.flag_bits & 1 for info in infos):
                raise DocumentRefused("Word文件已加密，请取消密码后再核对")
            unpacked, largest = sum(info.file_size for info in infos), max(info.file_size for info in infos)
            if len(infos) > MOST_PARTS or unpacked > LARGEST_UNPACKED or largest > LARGEST_PART:
                raise DocumentRefused(
                    f"Word文件解压后过大（{unpacked // MEGABYTE}MB），请删去图片和附件，或按章节拆分后再核对"
                )
            for info in infos:
                refuse_entities(parts.read(info), info.filename)
    except BROKEN as error:
        raise DocumentRefused(DAMAGED) from error


NO_WORD = "文件是压缩包，不是Word文件，请解压后逐个核对"


def refuse_entities(part: bytes, name: str) -> None:
    """Word writes no document types; who does has entities in mind."""
    if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in part or "<!DOCTYPE".encode("utf-16-le") in part):
        raise DocumentRefused(
            "Word文件里有文档类型声明（DOCTYPE），不是Word所写，不能读取，请用Word或WPS重新保存后再核对"
        )


def read_word(word: WordFile) -> Reading:
    """The body; then, once each, heads and feet of pages and notes, where no remark can be fastened."""
    reading = Reading()
    read_blocks(word.element.body, reading, None)
    said: set[str] = set()
    for root in around(word):
        apart = Reading(fastens=False)
        read_blocks(root, apart, None)
        if apart.text.strip() and apart.text not in said:
            said.add(apart.text)
            reading.add(apart.text)
            refuse_long(reading.length)
    return reading


def around(word: WordFile) -> Iterator[Element]:
    """The heads and feet of pages, and each note; lines that only part the notes from the text are none."""
    for relation in word.part.rels.values():
        name = relation.reltype.rpartition("/")[2]
        if relation.is_external or name not in AROUND:
            continue
        root = parse_xml(relation.target_part.blob)
        notes = [note for note in root.iterchildren(*NOTES) if note.get(qn("w:type")) in (None, "normal")]
        yield from notes if name.endswith("notes") else [root]


def read_blocks(parent: Element, reading: Reading, anchor: Element | None) -> None:
    """Paragraphs and tables in their order, also within what holds them together (content controls)."""
    for block in parent:
        if block.tag == PARAGRAPH:
            read_paragraph(block, reading, anchor)
        elif block.tag == TABLE:
            read_table(block, reading, anchor)
        elif block.tag in HELD:
            read_blocks(block, reading, anchor)


def read_paragraph(paragraph: Element, reading: Reading, anchor: Element | None) -> None:
    """A line; the boxes that hang on it follow below it."""
    runs = list(runs_in(paragraph))
    for run in runs:
        reading.add_run(run, anchor)
    reading.add("\n")
    for run in runs:
        for box in boxes_in(run):
            read_blocks(box, reading, run if anchor is None else anchor)


def runs_in(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == RUN:
            yield child
        elif child.tag in HELD:
            yield from runs_in(child)


def boxes_in(run: Element) -> Iterator[Element]:
    """The text boxes of a run, each once: what older versions of Word are shown instead is the same again."""
    for box in run.iter(BOX):
        outer = list(box.iterancestors())
        inner = outer[: outer.index(run)]
        if not any(each.tag in (FALLBACK, BOX) for each in inner):
            yield box


def read_table(table: Element, reading: Reading, anchor: Element | None) -> None:
    """A row a line, its cells apart."""
    for row in table.iterchildren(ROW):
        for cell in row.iterchildren(CELL):
            read_cell(cell, reading, anchor)
        reading.add("\n")


def read_cell(cell: Element, reading: Reading, anchor: Element | None) -> None:
    """A cell of a few words is one piece of its row's line, whatever breaks it; one of passages keeps its lines."""
    before, start = len(reading.parts), reading.length
    read_blocks(cell, reading, anchor)
    if len(reading.parts) > before and reading.parts[-1] == "\n":
        reading.parts[-1] = "\t"
    if reading.length - start <= SHORT and cell.find(f".//{TABLE}") is None:
        reading.parts[before:] = [" " if part == "\n" else part for part in reading.parts[before:]]
    reading.add("\t" * (columns(cell) - 1))


def columns(cell: Element) -> int:
    """How many columns a cell spans."""
    span = cell.find(f"{CELL_PROPERTIES}/{SPAN}")
    return spanned(span.get(qn("w:val"), "1")) if span is not None else 1
