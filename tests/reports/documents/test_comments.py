"""Remarks in a Word file: each at its words, with everything else as it was."""

import io

import docx
import pytest

from reports.documents import apart
from reports.documents.comments import Remark, with_comments
from reports.documents.opening import read_document
from tests.reports.documents.making import word, word_with_box, word_with_surroundings


def comments_in(file: bytes) -> list[tuple[str, str]]:
    """The words that each comment stands at, and what it says, in the order of the text."""
    document = docx.Document(io.BytesIO(file))
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    found: list[tuple[str, str]] = []
    open_: dict[str, str] = {}
    for element in document.element.body.iter():
        name, number = element.tag.rpartition("}")[2], next((v for k, v in element.items() if k.endswith("}id")), "")
        if name == "commentRangeStart":
            open_[number] = ""
        elif name == "t":
            open_ = {each: text + (element.text or "") for each, text in open_.items()}
        elif name == "commentRangeEnd":
            found.append((open_.pop(number), said[number]))
    return found


def test_a_comment_stands_at_its_words_alone() -> None:
    file = word("共受理126件，办结120件。", "其余|正在|办理。")
    text = read_document(file, "a.docx").text
    at = text.index("126件")
    rest = text.index("余正在办")

    marked = with_comments(file, [Remark(at, at + 4, "与记录一致"), Remark(rest, rest + 4, "应为6件\n相差1件")])

    assert comments_in(marked) == [("126件", "与记录一致"), ("余正在办", "应为6件\n相差1件")]
    assert read_document(marked, "a.docx").text == text


def test_several_comments_in_one_run_do_not_disturb_one_another() -> None:
    file = word("共受理126件，办结120件，其余6件正在办理。")
    text = read_document(file, "a.docx").text
    words = ["126件", "120件", "6件正"]

    marked = with_comments(file, [Remark(text.rindex(each), text.rindex(each) + len(each), each) for each in words])

    assert comments_in(marked) == [(each, each) for each in words]
    assert read_document(marked, "a.docx").text == text


def test_a_comment_on_a_text_box_stands_where_the_box_is_fastened() -> None:
    file = word_with_box("正文。", "办结120件。")
    at = read_document(file, "a.docx").text.index("120")

    marked = with_comments(file, [Remark(at, at + 4, "相差2件")])

    assert [said for _, said in comments_in(marked)] == ["相差2件"]
    assert read_document(marked, "a.docx").text == "正文。\n办结120件。\n"


def test_nothing_is_fastened_in_the_feet_of_pages() -> None:
    file = word_with_surroundings("正文。", head="", foot="受理63件", note="")
    start = read_document(file, "a.docx").text.index("63件")

    written = with_comments(file, [Remark(start, start + 3, "不符")])

    assert list(docx.Document(io.BytesIO(written)).comments) == []


def test_the_process_apart_writes_them_too() -> None:
    file = word("共受理126件。")

    assert comments_in(apart.commented(file, [Remark(3, 7, "一致")])) == [("126件", "一致")]


@pytest.mark.parametrize("edge", [(0, 0), (500, 600)])
def test_a_remark_on_nothing_is_left_out(edge: tuple[int, int]) -> None:
    file = word("共受理126件。")

    assert comments_in(with_comments(file, [Remark(*edge, "无")])) == []
