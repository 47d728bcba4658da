"""How a division code is built: twelve digits, 2-2-2-3-3 from province to village."""

from itertools import accumulate

from django.db.models import TextChoices

GROUPS = (2, 2, 2, 3, 3)
ENDS = tuple(accumulate(GROUPS))
DIGITS = ENDS[-1]
NATION = "0" * DIGITS
BEYOND_NATION = "9" + "0" * (DIGITS - 1)
"""No province begins with 9, so this code follows every real one."""


class Level(TextChoices):
    """The levels of the tree, from the top."""

    NATION = "nation", "国家"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"
    VILLAGE = "village", "村级"


LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


class InvalidCode(ValueError):
    """A code that no division can have."""


def prefix_of(code: str) -> str:
    """The digits that every code of the subtree begins with; empty for the nation."""
    if not (len(code) == DIGITS and code.isascii() and code.isdigit()):
        raise InvalidCode(f"区划代码“{code}”应为{DIGITS}位数字")
    groups = [code[end - width : end] for width, end in zip(GROUPS, ENDS, strict=True)]
    filled = [bool(int(group)) for group in groups]
    if not any(filled):
        return ""
    if code[0] in "09":
        raise InvalidCode(f"区划代码“{code}”的前两位不是省级代码")
    deepest = max(index for index, has_digits in enumerate(filled) if has_digits)
    # a town may lie directly under a prefecture (441900103000), so only the county group may be skipped
    if not all(filled[index] for index in range(deepest) if LEVELS[index] is not Level.COUNTY):
        raise InvalidCode(f"区划代码“{code}”中间缺少上级代码，请核对各段（省2位、地2位、县2位、乡3位、村3位）")
    return code[: ENDS[deepest]]


def level_of(code: str) -> Level:
    prefix = prefix_of(code)
    return LEVELS[ENDS.index(len(prefix))] if prefix else Level.NATION


def parent_of(code: str) -> str | None:
    """The division just above; nothing stands above the nation."""
    prefix = prefix_of(code)
    if not prefix:
        return None
    shorter = prefix[: -GROUPS[ENDS.index(len(prefix))]]
    return prefix_of(shorter.ljust(DIGITS, "0")).ljust(DIGITS, "0")


def ancestors_of(code: str) -> list[str]:
    """The codes above, from the nearest up to the nation."""
    above: list[str] = []
    parent = parent_of(code)
    while parent is not None:
        above.append(parent)
        parent = parent_of(parent)
    return above


def code_range(code: str) -> tuple[str, str]:
    """The codes of a division and all below it: from the first, up to but without the second."""
    prefix = prefix_of(code)
    beyond = str(int(prefix) + 1).ljust(DIGITS, "0") if prefix else BEYOND_NATION
    return code, beyond


def is_under(code: str, division: str) -> bool:
    """Whether a division is the other one, or lies in it."""
    first, beyond = code_range(division)
    return first <= code < beyond


def complete(code: str) -> str:
    """The full code of a division named by its first digits, as people write them (620522)."""
    prefix_of(code.ljust(DIGITS, "0"))
    if len(code) not in (*ENDS, 0):
        raise InvalidCode(f"区划代码“{code}”应为2、4、6、9或12位数字")
    return code.ljust(DIGITS, "0")
