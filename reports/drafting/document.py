"""A draft as a Word document, laid out as official documents are (GB/T 9704): A4, 仿宋 of size 三号, 28 lines' spacing.

Figures are links to the lists of their cases, printed like the text around them.
"""

import io
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.drafting.appendix import HEADINGS, TITLE, Row, rows_of
from reports.drafting.texts import numbered
from reports.drafting.writing import Draft, Fragment
from reports.packing import packed

PAGE = {"page_width": 210, "page_height": 297}
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
BODY, BODY_SIZE, LINE = "仿宋_GB2312", 16, 28
TITLE_FONT, TITLE_SIZE = "方正小标宋简体", 22
HEADING_FONTS = ("黑体", "楷体_GB2312", "仿宋_GB2312")
SMALL = 9
WIDTHS = (10, 20, 28, 44, 18, 24, 12)  # mm: what 156 are divided into


def document_of(draft: Draft) -> bytes:
    """The file; equal drafts give equal bytes."""
    made = Document()
    made.core_properties.author = "Casetrack"
    set_page(made)
    set_styles(made)
    write_text(made, draft, "Normal", titled=True)
    write_appendix(made, draft, "Normal", apart=True)
    return saved(made, draft)


def saved(made: WordDocument, draft: Draft) -> bytes:
    made.core_properties.title = draft.title
    made.core_properties.last_modified_by = "Casetrack"
    made.core_properties.created = made.core_properties.modified = datetime.combine(draft.dated, time())
    loose = io.BytesIO()
    made.save(loose)
    return packed(loose)


def write_text(made: WordDocument, draft: Draft, body: str, *, titled: bool) -> None:
    """The report itself, at the end of the document; `body` is the style of its paragraphs."""
    if titled:
        made.add_paragraph(draft.title, style="Title")
    for heading, chapter in numbered(draft):
        made.add_paragraph(heading, style=f"Heading {chapter.level}")
        if chapter.body:
            paragraph = made.add_paragraph(style=body)
            for each in chapter.body:
                add(paragraph, each)


def set_page(made: WordDocument) -> None:
    section = made.sections[0]
    for name, millimetres in (PAGE | MARGINS).items():
        setattr(section, name, Mm(millimetres))
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    page_number(foot.add_run())
    foot.add_run(" —")


def page_number(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def set_styles(made: WordDocument) -> None:
    as_body(style_named(made, "Normal"))
    as_title(style_named(made, "Title"))
    for level in range(1, len(HEADING_FONTS) + 1):
        as_heading(style_named(made, f"Heading {level}"), level)


def style_named(made: WordDocument, name: str) -> ParagraphStyle:
    style = made.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def as_body(style: ParagraphStyle) -> None:
    set_font(style, BODY, BODY_SIZE)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(LINE)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)


def as_title(style: ParagraphStyle) -> None:
    set_font(style, TITLE_FONT, TITLE_SIZE)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style.paragraph_format.first_line_indent = Pt(0)
    style.paragraph_format.line_spacing = Pt(36)
    style.paragraph_format.space_after = Pt(LINE)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the library's template draws a line below
        border.getparent().remove(border)


def as_heading(style: ParagraphStyle, level: int) -> None:
    set_font(style, HEADING_FONTS[level - 1], BODY_SIZE)
    style.font.bold = level == len(HEADING_FONTS)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)


def set_font(style: ParagraphStyle, font: str, size: int) -> None:
    """The fonts that official documents prescribe; digits and letters too, as these set them."""
    style.font.name, style.font.size, style.font.bold = font, Pt(size), False
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]  # those of a theme would come before ours
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def add(paragraph: Paragraph, fragment: Fragment) -> None:
    if isinstance(fragment, str):
        paragraph.add_run(fragment)
    elif fragment.cited.links:
        link(paragraph, fragment.text, fragment.cited.links[0], fragment.cited.label)
    else:
        paragraph.add_run(fragment.text)


def link(paragraph: Paragraph, text: str, address: str, tip: str = "") -> None:
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    if tip:
        made.set(qn("w:tooltip"), tip)
    run = paragraph.add_run(text)
    made.append(run._r)
    paragraph._p.append(made)


def write_appendix(made: WordDocument, draft: Draft, body: str, *, apart: bool) -> None:
    """The list of figures, at the end of the document, on a page of its own where it stands `apart`."""
    made.add_paragraph(TITLE, style="Heading 1").paragraph_format.page_break_before = apart
    for name, value in draft.facts.items():
        made.add_paragraph(f"{name}：{value}", style=body)
    rows = rows_of(draft)
    table = made.add_table(rows=1, cols=len(HEADINGS))
    rule(table)
    table.autofit = False
    fill(table, 0, HEADINGS)
    repeat_heading(table)
    for row in rows:
        table.add_row()
        fill(table, row.number, row.cells)
        list_of(table, row)


def rule(table: Table) -> None:
    """Lines around all cells, whatever styles of tables the document has."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.find(qn("w:tblW")).addnext(borders)


def fill(table: Table, number: int, texts: tuple[str, ...]) -> None:
    cells = table.rows[number].cells
    for cell, text, width in zip(cells, (*texts, *[""] * (len(cells) - len(texts))), WIDTHS, strict=True):
        cell.width = Mm(width)
        small(cell.paragraphs[0]).add_run(text).font.size = Pt(SMALL)


def list_of(table: Table, row: Row) -> None:
    paragraph = table.rows[row.number].cells[-1].paragraphs[0]
    for number, address in enumerate(row.links, start=1):
        link(paragraph, f"清单{number if len(row.links) > 1 else ''} ", address)
    for run in paragraph._p.iter(qn("w:r")):
        Run(run, paragraph).font.size = Pt(SMALL)


def small(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return paragraph


def repeat_heading(table: Table) -> None:
    """On each page that the table goes on to."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
