"""Tables in a text: which cell holds a number, and the words of its row and column that say what it counts.

A row is a line with its cells apart. Numbers in cells often have no unit of their own: they take it from the head of
their column or row, a column of units, or the caption.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.checking.mentions import ARABIC, Mention, mentions
from reports.checking.text import BREAK, CELL

BARE = re.compile(rf"[-+]?(?P<number>{ARABIC})")
LEFT_OVER = re.compile(r"[余多近约以上左右下内超过不足]{0,6}")
BRACKET = re.compile(r"[(/]([^()/]{1,6})\)?$")
CAPTION = re.compile(r"单位:([^\s()、,;/]{1,4})(?![^\s)])")
RATE_NAMED = re.compile(r"率$|占比$|比重$|比例$|同比$|增幅$|增减$|满意度$")
COUNTED_IN = {"人次": "人次", "场次": "场次", "件次": "件次", "件数": "件", "人数": "人", "次数": "次", "户数": "户"}
UNNUMBERED = re.compile(r"序号|编号|栏次|行次|年份|年度$|排名|名次|电话|代码|邮编|日期|时间")
EXPLAINS = re.compile(r"说明|备注|定义|依据|口径|清单|分子|公式|来源|^注$")
NAMES = re.compile(r"^(?:指标|项目|名称|事项|内容|类别|类型|分类|主题|渠道|单位名称|统计项目|统计指标|指标名称)")
UNITS = re.compile(r"^(?:计量)?单位$")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?度?(?!\d)")
LAST_YEAR = re.compile(r"上年|去年|上一年")
CHANGE = re.compile(r"同比|增减|增长|增幅|比上年|较上年|变化")
CAPTIONED = 200  # so much above a table may say what it is about
MOST_COLUMNS = 60
HEADS = 3  # a head has at least so many columns
PASSAGE = 24  # a cell this long holds more than a name or a number


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, by its place in the plain text."""

    start: int
    text: str


Row = list[Cell]


@dataclass(frozen=True, slots=True)
class CellNumber:
    """A number that fills a cell, with the words that say what it is: those of its row, its column and the caption."""

    mention: Mention
    row: str
    column: str
    caption: str
    last_year: bool = False
    compares: bool = False
    line: int = 0  # of the table, and the column
    at: int = 0
    table: int = 0  # by where it starts


@dataclass(frozen=True, slots=True)
class Table:
    """A table's stretch of the text, its head, its rows and the lines above it."""

    start: int
    end: int
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str

    def head(self, column: int) -> str:
        return self.heads[column] if column < len(self.heads) else ""

    def explains(self, column: int) -> bool:
        return EXPLAINS.search(self.head(column)) is not None

    def numbers(self) -> Iterator[CellNumber]:
        """Every cell that is a number with a unit to be had."""
        for line, row in enumerate(self.rows):
            place = self.name_of(row)
            name = row[place].text if place is not None else ""
            given = self.unit_of(row)
            for column, cell in enumerate(row):
                head = self.head(column)
                if column == place or self.explains(column) or UNNUMBERED.search(head):
                    continue
                mention = number_in(cell, (*given, *units_in(head), *units_in(name), *caption_unit(self.caption)))
                if mention is not None:
                    yield replace(self.told(mention, name, head), line=line, at=column, table=self.start)

    def unit_of(self, row: Row) -> list[str]:
        """What the column of units says."""
        return [row[at].text for at, head in enumerate(self.heads) if UNITS.match(head) and at < len(row)][:1]

    def silent(self) -> Iterator[tuple[int, int]]:
        """The stretches that are no running text: cells but for those that hold passages."""
        end = self.start
        for row in self.rows:
            for column, cell in enumerate(row):
                if len(cell.text) >= PASSAGE and not self.explains(column):
                    yield end, cell.start
                    end = cell.start + len(cell.text)
        yield end, self.end

    def told(self, mention: Mention, name: str, head: str) -> CellNumber:
        compares = CHANGE.search(head) is not None
        last = not compares and (LAST_YEAR.search(head) is not None or self.is_earlier(head))
        return CellNumber(mention, plain_name(name), plain_name(head), self.caption, last, compares)

    def is_earlier(self, head: str) -> bool:
        """Whether a column is headed by a year before that of another column."""
        said = YEAR.search(head)
        years = [int(found[1]) for each in self.heads if (found := YEAR.search(each))]
        return said is not None and int(said[1]) < max(years)

    def name_of(self, row: Row) -> int | None:
        """Which cell says what the row is about: that of the column of names, or the first that is words."""
        for column, cell in enumerate(row):
            if NAMES.match(self.head(column)) and cell.text:
                return column
        named = (column for column, cell in enumerate(row) if cell.text and not self.explains(column))
        return next((column for column in named if not is_number(row[column])), None)


def tables(text: str) -> Iterator[Table]:
    """The tables of a plain text: lines with cells that follow upon one another."""
    rows: list[Row] = []
    start, above = 0, ""
    position = 0
    for line in (*text.split(BREAK), ""):
        if CELL in line:
            row = cells_of(line, position)
            if rows and is_head(row) and not is_head(rows[-1]):
                yield table_of(rows, start, position, above)
                rows, above = [], ""
            start = start if rows else position
            rows.append(row)
        else:
            if rows:
                yield table_of(rows, start, position, above)
                rows, above = [], ""
            above = f"{above} {line}"[-CAPTIONED:]
        position += len(line) + 1


def cells_of(line: str, position: int) -> Row:
    row = []
    for text in line.split(CELL)[:MOST_COLUMNS]:
        row.append(Cell(position, text))
        position += len(text) + 1
    return row


def table_of(rows: list[Row], start: int, end: int, above: str) -> Table:
    """The first rows without a number are the head; what spans several columns there stands for each of them."""
    beyond = next((place for place, row in enumerate(rows) if any(is_number(cell) for cell in row[1:])), 1)
    heads: list[str] = []
    for place, row in enumerate(rows[:beyond]):
        texts = [cell.text for cell in row]
        if place + 1 < beyond:
            texts = spread(texts)
        width = max(len(texts), len(heads))
        heads = [*heads, *[""] * (width - len(heads))]
        heads = [head + (texts[at] if at < len(texts) and texts[at] != head else "") for at, head in enumerate(heads)]
    return Table(start, end, tuple(heads), tuple(rows[beyond:]), above)


def is_head(row: Row) -> bool:
    """Whether a row can only be a head: several names and no number."""
    return len(row) >= HEADS and all(cell.text and not is_number(cell) for cell in row)


def spread(texts: Sequence[str]) -> list[str]:
    """A row of the head above another: an empty cell belongs to what stands left of it."""
    found: list[str] = []
    for text in texts:
        found.append(text or (found[-1] if found else ""))
    return found


def is_number(cell: Cell) -> bool:
    return BARE.fullmatch(cell.text.rstrip("%‰")) is not None or with_unit(cell.text) is not None


def with_unit(text: str) -> Mention | None:
    """The one number with a unit that fills a text."""
    found = list(mentions(text)) if any(sign.isdigit() for sign in text) and len(text) < PASSAGE else []
    if len(found) != 1:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return found[0] if LEFT_OVER.fullmatch(rest.lstrip("-+")) else None


def number_in(cell: Cell, units: Sequence[str]) -> Mention | None:
    """The number of a cell at its place in the text, with its own unit or the first of others that can be its."""
    own = with_unit(cell.text)
    if own is not None:
        return replace(own, start=cell.start + own.start, end=cell.start + own.end)
    bare = BARE.fullmatch(cell.text)
    if bare is None:
        return None
    for unit in filter(None, units):
        found = with_unit(f"{bare['number']}{unit}")
        if found is not None and found.end == len(bare["number"]) + len(unit):
            start = cell.start + bare.start("number")
            return replace(found, start=start, end=start + len(bare["number"]))
    return None


def units_in(words: str) -> Iterator[str]:
    """The units that the words of a head name: 受理(件), 办结率, 参加人次."""
    bracket = BRACKET.search(words)
    if bracket:
        yield bracket[1].removeprefix("单位:")
    name = plain_name(words)
    if RATE_NAMED.search(name):
        yield "%"
    for said, unit in COUNTED_IN.items():
        if name.endswith(said):
            yield unit


def caption_unit(caption: str) -> Iterator[str]:
    found = CAPTION.search(caption)
    if found:
        yield found[1]


def plain_name(words: str) -> str:
    """A head without the unit it names."""
    bracket = BRACKET.search(words)
    return words[: bracket.start()] if bracket and with_unit(f"1{bracket[1]}") else words
