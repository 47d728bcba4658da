"""A copy of a Word file with a comment at each remark; nothing else in it changes."""

import io
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.text.run import Run

from reports.documents.word import Element, Piece, open_word, read_word

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR, INITIALS = "报告核对", "核"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a stretch of the text."""

    start: int
    end: int
    said: str


def with_comments(content: bytes, remarks: Sequence[Remark]) -> bytes:
    """The file with its remarks, the last first: what is divided for one leaves the places of those before it."""
    word = open_word(content)
    pieces = read_word(word).pieces
    for remark in sorted(remarks, key=lambda each: each.start, reverse=True):
        comment_on(word, pieces, remark)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def comment_on(word: WordFile, pieces: list[Piece], remark: Remark) -> None:
    for edge in (remark.start, remark.end):
        divide(pieces, edge)
    first = max(0, bisect_right(pieces, remark.start, key=start_of) - 1)
    beyond = bisect_left(pieces, remark.end, key=start_of)
    found = [piece.run for piece in pieces[first:beyond] if piece.end > remark.start]
    if found:
        runs = [Run(run, word) for run in (found[0], found[-1])]
        word.add_comment(runs, text=remark.said, author=AUTHOR, initials=INITIALS)


def divide(pieces: list[Piece], edge: int) -> None:
    """Make two runs of the one that the edge lies in, where it holds nothing but its text."""
    place = bisect_right(pieces, edge, key=start_of) - 1
    piece = pieces[place] if place >= 0 else None
    if piece is None or not piece.start < edge < piece.end or (held := piece.holds) is None:
        return
    before = edge - piece.start
    text = held.text or ""
    second = deepcopy(piece.run)
    set_text(held, text[:before])
    rest = second[list(piece.run).index(held)]
    set_text(rest, text[before:])
    piece.run.addnext(second)
    pieces[place : place + 1] = [
        Piece(piece.start, edge, piece.run, held),
        Piece(edge, piece.end, second, rest),
    ]


def start_of(piece: Piece) -> int:
    return piece.start


def set_text(element: Element, text: str) -> None:
    element.text = text
    element.set(SPACE, "preserve")
