"""PDF: the text of its pages in order. Scanned pages have none, and are refused in words that say what to do."""

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import PdfiumError, raw

from reports.documents.refusing import MOST_PAGES, DocumentRefused, refuse_long

PAGE_NUMBER = re.compile(r"\s*(?:[-—–－·]{0,2}\s*\d{1,4}\s*[-—–－·]{0,2}|第\s*\d{1,4}\s*页.{0,12})\s*")
UNSEEN = str.maketrans({"\r": None, "\x00": None, "\ufffe": None, "\u00ad": None})
FEWEST = 10  # characters a page: stamps and page numbers of scanned pages come to less
PASSWORD = "PDF文件设有密码，请取消密码后再核对"  # noqa: S105 - what is said of one


def text_of_pdf(content: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(content)
    except PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise DocumentRefused(PASSWORD) from error
        raise DocumentRefused("PDF文件已损坏，无法打开，请重新导出后再核对") from error
    count = len(document)
    if count > MOST_PAGES:
        raise DocumentRefused(f"PDF文件有{count}页，最多{MOST_PAGES}页，请按章节拆分后分别核对")
    text = "".join(texts_of(document))
    if len("".join(text.split())) < FEWEST * max(1, min(count, 5)):
        raise DocumentRefused(
            "PDF文件里没有文字，可能是扫描件或图片，请提供由Word等软件导出的PDF或Word文件，或先作文字识别（OCR）再核对"
        )
    return text


def texts_of(document: pypdfium2.PdfDocument) -> Iterator[str]:
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_range(errors="ignore")
            page.close()
        except PdfiumError as error:
            raise DocumentRefused(f"PDF文件的第{number + 1}页已损坏，无法读取，请重新导出后再核对") from error
        length += len(text)
        refuse_long(length)
        yield without_number(text.translate(UNSEEN))


def without_number(text: str) -> str:
    """A page without its number, which would stand in the middle of a sentence that goes on overleaf."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    for place in (0, -1):
        if lines and PAGE_NUMBER.fullmatch(lines[place]):
            lines.pop(place)
    return "\n".join(lines) + "\n" if lines else ""
