"""Opening a file that somebody sent: .xlsx, .xls or .csv into sheets of cells; a hostile one is refused unread."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from casetrack.cases.ledgers.cells import Cell
from casetrack.lib.file_types import BROKEN, OLE2, ZIP
from casetrack.lib.formulas import as_it_was

MEGABYTE = 2**20
LARGEST_FILE = 100 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
MOST_PARTS = 2_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
MOST_CELLS = 20_000_000
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
FAR = re.compile(rb"""\br=["'](?:[A-Z]{2,}\d|[A-Z]?\d{6})""")
FILLED = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class FileRefused(ValueError):
    """A file that can't be read as a ledger; the message says why and what to send instead."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, by zero-based rows and columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet, its rows from the first line of the file on."""

    name: str
    rows: Iterator[list[Cell]]
    merges: tuple[Merge, ...] = ()
    height: int = 0


@dataclass(slots=True)
class Book:
    """The sheets of a file, each read when its turn comes, and what was left out."""

    sheets: Iterator[Sheet]
    notes: list[str] = field(default_factory=list)


def open_book(content: bytes) -> Book:
    """The sheets of a file, whatever it is called: what it is shows in its first bytes."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(f"文件过大（{len(content) // MEGABYTE}MB），最多{LARGEST_FILE // MEGABYTE}MB，请拆分后再导入")
    if not content.strip():
        raise FileRefused("文件是空的")
    if content.startswith(ZIP):
        refuse_bomb(content)
    elif content.startswith(OLE2):
        if ENCRYPTED in content:
            raise FileRefused("文件已加密，请在Excel中取消密码后另存再导入")
    else:
        rows = csv_rows(content)
        return Book(iter([Sheet("CSV", iter(rows), height=len(rows))]))
    return excel_book(content)


def refuse_bomb(content: bytes) -> None:
    """Unpack every part once and throw it away, so that nothing larger than it says ever reaches the reader."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise FileRefused(f"文件解压后过大，最多{LARGEST_UNPACKED // MEGABYTE}MB，请拆分后再导入")
            if any(info.flag_bits & 1 for info in infos):
                raise FileRefused("文件已加密，请取消密码后再导入")
            for info in infos:
                unpacked = parts.read(info)
                if SHEET_PART.fullmatch(info.filename):
                    refuse_sprawl(unpacked)
    except FileRefused:
        raise
    except BROKEN as error:
        raise FileRefused("文件已损坏，无法打开，请用Excel重新保存后再导入") from error


def refuse_sprawl(xml: bytes) -> None:
    """A single cell in the farthest corner would make the reader lay out all the emptiness before it."""
    if not FAR.search(xml):
        return
    rows, columns = [0], [0]
    for letters, digits in set(FILLED.findall(xml)):
        rows.append(int(digits))
        columns.append(column_number(letters))
    refuse_size(max(rows), max(columns))


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def refuse_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise FileRefused(
            f"工作表过大（{rows}行、{columns}列），最多{MOST_ROWS}行、{MOST_COLUMNS}列，请删除多余的空白区域或拆分"
        )


def excel_book(content: bytes) -> Book:
    with readable("文件不是Excel工作簿或已损坏，请用Excel另存为.xlsx后再导入"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        kinds = book.sheets_metadata
    visible = [kind.name for kind in kinds if kind.typ == SheetTypeEnum.WorkSheet and is_visible(kind.visible)]
    hidden = [kind.name for kind in kinds if not is_visible(kind.visible)]
    return Book((excel_sheet(book, name) for name in visible), [f"隐藏的工作表“{name}”未读取" for name in hidden])


@contextmanager
def readable(otherwise: str) -> Iterator[None]:
    """What the reader makes of a broken file, in words for the one who sent it."""
    try:
        yield
    except PasswordError as error:
        raise FileRefused("文件已加密，请在Excel中取消密码后另存再导入") from error
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefused(otherwise) from error
    except BaseException as panic:
        if (
            type(panic).__name__ != "PanicException"
        ):  # a crash of the reader is no Exception, and has no importable name
            raise
        raise FileRefused(otherwise) from panic


def is_visible(state: SheetVisibleEnum) -> bool:
    return state == SheetVisibleEnum.Visible


def excel_sheet(book: CalamineWorkbook, name: str) -> Sheet:
    with readable(f"工作表“{name}”已损坏，无法读取，请用Excel重新保存后再导入"):
        sheet = book.get_sheet_by_name(name)
    refuse_size(sheet.total_height, sheet.total_width)
    merges = tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Sheet(name, excel_rows(sheet), merges, sheet.total_height)


def excel_rows(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Rows with the columns before the first filled one, which the reader leaves out."""
    before: list[Cell] = [None] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield before + [None if cell == "" else cell for cell in row]


def csv_rows(content: bytes) -> list[list[Cell]]:
    try:
        rows = list(csv.reader(io.StringIO(decoded(content), newline="")))
    except csv.Error as error:
        raise FileRefused("文件不是Excel工作簿，也不是逗号分隔的文本，请用Excel另存为.xlsx后再导入") from error
    if not rows:
        raise FileRefused("文件是空的")
    refuse_size(len(rows), max(len(row) for row in rows))
    read = ([as_it_was(cell) for cell in row] for row in rows)
    return [[cell if cell.strip() else None for cell in row] for row in read]


def decoded(content: bytes) -> str:
    """Chinese Excel saves CSV in GB 18030, others in UTF-8."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileRefused("文件不是Excel工作簿，也不是文本，请用Excel另存为.xlsx后再导入")
