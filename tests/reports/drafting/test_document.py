"""The Word file: as official documents are laid out, with figures that open their cases."""

import io
from datetime import date

from docx import Document
from docx.oxml.ns import qn

from reports.drafting.document import document_of
from reports.drafting.templates import parse
from reports.drafting.writing import Draft, write
from tests.reports.drafting.figures import MadeUp
from tests.reports.drafting.test_wording import TEMPLATE, WORDS


def made() -> Draft:
    template = parse(TEMPLATE.format('text = "收到{petition.received}。"'))
    return write(template, MadeUp({"petition.received": 5}), WORDS, facts={"统计期": "2019年"}, dated=date(2020, 1, 2))


def test_it_is_a4_with_the_prescribed_margins_and_fonts() -> None:
    document = Document(io.BytesIO(document_of(made())))

    page = document.sections[0]
    sizes = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28]
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_headings_are_headings_of_their_level() -> None:
    document = Document(io.BytesIO(document_of(made())))

    found = [(each.style.name, each.text) for each in document.paragraphs if each.style is not None]
    assert found[:4] == [
        ("Title", "秦安县报告"),
        ("Heading 1", "一、化解纠纷"),
        ("Heading 2", "（一）信访"),
        ("Normal", "收到5件。"),
    ]


def test_a_figure_opens_the_list_of_its_cases() -> None:
    document = Document(io.BytesIO(document_of(made())))

    [paragraph] = [each for each in document.paragraphs if each.text == "收到5件。"]
    [link] = paragraph.hyperlinks
    assert (link.text, link.address) == ("5件", "https://casetrack.example/received")


def test_the_list_of_figures_stands_behind() -> None:
    document = Document(io.BytesIO(document_of(made())))

    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["序号", "数字", "指标", "定义", "分子／分母", "取位说明", "案件清单"]
    assert rows[1][:4] == ["1", "5件", "信访·收到", "统计期内收到（登记）的案件数。"]


def test_equal_drafts_give_equal_bytes() -> None:
    assert document_of(made()) == document_of(made())
