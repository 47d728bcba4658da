"""A text made plain for reading figures in it, with the way back to the text as given.

Plain means: simplified script, half-width digits and signs, no spaces, and no line ends but those between paragraphs
and rows; cells of a row stay apart.
Every character that stays comes from one place of the text given, so that what is found can be marked there.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

BREAK = "\n"
CELL = "\t"
GAP = " "
STOPS = "。;!?:"
WRAPPED = 18  # a line at least this long that ends in the middle of a sentence was wrapped, not ended
COLUMNS = 3  # fewer words than this on a line are no row
NUMBER = re.compile(r"[-+]?\d[\d,]{0,14}(?:\.\d{1,4})?(?:%|件|人次|人|次|个|名|起|万元)?|[-—/]")
TITLE = 40  # a numbered heading is no longer than this
SURROGATE = re.compile("[\ud800-\udfff]")  # half a sign, as broken JSON brings it: no converter takes it
SIGNS = {"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "％": "%", "．": ".", "﹪": "%", "！": "!", "？": "?"}
HEADING = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、]|[(（]?\d{1,2}[)）、.．](?!\d)|第[一二三四五六七八九十]+[章节、])"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text, and for each of its characters the offset in the text as given."""

    given: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the text as given."""
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=1)
def converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=20_000)
def simplified_sign(sign: str) -> str:
    """One character in simplified script and half width; those that would become several stay as they are."""
    if sign in SIGNS:
        return SIGNS[sign]
    if sign <= "⺀":
        folded = unicodedata.normalize("NFKC", sign) if sign.isdigit() and sign.isdecimal() else sign
        return folded if len(folded) == 1 else sign
    if "\uff01" <= sign <= "\uff5e":
        return unicodedata.normalize("NFKC", sign)
    plain: str = converter().convert(sign)
    return plain if len(plain) == 1 else sign


def simplified(text: str) -> str:
    """The text in simplified script, character for character: phrases are followed where they keep their length."""
    text = SURROGATE.sub("□", text)
    whole: str = converter().convert(text)
    lined = whole if len(whole) == len(text) else text
    return "".join(simplified_sign(sign) for sign in lined)


def make_plain(given: str) -> Plain:
    """The text without what stands in the way of reading it; see the module."""
    signs, offsets = [], []
    script = simplified(given)
    lines = given.splitlines(keepends=True)
    breaks = cell_breaks(lines)
    position = 0
    for line in lines:
        end = position + len(line)
        stretch = script[position:end]
        for place, sign in enumerate(stretch, start=position):
            if not sign.isspace() and unicodedata.category(sign) != "Cf":
                signs.append(sign)
                offsets.append(place)
            elif place in breaks:
                signs.append(CELL)
                offsets.append(place)
            elif sign not in "\r\n" and keeps_apart(signs, script, place):
                signs.append(GAP)
                offsets.append(place)
        ends = not breaks.isdisjoint(range(position, end)) or ends_paragraph(stretch, script[end : end + 12])
        if signs and signs[-1] != BREAK and ends:
            signs.append(BREAK)
            offsets.append(end - 1)
        position = end
    return Plain(given, "".join(signs), tuple(offsets))


def cell_breaks(lines: list[str]) -> set[int]:
    """Where the cells of rows end: at tabs, or at the blanks of lines that stand below one another as columns do."""
    rows = [tabbed(line) for line in lines]
    aligned = [spaced(line) for line in lines]
    found: set[int] = set()
    position = 0
    filled = [number for number, line in enumerate(lines) if line.strip()]
    following = dict(zip(filled, filled[1:], strict=False))
    before = {later: earlier for earlier, later in following.items()}
    for number, line in enumerate(lines):
        beside = [place for place in (before.get(number), following.get(number)) if place is not None]
        if rows[number] and any(rows[place] for place in beside):
            found.update(position + place for place in rows[number])
        elif any(in_columns(line, lines[place]) for place in beside):
            found.update(position + place for place in aligned[number])
        position += len(line)
    return found


def tabbed(line: str) -> list[int]:
    """The tabs of a line that has several cells with something in them."""
    said = line.rstrip()
    return [place for place, sign in enumerate(said) if sign == CELL] if CELL in said.strip() else []


def spaced(line: str) -> list[int]:
    """Where blanks begin within a line."""
    return [found.start() for found in re.finditer(r"(?<=\S)\s+(?=\S)", line)]


def in_columns(line: str, other: str) -> bool:
    """Whether two lines have as many words, and one of them is mostly numbers: a row of a table without its rules."""
    words, others = line.split(), other.split()
    if len(words) != len(others) or len(words) < COLUMNS:
        return False
    return any(sum(NUMBER.fullmatch(word) is not None for word in each) >= COLUMNS - 1 for each in (words, others))


def keeps_apart(signs: list[str], script: str, place: int) -> bool:
    """Whether a space keeps figures or Latin letters apart; a line's end does not, since numbers are wrapped too."""
    before, following = signs[-1] if signs else "", script[place + 1 : place + 2]
    return before.isascii() and before.isalnum() and following.isascii() and following.isalnum()


def ends_paragraph(line: str, following: str) -> bool:
    """Whether a line ends a paragraph, rather than being wrapped as printed pages and mails are."""
    said = line.strip()
    if not said or not following.strip() or said[-1] in STOPS or following[:1] in "\r\n":
        return True
    titled = HEADING.match(line) is not None and len(said) < TITLE and not set(said) & set("。,;")
    return len(said) < WRAPPED or HEADING.match(following) is not None or titled
