"""Numbers of a text with the unit they come in and how exact they are said to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.checking.claims import Nearness
from reports.checking.noise import masked
from reports.checking.numerals import MYRIADS, TENS, NotANumber, arabic, chinese
from reports.checking.units import BY_LENGTH, CHINESE_COUNTED, PLAIN_NAMES, SORT_OF, Sort

ARABIC = r"(?<![\d.])(?<!\d,)(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?(?![\d.])"
CHINESE = r"[零〇○一二两三四五六七八九十百千万亿]{1,16}(?:点[零〇一二三四五六七八九]{1,6})?"
UNIT = "|".join(re.escape(unit) for unit in BY_LENGTH)
MENTION = re.compile(
    rf"(?P<share>百分之|千分之)(?P<part>{CHINESE}|{ARABIC})(?P<after_share>[余多]?)"
    rf"|\((?P<unit_ahead>[千万亿]?元|{UNIT})\):?(?P<labelled>{ARABIC})(?!(?:{UNIT}))"
    rf"|(?P<bare>{ARABIC})(?=(?:(?:、|和|及|与|、和)\d{{1,12}}(?:\.\d{{1,6}})?){{1,8}}(?P<shared>{UNIT}))"
    rf"|(?P<number>{ARABIC}|{CHINESE})(?P<more>[余多来]?)(?P<size>[百千万亿]?)(?P<more_after>[余多]?)(?P<unit>{UNIT})"
    rf"(?P<tenths>(?<=成)[一二三四五六七八九1-9](?![一-鿿]?[件起个名%]))?"
)
OVER_BEFORE = ("超过", "超", "突破", "逾", "上", "多达", "不低于", "不少于", "高于", "达到或超过", "至少")
LISTED = 60  # so far before a number without a unit 分别 may stand
AVERAGE = re.compile(r"平均|中位")  # other days are terms
UNDER_BEFORE = ("近", "不足", "接近", "不到", "将近", "少于", "低于", "不超过")
ABOUT_BEFORE = ("约", "大约", "约为", "大概", "约占")
OVER_AFTER = ("以上", "多", "有余", "之多")
ABOUT_AFTER = ("左右", "上下")
UNDER_AFTER = ("以下", "以内")
MORE_THAN = re.compile(r"多[\d出了办]")  # 比2022年的365件多47件
ROUND = re.compile(r"[百千万]")
NEARLY = ("近", "约", "超", "逾", "上")
CHINESE_SIGNS = frozenset("零一二两三四五六七八九十百")
NOT_BEFORE_CHINESE = frozenset("第每哪任同另逐统单唯某这那各几数好")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its unit, by its places in the plain text."""

    start: int
    end: int
    value: Decimal
    unit: str
    sort: Sort
    nearness: Nearness
    decimals: int

    @property
    def is_count(self) -> bool:
        return self.sort not in (Sort.RATE, Sort.POINTS, Sort.MULTIPLE, Sort.MONEY, Sort.DAYS)


def mentions(text: str) -> Iterator[Mention]:
    """Every number that counts or measures something, in the order of the plain text."""
    clean = masked(text)
    for found in MENTION.finditer(clean):
        read = share if found["share"] else headed if found["labelled"] else listed if found["bare"] else counted
        mention = read(found, clean)
        if mention is not None:
            yield mention


def share(found: re.Match[str], text: str) -> Mention | None:
    """A rate in words: 百分之九十八点一."""
    value = Decimal(100) if found["part"] == "百" else value_of(found["part"])  # 百分之百
    if value is None:
        return None
    start = found.start()
    nearness = nearness_of(text, start, found.end(), found["after_share"])
    unit = "%" if found["share"] == "百分之" else "‰"
    return Mention(start, found.end(), value, unit, Sort.RATE, nearness, decimals_of(value))


def headed(found: re.Match[str], text: str) -> Mention | None:
    """A number behind its unit in brackets, as in bulletins: 受理(件)56."""
    start, end = found.span("labelled")
    value, unit = arabic(found["labelled"]), found["unit_ahead"]
    sort = Sort.MONEY if unit.endswith("元") else SORT_OF[unit]
    nearness = nearness_of(text, start, end, "")
    return Mention(start, end, value, PLAIN_NAMES.get(unit, unit), sort, nearness, decimals_of(value))


def listed(found: re.Match[str], text: str) -> Mention | None:
    """A number that has its unit from the last of an enumeration: 分别为12、30和5件."""
    if "分别" not in text[max(0, found.start() - LISTED) : found.start()]:
        return None
    value, unit = arabic(found["bare"]), found["shared"]
    unit = PLAIN_NAMES.get(unit, unit)
    return Mention(
        found.start(), found.end(), value, unit, SORT_OF[found["shared"]], Nearness.EXACT, decimals_of(value)
    )


def counted(found: re.Match[str], text: str) -> Mention | None:
    """A number followed by its unit, unless it is a turn of speech (一起, 两个)."""
    written, unit = found["number"], found["unit"]
    sort = SORT_OF[unit]
    value = value_of(written)
    if ROUND.fullmatch(written) and text[: found.start()].endswith(NEARLY):
        value = Decimal(TENS.get(written) or MYRIADS[written])  # 近千件
    elif value is None or (not written[0].isdigit() and not counts(found, text, sort)):
        return None
    decimals = decimals_of(value)
    if unit == "元" and found["size"] in ("千", "万", "亿"):
        unit = found["size"] + unit
    elif unit == "元" and written[-1] in MYRIADS and len(written) > 1:
        unit, value = written[-1] + unit, value / MYRIADS[written[-1]]  # 三千零八十二万元 as 3082万元
    elif found["size"]:
        value *= TENS.get(found["size"]) or MYRIADS[found["size"]]
        decimals = 0
    if unit == "成":
        value = value * 10 + (value_of(found["tenths"]) or 0 if found["tenths"] else 0)
    if (unit == "成" and value > 100) or (
        sort is Sort.DAYS and not AVERAGE.search(text, max(0, found.start() - 14), found.start())
    ):
        return None
    more = found["more"] or found["more_after"] or ("余" if "余" in unit or "多" in unit else "")
    nearness = nearness_of(text, found.start(), found.end(), more)
    if unit == "成" and nearness is Nearness.EXACT and not found["tenths"]:
        nearness = Nearness.ABOUT  # 九成 is said of 88 % as well
    return Mention(found.start(), found.end(), value, PLAIN_NAMES.get(unit, unit), sort, nearness, decimals)


def counts(found: re.Match[str], text: str, sort: Sort) -> bool:
    """Whether a Chinese numeral counts: 三十余件 does, and 一起, 两个 or 第三次 is a turn of speech."""
    if sort in (Sort.RATE, Sort.POINTS):
        return True
    if sort not in CHINESE_COUNTED or text[found.start() - 1 : found.start()] in NOT_BEFORE_CHINESE:
        return False
    written = found["number"]
    if len(written) > 1 or found["more"] or found["size"]:
        return sort is not Sort.THINGS or found["unit"] in "份条"
    following = text[found.end() : found.end() + 1]
    if sort is Sort.CASES and written != "一":
        return following not in ("以", "事")
    ends = not following or following in ",、;。:!?()\n" or following in CHINESE_SIGNS
    return ends and sort in (Sort.CASES, Sort.TIMES, Sort.PERSONS) and written != "一"


def value_of(written: str) -> Decimal | None:
    if written[0].isdigit() and written[0].isascii():
        return arabic(written)
    try:
        return chinese(written)
    except NotANumber:
        return None


def decimals_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def nearness_of(text: str, start: int, end: int, more: str) -> Nearness:
    """How exact a number is said to be, by the words next to it."""
    before, after = text[max(0, start - 4) : start], text[end : end + 2]
    if before.endswith("证据不足"):
        return Nearness.OVER if more else Nearness.EXACT  # a reason, and no bound
    if before.endswith(("不足", "不到", "不超过")):
        return Nearness.UNDER
    over = after.startswith(OVER_AFTER) and not MORE_THAN.match(after)
    if more or over or before.endswith(OVER_BEFORE):
        return Nearness.OVER
    if before.endswith(ABOUT_BEFORE) or after.startswith(ABOUT_AFTER):
        return Nearness.ABOUT
    if before.endswith(UNDER_BEFORE) or after.startswith(UNDER_AFTER):
        return Nearness.UNDER
    return Nearness.EXACT
