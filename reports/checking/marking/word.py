"""A copy of the Word file that was checked, with what is said of each figure as a comment at it."""

from reports.checking.marking.marks import apart, marks
from reports.checking.reviewing import Linked, Review
from reports.documents import apart as process
from reports.documents.comments import Remark
from reports.documents.document import Format
from reports.documents.refusing import DocumentRefused


def with_marks(content: bytes, review: Review, linked: Linked) -> bytes:
    """The copy. Raises DocumentRefused for what is no Word file."""
    if review.document.format is not Format.WORD:
        raise DocumentRefused("只有Word文件（.docx）可以加批注；其他格式请输出为网页（.html）")
    remarks = [Remark(each.start, each.end, each.said) for each in apart(marks(review, linked)) if each.notes]
    return process.commented(content, remarks)
