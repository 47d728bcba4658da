"""HTML: its text as it is read on a screen. Nothing is fetched, nothing is run."""

import re

from lxml import etree

from reports.documents.grids import Grid, span
from reports.documents.plain import decoded, strictly
from reports.documents.refusing import DocumentRefused

DECLARED = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "cp936")
HEAD = 2048
UNSEEN = frozenset({"script", "style", "template", "head", "noscript", "svg", "iframe", "object", "select", "textarea"})
CELLS = frozenset({"td", "th"})
SHORT = 200
INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
        ),
        *("mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"),
    }
)


def text_of_page(content: bytes) -> str:
    text = DECLARATION.sub("", decoded_page(content))
    if not text.strip():
        raise DocumentRefused("网页里没有文字")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(text.encode(), parser)
    broken = parser.error_log.filter_from_fatals()
    if root is None or len(broken):
        raise DocumentRefused(
            "网页的结构无法读取（层次过深或已损坏），请在浏览器中打开后复制文字，或另存为Word文件再核对"
        )
    return seen(root)


def decoded_page(content: bytes) -> str:
    declared = DECLARED.search(content[:HEAD])
    if declared and declared[1].decode().lower() in CHINESE:
        return strictly(content, "gb18030")  # of which the others are parts
    return decoded(content)


def seen(root: etree._Element) -> str:
    """The text of a page in its order: a line for each block, and cells of a row apart."""
    pieces: list[str] = []
    within: etree._Element | None = None  # the cell that is one line, whatever stands in it
    grids = [Grid()]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = str(element.tag)
        end = " " if within is not None else "\n"
        if name in UNSEEN:
            if event == "start":
                walk.skip_subtree()
            elif element.tail:
                pieces.append(element.tail)
            continue
        pieces.append(laid_out(event, element, grids))
        if event == "start":
            pieces.append("" if name in INLINE or name in CELLS else end)
            pieces.append(collapsed(element.text))
            within = element if within is None and name in CELLS and is_short(element) else within
        else:
            within = None if element is within else within
            pieces.append("\t" * span(element, "colspan") if name in CELLS else "" if name in INLINE else end)
            pieces.append(collapsed(element.tail))
    return re.sub(r"[ \t]*\n[ \n]*", "\n", "".join(pieces)).strip(" \n") + "\n"


def laid_out(event: str, element: etree._Element, grids: list[Grid]) -> str:
    """Keep the columns of tables; before a cell as many gaps as cells of the rows above reach down there."""
    if element.tag == "table" and event == "start":
        grids.append(Grid())
    elif element.tag == "table":
        grids.pop()
    elif element.tag == "tr" and event == "end":
        grids[-1].end_row()
    elif element.tag in CELLS and event == "start":
        return "\t" * grids[-1].cell(element)
    return ""


def is_short(cell: etree._Element) -> bool:
    """Whether a cell holds a name or a number: pages are laid out in tables too."""
    said = 0
    for inner in cell.iter():
        said += len(inner.text or "") + len(inner.tail or "")
        if said > SHORT or inner.tag == "table":
            return False
    return True


def collapsed(text: str | None) -> str:
    """Line ends in the source are blanks on a screen."""
    return re.sub(r"\s+", " ", text) if text else ""
