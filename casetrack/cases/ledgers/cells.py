"""One cell: the date, amount, number or choice that an office meant, however it was typed. Pure.

A cell that says nothing is None; one that says something impossible raises CellRefused, and never becomes None.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from casetrack.kinds.base import Choice
from casetrack.lib.months import EARLIEST

Cell = str | int | float | bool | date | datetime | time | timedelta | None

LATEST = date(2099, 12, 31)
EXCEL_DAY_ZERO = date(1899, 12, 30)
NOTHING = {"", "-", "--", "—", "——", "―", "/", "//", "\\", "无", "空"}
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
CLOCK = (
    r"(?:[T\s]*(?:上午|下午)?\s*\d{1,2}[:时点]\s*(?:\d{1,2}[:分]?)?\s*(?:\d{1,2}(?:\.\d+)?秒?)?\s*"
    r"(?:Z|[+-]\d\d:?\d\d)?)?"
)
WRITTEN_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?" + CLOCK)
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
UNITS = {"元": 1, "圆": 1, "百元": 100, "千元": 1000, "万元": 10_000, "万": 10_000, "亿元": 10**8, "亿": 10**8}
UNITS |= {"十万元": 10**5, "百万元": 10**6, "千万元": 10**7}
LARGEST_COUNT = 10**9
CURRENCY = re.compile(r"^(?:人民币|RMB|CNY|[¥$])", re.IGNORECASE)
AMOUNT = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(百元|千元|万元|亿元|元|圆|万|亿)?整?", re.IGNORECASE)
COUNT = re.compile(r"([+-]?\d+)(?:\.0*)?[人名位件个户次起]?")
YES = {"是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "对"}
NO = {"否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0", "不是", "没有"}


class CellRefused(ValueError):
    """A cell that can't mean what its column asks; the message says what to write instead."""


def plain(value: str) -> str:
    """Half-width, without the spaces and control characters around and within that Excel files carry."""
    text = unicodedata.normalize("NFKC", value)
    return (text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)).strip()


def key_of(value: str) -> str:
    """What two spellings of one word have in common: no width, case, spaces or punctuation."""
    text = unicodedata.normalize("NFKC", value).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] not in "PZC")


def shown(value: Cell) -> str:
    """A cell as its reader sees it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return str(value.date())
    return "" if value is None else str(value)


def is_blank(value: Cell) -> bool:
    return value is None or (isinstance(value, str) and plain(value) in NOTHING)


def as_text(value: Cell) -> str | None:
    """Text as it stands, without control characters; numbers as they are read, 13800000000 and not 13800000000.0."""
    text = shown(value)
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    text = text.strip()
    return None if text in NOTHING else text


def as_number_of_case(value: Cell) -> str | None:
    """A case number as the office wrote it, but for spaces and the width of digits and letters."""
    text = as_text(value)
    if text is None:
        return None
    return "".join(unicodedata.normalize("NFKC", c) if c.isalnum() else c for c in text if not c.isspace())


def as_date(value: Cell) -> date | None:
    if is_blank(value):
        return None
    if isinstance(value, datetime):
        return sane(value.date(), value)
    if isinstance(value, date):
        return sane(value, value)
    if isinstance(value, bool | time | timedelta):
        raise CellRefused(not_a_date(value))
    if isinstance(value, int | float):
        return date_of_number(float(value), value)
    return date_of_text(plain(str(value)).translate(DASHES), value)


def date_of_number(number: float, value: Cell) -> date:
    """An Excel serial number, or a day written 20190305."""
    if number.is_integer() and (found := COMPACT_DATE.fullmatch(str(int(number)))):
        return calendar_day(found, value)
    if not 0 < number < 10**6:
        raise CellRefused(not_a_date(value))
    return sane(EXCEL_DAY_ZERO + timedelta(days=int(number)), value)


def date_of_text(text: str, value: Cell) -> date:
    if found := WRITTEN_DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text):
        return calendar_day(found, value)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return date_of_number(float(text), value)
    raise CellRefused(not_a_date(value))


def calendar_day(found: re.Match[str], value: Cell) -> date:
    year, month, day = (int(part) for part in found.groups())
    try:
        return sane(date(year, month, day), value)
    except CellRefused:
        raise
    except ValueError:
        reason = f"{year}年{month}月没有{day}日" if 1 <= month <= 12 else f"没有{month}月"
        raise CellRefused(f"“{shown(value)}”不是有效日期：{reason}，请改正") from None


def sane(day: date, value: Cell) -> date:
    if not EARLIEST <= day <= LATEST:
        raise CellRefused(f"“{shown(value)}”不是合理的日期（{day.year}年），请核对")
    return day


def not_a_date(value: Cell) -> str:
    return f"“{shown(value)}”不是日期，请写成2019-3-5、2019年3月5日或Excel日期"


def as_cents(value: Cell, *, unit: int = 1) -> int | None:
    """An amount in 分, rounded half up. A unit in the cell itself goes before the one of the heading."""
    if is_blank(value):
        return None
    if isinstance(value, bool | date | time | timedelta):
        raise CellRefused(not_an_amount(value))
    text = plain(str(value)).replace(",", "").replace(" ", "")
    found = AMOUNT.fullmatch(CURRENCY.sub("", text))
    if found is None:
        raise CellRefused(not_an_amount(value))
    amount = Decimal(found[1]) * (UNITS[found[2]] if found[2] else unit) * 100
    if not 0 <= amount < 10**15:
        raise CellRefused(f"金额“{shown(value)}”应在0到十万亿元之间，请核对")
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def not_an_amount(value: Cell) -> str:
    return f"“{shown(value)}”不是金额，请只写数字，如25559.49"


def as_integer(value: Cell) -> int | None:
    if is_blank(value):
        return None
    if isinstance(value, bool | date | time | timedelta):
        raise CellRefused(f"“{shown(value)}”不是整数")
    found = COUNT.fullmatch(plain(shown(value)).replace(",", "").replace(" ", ""))
    if found is None or int(found[1]) < 0:
        raise CellRefused(f"“{shown(value)}”不是整数，请只写数字，如3")
    if int(found[1]) > LARGEST_COUNT:
        raise CellRefused(f"“{shown(value)}”过大，请核对")
    return int(found[1])


def as_flag(value: Cell) -> bool | None:
    """Yes or no. Here 无 says no: a column of yes and no has no other nothing."""
    if isinstance(value, bool):
        return value
    text = plain(shown(value)).lower()
    if text in YES | NO:
        return text in YES
    if is_blank(value):
        return None
    raise CellRefused(f"“{shown(value)}”不是“是”或“否”")


class Words:
    """A closed list of choices, found by label, code or synonym."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = tuple(choices)
        self.seen: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        for spelling in (lambda c: (c.label,), lambda c: (c.code,), lambda c: c.synonyms):
            for choice in self.choices:
                for word in spelling(choice):
                    self.codes.setdefault(key_of(word), choice.code)

    def code_of(self, value: Cell) -> str | None:
        if isinstance(value, bool):
            value = "是" if value else "否"
        text = shown(value)
        if code := self.seen.get(text) or self.codes.get(key_of(text)):
            self.seen[text] = code
            return code
        if is_blank(value) or not key_of(text):
            return None
        raise CellRefused(f"没有“{text}”这一项，可填：{'、'.join(choice.label for choice in self.choices)}")

    def label_of(self, code: str) -> str:
        return next((choice.label for choice in self.choices if choice.code == code), code)
