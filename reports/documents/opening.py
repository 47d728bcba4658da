"""A file as a document: what it is shows in its content, and what can't be read is refused with the way out."""

from casetrack.lib.file_types import OLE2, PDF, ZIP
from reports.documents.document import Document, Format
from reports.documents.pages import text_of_page
from reports.documents.plain import decoded, without_markup
from reports.documents.portable import text_of_pdf
from reports.documents.refusing import LARGEST_FILE, MEGABYTE, DocumentRefused, refuse_long
from reports.documents.word import open_word, read_word

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
PDF_WITHIN = 1024  # bytes that may stand before the head of a PDF
MARKDOWN_NAMES = (".md", ".markdown")
PAGE_NAMES = (".html", ".htm", ".xhtml")
PAGE_STARTS = ("<!doctype html", "<html", "<?xml")


def read_document(content: bytes, name: str) -> Document:
    """The text of a file."""
    if len(content) > LARGEST_FILE:
        raise DocumentRefused(f"文件过大（{len(content) // MEGABYTE}MB），最多{LARGEST_FILE // MEGABYTE}MB")
    if not content.strip():
        raise DocumentRefused("文件是空的")
    found = read_by_content(content, name.lower())
    refuse_long(len(found.text))
    if not found.text.strip():
        raise DocumentRefused("文件里没有文字，可能只有图片，请提供有文字的文件，或先作文字识别（OCR）再核对")
    return found


def read_by_content(content: bytes, name: str) -> Document:
    if content.startswith(ZIP):
        text = read_word(open_word(content)).text
        return Document(Format.WORD, text, text)
    if PDF in content[:PDF_WITHIN]:
        text = text_of_pdf(content)
        return Document(Format.PDF, text, text)
    refuse_others(content)
    if name.endswith(PAGE_NAMES) or looks_like_page(content):
        text = text_of_page(content)
        return Document(Format.PAGE, text, text)
    text = decoded(content)
    if "\x00" in text:
        raise DocumentRefused("文件不是文本，也不是能读取的格式；可以核对.txt、.md、.html、.docx和.pdf文件")
    if name.endswith(MARKDOWN_NAMES):
        return Document(Format.MARKDOWN, text, without_markup(text))
    return Document(Format.TEXT, text, text)


def refuse_others(content: bytes) -> None:
    if content.startswith(OLE2):
        if ENCRYPTED in content:
            raise DocumentRefused("文件已加密，请取消密码后另存再核对")
        raise DocumentRefused("文件是旧版Office格式（.doc、.wps等），请用Word或WPS另存为.docx再核对")
    if content.startswith(IMAGES):
        raise DocumentRefused("文件是图片，请提供有文字的文件，或先作文字识别（OCR）再核对")
    if content.startswith(b"{\\rtf"):
        raise DocumentRefused("文件是RTF格式，请用Word或WPS另存为.docx再核对")


def looks_like_page(content: bytes) -> bool:
    return content[:200].decode("latin-1").lstrip("\xef\xbb\xbf \r\n\t").lower().startswith(PAGE_STARTS)
