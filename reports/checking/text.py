"""A text made plain for reading figures in it, with the way back to the text as given.

Plain means: simplified script, half-width digits and signs, no spaces, and no line ends but those between paragraphs.
Every character that stays comes from one place of the text given, so that what is found can be marked there.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

BREAK = "\n"
GAP = " "
STOPS = "。;!?:"
WRAPPED = 18  # a line at least this long that ends in the middle of a sentence was wrapped, not ended
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
    position = 0
    for line in given.splitlines(keepends=True):
        end = position + len(line)
        stretch = script[position:end]
        for place, sign in enumerate(stretch, start=position):
            if not sign.isspace() and unicodedata.category(sign) != "Cf":
                signs.append(sign)
                offsets.append(place)
            elif sign not in "\r\n" and keeps_apart(signs, script, place):
                signs.append(GAP)
                offsets.append(place)
        if signs and signs[-1] != BREAK and ends_paragraph(stretch, script[end : end + 12]):
            signs.append(BREAK)
            offsets.append(end - 1)
        position = end
    return Plain(given, "".join(signs), tuple(offsets))


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
