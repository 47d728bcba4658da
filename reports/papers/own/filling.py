"""Filling the marks of a Word template: each keeps the formatting of the run in which it begins."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from docx.oxml.ns import qn
from lxml import etree

from reports.packing import packed
from reports.papers.declaring import MARK
from reports.papers.filling import BLANK, IF_KNOWN
from reports.papers.own.parts import Element, opened, repacked, texts_in, trees_of
from reports.papers.writing import plain

PARAGRAPH, RUN, TEXT, BREAK, CELL = (qn(f"w:{name}") for name in ("p", "r", "t", "br", "tc"))
PARAGRAPH_FORMAT, RUN_FORMAT = qn("w:pPr"), qn("w:rPr")
BOUND, SECTION = qn("w:dataBinding"), qn("w:sectPr")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def texts_of(paragraph: Element) -> list[Element]:
    """The texts of a paragraph in their order; those of boxes that hang on it belong to the paragraphs in the box."""
    return [text for text in paragraph.iter(TEXT) if next(text.iterancestors(PARAGRAPH)) is paragraph]


def said_in(paragraph: Element) -> str:
    return "".join(text.text or "" for text in texts_of(paragraph))


def paragraphs_in(roots: Sequence[Element]) -> Iterator[Element]:
    for root in roots:
        yield from list(root.iter(PARAGRAPH))


def filled_template(content: bytes, words: Mapping[str, str]) -> bytes:
    """The file with its marks filled; the same words give the same bytes."""
    parts = opened(content)
    trees = trees_of(parts)
    for name, root in texts_in(trees):
        for bound in list(root.iter(BOUND)):  # or Word puts back what the template held there
            bound.getparent().remove(bound)
        for paragraph in paragraphs_in([root]):
            fill(paragraph, words)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(repacked(parts))


def fill(paragraph: Element, words: Mapping[str, str]) -> None:
    """A paragraph that begins with ? goes where the case doesn't say what is in it, like a line of a built-in paper."""
    texts, said = texts_of(paragraph), said_in(paragraph)
    marks = list(MARK.finditer(said))
    if not marks:
        return
    if said.startswith(IF_KNOWN):
        if any(mark[1].strip() not in words for mark in marks):
            leave_out(paragraph, texts)
            return
        replace(texts, 0, len(IF_KNOWN), "")
        marks = list(MARK.finditer(said_in(paragraph)))
    lines = lines_alone(paragraph, marks[0], words)
    for mark in reversed(marks):
        replace(texts, mark.start(), mark.end(), lines[0] if lines else plain(words.get(mark[1].strip(), BLANK)))
    for line in reversed(lines[1:]):
        paragraph.addnext(like(paragraph, texts[0], line))
    for text in texts:
        break_lines(text)


def lines_alone(paragraph: Element, mark: re.Match[str], words: Mapping[str, str]) -> list[str]:
    """The lines of what stands alone in a paragraph, such as the parties: each gets a paragraph of its own."""
    alone = mark[0] == said_in(paragraph).strip() and paragraph.find(f".//{SECTION}") is None
    return plain(words.get(mark[1].strip(), BLANK)).splitlines() if alone else []


def like(paragraph: Element, text: Element, line: str) -> Element:
    """A paragraph with this line, formatted as one with this text is."""
    made, run, said = (etree.Element(tag) for tag in (PARAGRAPH, RUN, TEXT))
    for new, old in ((made, paragraph.find(PARAGRAPH_FORMAT)), (run, text.getparent().find(RUN_FORMAT))):
        if old is not None:
            new.append(deepcopy(old))
    said.text = line
    said.set(SPACE, "preserve")
    run.append(said)
    made.append(run)
    return made


def replace(texts: Sequence[Element], start: int, end: int, value: str) -> None:
    """Put a value for a stretch of the texts: into the first of them, with what came before and after left alone."""
    at = 0
    for text in texts:
        said = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        if first < last:
            text.text = said[:first] + (value if at + first == start else "") + said[last:]
            text.set(SPACE, "preserve")
        at += len(said)


def break_lines(text: Element) -> None:
    """What was written in several lines stays so."""
    first, *rest = re.split("\r\n|\r|\n", text.text or "")
    if not rest:
        return
    text.text, after = first, text
    for line in rest:
        more = deepcopy(text)
        more.text, more.tail = line, None
        after.addnext(etree.Element(BREAK))
        after.getnext().addnext(more)
        after = more


def leave_out(paragraph: Element, texts: Sequence[Element]) -> None:
    """Without it, unless its section or its cell needs a paragraph: then empty."""
    parent = paragraph.getparent()
    alone = parent.tag == CELL and len(parent.findall(PARAGRAPH)) == 1
    if alone or paragraph.find(f".//{SECTION}") is not None or parent.tag in {qn("w:hdr"), qn("w:ftr")}:
        for text in texts:
            text.text = ""
    else:
        parent.remove(paragraph)
