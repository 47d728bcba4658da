"""One way to write and read a citation: 行政复议法（2023）第六十二条第一款."""

import re
from dataclasses import dataclass

DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """The Chinese numeral a statute uses for `number`, from 1 to 9999."""
    if not 0 < number < 10_000:
        raise ValueError(f"{number} is not the number of an article; they run from 1 to 9999")
    words = ""
    zero = False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if zero else "") + DIGITS[digit] + unit
        zero = bool(words) and not digit
    return words.removeprefix("一") if 10 <= number < 20 else words


def number_of(words: str) -> int:
    """The number that a Chinese or Arabic numeral stands for."""
    if words.isascii() and words.isdigit():
        return int(words)
    total = digit = 0
    for char in words:
        if char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "两":
            digit = 2
        elif char in DIGITS:
            digit = DIGITS.index(char)
        else:
            raise ValueError(f"“{words}” is not a numeral: “{char}” is not a digit")
    return total + digit


@dataclass(frozen=True, slots=True)
class Article:
    """A place in a statute: article, and if need be paragraph (款) and item (项)."""

    law: str
    number: int
    paragraph: int = 0
    item: int = 0

    def __str__(self) -> str:
        text = f"{self.law}第{numeral(self.number)}条"
        if self.paragraph:
            text += f"第{numeral(self.paragraph)}款"
        if self.item:
            text += f"第{numeral(self.item)}项"
        return text

    @classmethod
    def parse(cls, text: str) -> "Article":
        """Read one citation, written with Chinese or Arabic numerals."""
        found = CITATION.fullmatch(text.strip())
        if not found:
            raise ValueError(f"“{text}” is not a citation; write it as 信访工作条例第三十四条")
        law, number, paragraph, item = found.groups()
        return cls(
            law=law.strip("《》"),
            number=number_of(number),
            paragraph=number_of(paragraph) if paragraph else 0,
            item=number_of(item) if item else 0,
        )


NUMERAL = r"([0-9零一二三四五六七八九十百千]+)"
CITATION = re.compile(rf"(.+?)第{NUMERAL}条(?:第{NUMERAL}款)?(?:第[（(]?{NUMERAL}[）)]?项)?")


def cite(law: str, *places: int | tuple[int, int] | tuple[int, int, int]) -> str:
    """A citation of one or several articles of one law: `cite("行政复议法（2023）", (62, 1), 88)`."""
    whole = [str(Article(law, *((place,) if isinstance(place, int) else place))) for place in places]
    return "、".join([whole[0], *(text.removeprefix(law) for text in whole[1:])])
