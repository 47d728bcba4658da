"""What was sent may be anything: it is refused in a sentence, and never eats the machine."""

import io
import zipfile

import pytest

from casetrack.cases.ledgers import workbooks
from casetrack.cases.ledgers.tables import table_of
from casetrack.cases.ledgers.workbooks import FileRefused, open_book
from casetrack.lib.file_types import OLE2
from tests.cases.ledgers.books import DISPUTE, book

FARTHEST = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def repacked(content: bytes, part: str, change: tuple[bytes, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            text = parts.read(name)
            packed.writestr(name, text.replace(*change) if name == part else text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\xef\xbb\xbf", "空的"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (OLE2 + b"\0" * 600 + workbooks.ENCRYPTED, "已加密"),
        (OLE2 + b"\0" * 600, "已损坏"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "不是Excel工作簿"),
        (b"%PDF-1.4\n\xff\xfe\x00", "不是Excel工作簿"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        list(open_book(content).sheets)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("readme.txt", "hello")

    with pytest.raises(FileRefused, match="不是Excel工作簿"):
        list(open_book(out.getvalue()).sheets)


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_FILE", 1000)

    with pytest.raises(FileRefused, match="文件过大"):
        open_book(book([list(DISPUTE)]))


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(workbooks.LARGEST_UNPACKED // workbooks.MEGABYTE + 1):
            part.write(b"\0" * workbooks.MEGABYTE)

    with pytest.raises(FileRefused, match="解压后过大"):
        open_book(out.getvalue())


def test_a_cell_in_the_farthest_corner_is_refused() -> None:
    content = repacked(book([list(DISPUTE)]), "xl/worksheets/sheet1.xml", (b"</sheetData>", FARTHEST))

    with pytest.raises(FileRefused, match="工作表过大（1048576行、16384列）"):
        open_book(content)


def test_formatting_down_to_the_last_row_does_no_harm() -> None:
    formatted = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = repacked(book([list(DISPUTE), ["1号"]]), "xl/worksheets/sheet1.xml", (b"</sheetData>", formatted))

    (sheet,) = open_book(content).sheets

    found = table_of(sheet)
    assert found
    assert [row.number for row in found.rows] == [2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_ledger_may_come_as_comma_separated_text(encoding: str) -> None:
    text = "编号,受理日期,调解组织,纠纷类型,调解结果\r\n1号,2024-3-1,甲调委会,邻里,调解中\r\n"

    (sheet,) = open_book(text.encode(encoding)).sheets

    found = table_of(sheet)
    assert found
    assert [row.cells[0] for row in found.rows] == ["1号"]
