"""Files that can't be read, by mistake or on purpose, are refused in words that say what to do."""

import io
import zipfile

import pytest

from reports.documents import apart, refusing
from reports.documents.opening import read_document
from reports.documents.refusing import DocumentRefused
from tests.reports.documents.making import pdf, with_part, word, zipped

DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXT = "受理信访事项126件。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"  \n", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), r"旧版Office格式.*另存为\.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "已加密，请取消密码"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "是图片.*文字识别"),
        (b"{\\rtf1 \\ansi}", "RTF格式.*另存为"),
        (b"\x00\x01\x02\x03" * 40, "不是文本"),
        (b"\x81\xff" * 40, "编码无法识别"),
        (b"%PDF-1.7 and nothing else", "PDF文件已损坏"),
        (b"<html><body><img src=a></body></html>", "没有文字"),
        (b"PK\x03\x04 and nothing else", "Word文件已损坏"),
        (zipped({"a.txt": b"1"}), "压缩包"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "Excel工作簿.*import_ledger"),
        (zipped({"OFD.xml": b"<a/>"}), "OFD版式文件.*导出为PDF"),
        (zipped({"word/document.xml": b"<a/>"}), "Word文件已损坏"),
    ],
)
def test_what_is_no_report_is_refused_with_the_way_out(content: bytes, message: str) -> None:
    with pytest.raises(DocumentRefused, match=message):
        read_document(content, "报告")


def test_a_relation_that_leads_nowhere_is_damaged() -> None:
    """Found by chance: the library joins a target that isn't there."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    nowhere = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{office}/styles"/></Relationships>'

    with pytest.raises(DocumentRefused, match="已损坏"):
        read_document(with_part(word(TEXT), "word/_rels/document.xml.rels", nowhere.encode()), "a.docx")


def test_entities_are_refused_unread() -> None:
    with pytest.raises(DocumentRefused, match="DOCTYPE"):
        read_document(with_part(word(TEXT), "word/document.xml", DOCTYPE), "a.docx")


def test_a_part_that_unpacks_to_more_than_any_report_is_refused() -> None:
    bomb = with_part(word(TEXT), "word/media/image1.png", bytes(61 * refusing.MEGABYTE))

    with pytest.raises(DocumentRefused, match="解压后过大"):
        read_document(bomb, "a.docx")

    assert len(bomb) < refusing.MEGABYTE


def test_a_part_that_holds_more_than_it_says_is_damaged() -> None:
    honest = with_part(word(TEXT), "word/media/a.bin", bytes(5_000_000))
    size = (5_000_000).to_bytes(4, "little")

    with pytest.raises(DocumentRefused, match="已损坏"):
        read_document(honest.replace(size, (10).to_bytes(4, "little")), "a.docx")


def test_an_encrypted_part_is_refused() -> None:
    file = bytearray(zipped({"word/document.xml": b"<a/>"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        file[file.index(signature) + place] |= 1

    assert zipfile.is_zipfile(io.BytesIO(file))
    with pytest.raises(DocumentRefused, match="已加密"):
        read_document(bytes(file), "a.docx")


def test_a_page_of_a_million_open_tags_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="层次过深"):
        read_document(b"<html>" + b"<div>" * 1_000_000 + TEXT.encode(), "a.html")


def test_a_table_of_more_text_than_any_report_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="文字过多，最多100万字"):
        read_document(("<table>" + "<tr><td>12345</td><td>67890</td></tr>" * 100_000).encode(), "a.html")


def test_a_scanned_pdf_is_told_to_be_recognised() -> None:
    with pytest.raises(DocumentRefused, match="扫描件.*OCR"):
        read_document(pdf([[], ["1"]]), "a.pdf")


def test_a_locked_pdf_is_told_to_be_unlocked() -> None:
    with pytest.raises(DocumentRefused, match="设有密码"):
        read_document(pdf([[TEXT]], locked=True), "a.pdf")


def test_a_pdf_of_thousands_of_pages_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="1001页，最多1000页"):
        read_document(pdf([[TEXT]] * 1_001), "a.pdf")


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="文件过大（51MB），最多50MB"):
        apart.read(bytes(51 * refusing.MEGABYTE), "a.txt")


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(DocumentRefused, match="用时过长"):
        apart.told({"do": "read", "name": "a.txt"}, TEXT.encode(), patience=0.01)


def test_what_breaks_the_reader_breaks_nothing_of_ours() -> None:
    with pytest.raises(DocumentRefused, match="内容损坏"):
        apart.told({"do": "nothing that there is"}, TEXT.encode())


def test_a_refusal_comes_back_from_the_process_apart() -> None:
    with pytest.raises(DocumentRefused, match="PDF文件已损坏"):
        apart.read(b"%PDF-1.7 and nothing else", "a.pdf")
