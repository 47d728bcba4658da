"""An office's own Word file with the draft in it."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordFile

from reports.drafting.formats import FORMATS
from reports.drafting.references import TemplateRefused
from tests.reports.drafting.test_document import made


def frame(folder: Path, *paragraphs: str, then: Callable[[WordFile], object] = lambda file: None) -> Path:
    file = Document()
    for text in paragraphs:
        file.add_paragraph(text)
    then(file)
    path = folder / "frame.docx"
    file.save(str(path))
    return path


def framed(path: Path) -> WordFile:
    return Document(io.BytesIO(FORMATS["docx"](replace(made(), frame=path))))


def texts(file: WordFile) -> list[str]:
    return [each.text for each in file.paragraphs]


def test_the_report_stands_where_the_frame_says_and_the_list_behind_everything(tmp_path: Path) -> None:
    file = framed(frame(tmp_path, "秦安县司法局文件", "{{正文}}", "秦安县司法局", "{{日期}}"))

    assert texts(file) == [
        *("秦安县司法局文件", "秦安县报告", "一、化解纠纷", "（一）信访", "收到5件。", "秦安县司法局", "2020年1月2日"),
        *("附：文中数字的来源", "统计期：2019年"),
    ]
    assert file.tables[0].rows[1].cells[1].text == "5件"


def test_the_list_stands_where_the_frame_says_and_the_title_only_once(tmp_path: Path) -> None:
    file = framed(frame(tmp_path, "{{附录}}", "{{标题}}", "{{正文}}", "（盖章）"))

    assert texts(file) == [
        *("附：文中数字的来源", "统计期：2019年"),
        *("秦安县报告", "一、化解纠纷", "（一）信访", "收到5件。", "（盖章）"),
    ]


def test_words_are_put_into_the_head_of_the_page_and_where_word_divides_them(tmp_path: Path) -> None:
    def divided(file: WordFile) -> None:
        file.sections[0].header.paragraphs[0].text = "内部资料 {{统计期}}"
        paragraph = file.add_paragraph("截止{{统")
        paragraph.add_run("计期}}").bold = True

    file = framed(frame(tmp_path, "{{正文}}", then=divided))

    assert file.sections[0].header.paragraphs[0].text == "内部资料 2019年"
    assert "截止2019年" in texts(file)


def test_a_frame_keeps_its_own_page_and_styles_and_the_figures_their_links(tmp_path: Path) -> None:
    path = frame(tmp_path, "{{正文}}")
    before = Document(str(path))

    file = framed(path)

    assert file.sections[0].top_margin == before.sections[0].top_margin
    assert file.styles["Normal"].element.xml == before.styles["Normal"].element.xml
    [paragraph] = [each for each in file.paragraphs if each.text == "收到5件。"]
    assert paragraph.style is not None
    assert (paragraph.style.name, paragraph.hyperlinks[0].text) == ("报告正文", "5件")


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (("秦安县司法局文件",), "没有单独成段的“{{正文}}”"),
        (("见{{正文}}",), "没有单独成段的“{{正文}}”"),
        (("{{正文}}", "{{正文}}"), "有2处单独成段的“{{正文}}”"),
        (("{{正文}}", "{{发文字号}}"), "“{{发文字号}}”没有对应的内容；可用的有：正文"),
    ],
)
def test_a_frame_that_can_not_be_meant_is_refused(tmp_path: Path, paragraphs: tuple[str, ...], message: str) -> None:
    with pytest.raises(TemplateRefused, match=message):
        framed(frame(tmp_path, *paragraphs))


@pytest.mark.parametrize(("content", "message"), [(b"", "不是Word文件"), (b"PK\x03\x04damaged", "已损坏")])
def test_a_file_that_is_no_word_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "frame.docx"
    path.write_bytes(content)

    with pytest.raises(TemplateRefused, match=message):
        framed(path)


def test_a_frame_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefused, match="无法读取框架文件"):
        framed(tmp_path / "none.docx")


def test_equal_drafts_in_equal_frames_give_equal_bytes(tmp_path: Path) -> None:
    draft = replace(made(), frame=frame(tmp_path, "{{正文}}"))

    assert FORMATS["docx"](draft) == FORMATS["docx"](draft)
