"""Every format a report comes in gives the same figures in the same words."""

from time import perf_counter

import pytest

from reports.documents import apart
from reports.documents.document import Format
from reports.documents.opening import read_document
from tests.reports.documents.making import pdf, word, word_with_box, word_with_surroundings

SAID = "全年共受理信访事项126件，办结120件。"
LONGER = "2024年全县人民调解委员会共调解矛盾纠纷1814件，成功1800件；接待群众来访63批215人次，来信办结57件。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    found = read_document(LONGER.encode(encoding), "报告.txt")

    assert (found.format, found.text, found.plain) == (Format.TEXT, LONGER, LONGER)


def test_traditional_text_in_big5_is_read() -> None:
    said = "全年共調解矛盾糾紛一千八百件，接待群眾來訪六十三批，其餘正在辦理。"

    assert read_document(said.encode("big5"), "報告.txt").text == said


def test_markdown_keeps_its_offsets_and_loses_its_signs() -> None:
    said = "## 信访\n- 受理**126**件，[办结](https://a.example/)120件\n\n| 来信 | 来访 |\n|---|---|\n| 63件 | 12件 |\n"

    found = read_document(said.encode(), "报告.MD")

    assert (found.format, found.text, len(found.plain)) == (Format.MARKDOWN, said, len(said))
    assert "".join(found.plain.split()) == "信访受理126件，办结120件来信来访63件12件"
    assert found.plain.index("126") == said.index("126")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_is_read_as_it_is_seen(encoding: str) -> None:
    said = (
        f"<!DOCTYPE html><html><head><meta charset={encoding}><title>不读</title></head><body><script>9件</script>"
        "<!-- 8件 --><p>受理<b>126</b>件，\n办结120件。</p><div>来信<br>63件</div>"
        "<table><tr><td>来访</td><td>12件</td></tr></table></body></html>"
    )

    found = read_document(said.encode(encoding), "report.html")

    assert found.text == "受理126件， 办结120件。\n来信\n63件\n来访\t12件\n"


def test_a_page_is_known_by_its_content_too() -> None:
    assert read_document(b"\n<html><p>" + SAID.encode() + b"</p>", "report").format is Format.PAGE


def test_a_word_file_gives_paragraphs_runs_and_tables_in_their_order() -> None:
    file = word("全年共受理|126|件。", "其余正在办理。", table=[["来信", "63件"], ["来访", "12件"]])

    found = read_document(file, "报告.docx")

    assert found.text == "全年共受理126件。\n其余正在办理。\n来信\t63件\t\n来访\t12件\t\n"


def test_a_text_box_is_read_once() -> None:
    assert read_document(word_with_box("正文。", "办结120件。"), "a.docx").text == "正文。\n办结120件。\n"


def test_heads_feet_and_notes_are_read_behind_the_text() -> None:
    file = word_with_surroundings("正文。", head="信访情况通报", foot="共受理63件", note="办结57件。")

    found = read_document(file, "a.docx").text

    assert found.startswith("正文。\n")
    assert sorted(found.splitlines()) == sorted(["正文。", "信访情况通报", "共受理63件", "办结57件。"])


def test_a_pdf_is_read_over_the_end_of_its_pages_without_their_numbers() -> None:
    file = pdf([["全年共受理信访", "事项126件，办", "- 1 -"], ["结120件。", "第 2 页 共 2 页"]])

    assert read_document(file, "报告.pdf").text == "全年共受理信访\n事项126件，办\n结120件。\n"


def test_two_hundred_pages_take_seconds() -> None:
    file = pdf([[LONGER[:40]] * 28] * 200)
    began = perf_counter()

    found = apart.read(file, "report.pdf")

    assert len(found.text) == 200 * 28 * 41
    assert perf_counter() - began < 20  # where other work goes on beside it
