"""A paper as a Word document, laid out as drafts of reports are (GB/T 9704): number, text, signatures, office."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from reports.drafting.document import set_page, set_styles
from reports.packing import packed
from reports.papers.filling import BLANK, Line

# what a document can't hold, and what turns the order of writing about unseen
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of a paper, as it is said and for the properties of its file."""

    said: str
    day: date


def plain(text: str) -> str:
    return UNWRITABLE.sub("", text)


def written(
    *, title: str, office: str, number: str, lines: Sequence[Line], signed: Sequence[str], seal: str, dated: Dated
) -> bytes:
    """The file; the same words give the same bytes."""
    made = Document()
    set_page(made)
    set_styles(made)
    made.add_paragraph(plain(office), style="Title").paragraph_format.space_after = Pt(0)
    made.add_paragraph(title, style="Title")
    made.add_paragraph(plain(number)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in lines:
        paragraph = made.add_paragraph(plain(line.text), style="Heading 1" if line.heading else "Normal")
        if line.addressed:
            paragraph.paragraph_format.first_line_indent = Pt(0)
    for each in signed:
        made.add_paragraph(f"{each}：{BLANK}").paragraph_format.keep_with_next = True
    for closing in (f"{plain(seal or office)}（印章）", dated.said):
        paragraph = made.add_paragraph(closing)
        paragraph.alignment, paragraph.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.RIGHT, True
    made.core_properties.author = made.core_properties.last_modified_by = "Casetrack"
    made.core_properties.title = title
    made.core_properties.created = made.core_properties.modified = datetime.combine(dated.day, time())
    loose = io.BytesIO()
    made.save(loose)
    return packed(loose)
