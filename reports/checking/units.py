"""The units that figures of reports come in, and what sort of thing each counts."""

from collections.abc import Mapping
from enum import StrEnum


class Sort(StrEnum):
    """What a unit counts: figures of one sort can be added, and measures take one sort or another."""

    CASES = "cases"
    PERSONS = "persons"
    ATTENDANCE = "attendance"
    TIMES = "times"
    BODIES = "bodies"
    MONEY = "money"
    RATE = "rate"
    POINTS = "points"
    MULTIPLE = "multiple"
    DAYS = "days"
    THINGS = "things"


UNITS: Mapping[Sort, tuple[str, ...]] = {
    Sort.CASES: ("件次", "件(次)", "件", "起", "宗", "例", "桩", "案"),
    Sort.PERSONS: ("名", "人", "位", "户次", "户"),
    Sort.ATTENDANCE: ("人次", "人(次)", "人·次", "余人次", "名次"),
    Sort.TIMES: ("场次", "场(次)", "次", "场", "期", "批次", "批", "轮", "班次", "回"),
    Sort.BODIES: ("个", "家", "所", "处", "间"),
    Sort.MONEY: ("元",),
    Sort.RATE: ("%", "‰", "成"),
    Sort.POINTS: ("个百分点", "百分点"),
    Sort.MULTIPLE: ("倍",),
    Sort.DAYS: ("个工作日", "工作日", "天", "日"),
    Sort.THINGS: (
        *("份", "条", "项", "部", "篇", "册", "本", "张", "幅", "块", "台", "辆", "支", "类", "种", "卷", "套"),
        *(
            "门",
            "节",
            "课时",
            "个次",
            "家次",
            "人份",
            "封",
            "批件",
            "队",
            "座",
            "株",
            "则",
            "通",
            "栋",
            "页",
            "枚",
            "面",
        ),
    ),
}
SORT_OF: Mapping[str, Sort] = {unit: sort for sort, units in UNITS.items() for unit in units}
BY_LENGTH: tuple[str, ...] = tuple(sorted(SORT_OF, key=len, reverse=True))
PLAIN_NAMES: Mapping[str, str] = {
    "件(次)": "件次",
    "人(次)": "人次",
    "人·次": "人次",
    "余人次": "人次",
    "名次": "人次",
    "场(次)": "场次",
    "百分点": "个百分点",
    "成": "%",
}
CHINESE_COUNTED = frozenset(
    {Sort.CASES, Sort.PERSONS, Sort.ATTENDANCE, Sort.TIMES, Sort.BODIES, Sort.MONEY, Sort.THINGS}
)
