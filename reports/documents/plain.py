"""Text and Markdown: which encoding it is in, and Markdown without its signs."""

import re

from charset_normalizer import from_bytes

from reports.documents.refusing import DocumentRefused

USUAL = ["utf_8", "gb18030", "big5", "utf_16"]
SAMPLE = 200_000  # bytes by which an encoding shows
MARKUP = re.compile(
    r"""
    \*{1,3} | ~~ | `{1,3}                        # emphasis and code
    | ^[ ]{0,3}(?:\#{1,6}(?=\s)|>+|[-+](?=\s))   # headings, quotations, items
    | ^[ ]{0,3}\|?(?:[ ]{0,3}:?-{2,}:?[ ]{0,3}\|){1,50}(?:[ ]{0,3}:?-{2,}:?)?[ ]{0,3}$  # below a table's head
    | ^[ ]{0,3}\| | \|[ ]{0,3}$ | !?\[(?=[^\]\n]{0,200}\]\() | \]\([^)\n]{0,500}\) | <!--.{0,2000}?-->
    """,
    re.VERBOSE | re.MULTILINE,
)

CELLS = re.compile(r"(?<!\\)\|")


def decoded(content: bytes) -> str:
    """The text, whichever encoding it is in. A wrong guess would read other figures, so a doubtful one is refused."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return strictly(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        sample = content[:SAMPLE].rpartition(b"\n")[0] if len(content) > SAMPLE else content
        best = from_bytes(sample or content, cp_isolation=USUAL).best()
    return strictly(content, best.encoding if best else "gb18030")


def strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentRefused("文件的文字编码无法识别，请用记事本或WPS另存为UTF-8编码的文本后再核对") from None


def without_markup(text: str) -> str:
    """Markdown with blanks for its signs, so that every character keeps its place; cells are parted by tabs."""
    return CELLS.sub("\t", MARKUP.sub(lambda found: " " * len(found[0]), text))
