"""A draft in an office's own Word file: letterhead, number of the document, signature and seal stay where they are.

The file says by {{正文}}, in a paragraph of its own, where the report goes, and may name other words of the draft.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from casetrack.lib.os_errors import reason_of
from reports.books.wording import chinese_day
from reports.documents.refusing import MEGABYTE, DocumentRefused
from reports.documents.word import Element, open_word
from reports.drafting.document import (
    HEADING_FONTS,
    as_body,
    as_heading,
    as_title,
    saved,
    write_appendix,
    write_text,
)
from reports.drafting.references import TemplateRefused
from reports.drafting.writing import Draft

REPORT, APPENDIX, TITLE, DAY = "正文", "附录", "标题", "日期"
MARK = re.compile(r"\{\{\s*([^{}]{0,20}?)\s*\}\}")
TEXT, PARAGRAPH = qn("w:t"), qn("w:p")
BODY_STYLE = "报告正文"
FACTS = ("地区", "统计期", "截止日", "所知日", "版次")
LARGEST = 10 * MEGABYTE


def framed(draft: Draft, frame: Path) -> bytes:
    """The file with the draft in it; equal drafts in equal frames give equal bytes. Raises TemplateRefused."""
    return framed_in(draft, content_of(frame), frame.name)


def framed_in(draft: Draft, content: bytes, file: str) -> bytes:
    """The same for a file that is at hand; `file` is what it is called."""
    made = opened(content, file)
    report, appendix = (marked(made, name, file, needed=name == REPORT) for name in (REPORT, APPENDIX))
    told = dict.fromkeys(FACTS, "") | dict(draft.facts) | {TITLE: draft.title, DAY: chinese_day(draft.dated)}
    titled = fill(made, told, file)
    add_styles(made)
    assert report is not None
    between(made, report, lambda: write_text(made, draft, BODY_STYLE, titled=not titled))
    between(made, appendix, lambda: write_appendix(made, draft, BODY_STYLE, apart=appendix is None))
    return saved(made, draft)


def content_of(frame: Path) -> bytes:
    try:
        with frame.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as problem:
        raise TemplateRefused(f"无法读取框架文件“{frame}”：{reason_of(problem)}；请核对路径") from problem


def opened(content: bytes, file: str) -> WordDocument:
    if len(content) > LARGEST:
        raise TemplateRefused(f"框架文件“{file}”超过{LARGEST // MEGABYTE}MB，请删去其中的图片")
    if not content.startswith(b"PK"):
        raise TemplateRefused(f"框架文件“{file}”不是Word文件（.docx），请用Word或WPS另存为.docx")
    try:
        return open_word(content)
    except DocumentRefused as refused:
        raise TemplateRefused(f"框架文件“{file}”无法使用：{refused}") from refused


def marked(made: WordDocument, name: str, file: str, *, needed: bool) -> Paragraph | None:
    """The paragraph that is nothing but the mark."""
    found = [each for each in made.paragraphs if (mark := MARK.fullmatch(each.text.strip())) and mark[1] == name]
    if len(found) > 1 or (needed and not found):
        count = f"有{len(found)}处" if found else "没有"
        raise TemplateRefused(
            f"框架文件“{file}”中{count}单独成段的“{{{{{name}}}}}”，应有且只有一处；请在放置{name}的位置另起一段写上它"
        )
    return found[0] if found else None


def between(made: WordDocument, mark: Paragraph | None, write: Callable[[], None]) -> None:
    """Write where the mark stands, which goes; at the end where there is none."""
    before = len(made.element.body)
    write()
    if mark is not None:
        written = list(made.element.body)[before - 1 : -1]  # the last is the section's own
        for each in written:
            mark._p.addprevious(each)
        mark._p.getparent().remove(mark._p)


def fill(made: WordDocument, told: Mapping[str, str], file: str) -> bool:
    """Put words for the other marks, also in heads and feet of pages; whether the title was among them."""
    names: set[str] = set()

    def said(found: re.Match[str]) -> str:
        if found[1] in (REPORT, APPENDIX):
            return found[0]
        if found[1] not in told:
            known = "、".join((REPORT, APPENDIX, TITLE, DAY, *FACTS))
            raise TemplateRefused(f"框架文件“{file}”中的“{found[0]}”没有对应的内容；可用的有：{known}")
        names.add(found[1])
        return told[found[1]]

    for paragraph in paragraphs_of(made):
        texts = list(paragraph.iter(TEXT))
        for each in texts:
            each.text = MARK.sub(said, each.text or "")
        whole = "".join(each.text for each in texts)
        if (replaced := MARK.sub(said, whole)) != whole:  # what Word keeps in several runs loses their differences
            texts[0].text = replaced
            for each in texts[1:]:
                each.text = ""
    return TITLE in names


def paragraphs_of(made: WordDocument) -> Iterator[Element]:
    yield from made.element.body.iter(PARAGRAPH)
    for section in made.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part._element.iter(PARAGRAPH)


def add_styles(made: WordDocument) -> None:
    """The styles that the frame has none of, laid out as in a draft without a frame; its own stay its own."""
    known = {each.name for each in made.styles}
    if BODY_STYLE not in known:
        as_body(added(made, BODY_STYLE))
    if "Title" not in known:
        as_title(added(made, "Title"))
    for level in range(1, len(HEADING_FONTS) + 1):
        if (name := f"Heading {level}") not in known:
            heading = added(made, name)
            as_heading(heading, level)
            outline = OxmlElement("w:outlineLvl")
            outline.set(qn("w:val"), str(level - 1))
            heading.element.get_or_add_pPr().append(outline)


def added(made: WordDocument, name: str) -> ParagraphStyle:
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    return style
