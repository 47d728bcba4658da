"""Numbers as reports write them: 1,814, 1015.15, 三百二十六, 两千零三, 4.1万, 十八点五."""

from decimal import Decimal

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
CHINESE = r"[零〇○一二两三四五六七八九十百千万亿]"
WORDS = "零一二三四五六七八九"


class NotANumber(ValueError):
    """Signs of numbers that make no number, as 十百 or 万三十千."""


def arabic(written: str) -> Decimal:
    """The value of 1,814 or 98.10; the decimals written are kept."""
    return Decimal(written.replace(",", ""))


def chinese(written: str) -> Decimal:
    """The value of a Chinese numeral, or of digits read one by one (二〇一九)."""
    whole, _, fraction = written.partition("点")
    value = Decimal(whole_number(whole))
    if fraction:
        value += Decimal("0." + "".join(str(DIGITS[sign]) for sign in fraction))
    return value


def whole_number(written: str) -> int:
    if not written:
        raise NotANumber(written)
    if len(written) > 1 and all(sign in DIGITS for sign in written):
        return int("".join(str(DIGITS[sign]) for sign in written))
    for sign, size in (("亿", MYRIADS["亿"]), ("万", MYRIADS["万"])):
        before, found, after = written.partition(sign)
        if found:
            return whole_number(before) * size + (rest(after, size) if after else 0)
    return below_myriad(written)


def rest(written: str, size: int) -> int:
    """What follows 万 or 亿: less than it; a lone digit counts the next lower ten (三万二 is 32000)."""
    if len(written) == 1 and written in DIGITS and DIGITS[written]:
        return DIGITS[written] * size // 10
    value = whole_number(written.lstrip("零〇"))
    if value >= size:
        raise NotANumber(written)
    return value


def below_myriad(written: str) -> int:
    """The value of a numeral of 十, 百 and 千."""
    value, size, digit = 0, 10_000, None
    for sign in written:
        if sign in TENS:
            if TENS[sign] >= size or (digit is None and (sign != "十" or value % 100)):
                raise NotANumber(written)
            size = TENS[sign]
            value += (1 if digit is None else digit) * size
            digit = None
        elif sign in DIGITS and digit is None or digit == 0:
            digit = DIGITS[sign]
            if digit == 0:
                size = min(size, 1000) if value else size
        else:
            raise NotANumber(written)
    if digit:
        value += digit * (size // 10 if short_form(written) else 1)
    return value


def short_form(written: str) -> bool:
    """Whether the last digit stands for the next lower ten: 三百二 is 320, and 三百零二 is not."""
    return len(written) > 2 and written[-2] in ("百", "千")


def spoken(number: int) -> str:
    """The Chinese numeral of a whole number below a hundred million million, in the usual long form."""
    if number == 0:
        return WORDS[0]
    for sign, size in (("亿", MYRIADS["亿"]), ("万", MYRIADS["万"])):
        if number >= size:
            upper, lower = divmod(number, size)
            gap = "零" if lower and lower < size // 10 else ""
            return spoken(upper) + sign + (gap + spoken(lower) if lower else "")
    said, size, skipped = "", 1000, False
    for sign in ("千", "百", "十", ""):
        digit, number = divmod(number, size)
        if digit:
            said += ("零" if skipped and said else "") + WORDS[digit] + sign
        skipped = digit == 0
        size = size // 10
    return said
