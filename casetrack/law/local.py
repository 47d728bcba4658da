"""What single places decide about rest days: the notices of autonomous areas, and corrections, as dated data.

The days are taken from reprints of the notices. An area that arranges feasts of its own is provisional in a year
whose local notice is not listed here, exactly as the country is without the national one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

PREFIX_LENGTHS = (2, 4, 6, 9, 12)

# Areas with a yearly notice of their own, and since which year.
AREAS = {"45": 2014, "54": 2008, "64": 2008, "65": 2008}


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One day on which a place rests, or works, when the country does not."""

    day: date
    works: bool
    reason: str
    notice: str


@dataclass(frozen=True, slots=True)
class LocalNotice:
    """What one place decided about one year; months and days of the rest and of the working days."""

    prefix: str
    year: int
    title: str
    rests: tuple[tuple[str, int, int], ...]
    works: tuple[tuple[str, int, int], ...] = ()

    def __post_init__(self) -> None:
        if not (self.prefix.isdigit() and len(self.prefix) in PREFIX_LENGTHS):
            raise ValueError(f"“{self.prefix}” is no division-code prefix (2, 4, 6, 9 or 12 digits)")
        if not self.title:
            raise ValueError(f"{self.prefix} {self.year}: name the notice that decided these days")

    def days(self) -> Iterator[LocalDay]:
        for feast, month, day in self.rests:
            yield LocalDay(date(self.year, month, day), False, f"{feast}放假", self.title)
        for feast, month, day in self.works:
            yield LocalDay(date(self.year, month, day), True, f"{feast}调休上班", self.title)


def _guangxi(year: int) -> str:
    return f"广西壮族自治区人民政府办公厅关于{year}年“壮族三月三”放假的通知"


def _xinjiang(year: int) -> str:
    return f"新疆维吾尔自治区人民政府办公厅关于{year}年节假日放假安排的通知"


def _ningxia(year: int) -> str:
    return f"宁夏回族自治区人民政府办公厅关于{year}年部分节假日安排的通知"


THIRD, RAMADAN, CORBAN, LOSAR = "壮族三月三", "肉孜节", "古尔邦节", "藏历新年"
NOTICES: tuple[LocalNotice, ...] = (
    LocalNotice("45", 2017, _guangxi(2017), ((THIRD, 3, 30), (THIRD, 3, 31), (THIRD, 4, 1)), ((THIRD, 4, 8),)),
    LocalNotice("45", 2023, _guangxi(2023), ((THIRD, 4, 21), (THIRD, 4, 23))),
    LocalNotice("45", 2024, _guangxi(2024), ((THIRD, 4, 11), (THIRD, 4, 12))),
    LocalNotice("64", 2020, _ningxia(2020), (("开斋节", 5, 25), ("开斋节", 5, 26), (CORBAN, 7, 30), (CORBAN, 7, 31))),
    LocalNotice("64", 2021, _ningxia(2021), (("开斋节", 5, 13), ("开斋节", 5, 14), (CORBAN, 7, 19), (CORBAN, 7, 20))),
    LocalNotice("65", 2022, _xinjiang(2022), ((RAMADAN, 5, 5), (CORBAN, 7, 11), (CORBAN, 7, 12), (CORBAN, 7, 13))),
    LocalNotice("65", 2023, _xinjiang(2023), ((RAMADAN, 4, 21), (CORBAN, 6, 28), (CORBAN, 6, 29), (CORBAN, 6, 30))),
    LocalNotice("65", 2025, _xinjiang(2025), ((RAMADAN, 3, 31), (CORBAN, 6, 6), (CORBAN, 6, 9), (CORBAN, 6, 10))),
    LocalNotice(
        "5401",
        2023,
        "拉萨市人民政府办公室关于2023年藏历新年放假安排的通知",
        ((LOSAR, 2, 20), (LOSAR, 2, 21), (LOSAR, 2, 22), (LOSAR, 2, 23), (LOSAR, 2, 24)),
        ((LOSAR, 2, 18), (LOSAR, 2, 19)),
    ),
    LocalNotice(
        "5401",
        2025,
        "拉萨市人民政府办公室关于2025年藏历新年放假安排的通知",
        ((LOSAR, 2, 27), (LOSAR, 2, 28), (LOSAR, 3, 3), (LOSAR, 3, 4)),
    ),
    LocalNotice(
        "5401",
        2026,
        "拉萨市人民政府办公室关于2026年春节、藏历新年放假安排的通知",
        ((LOSAR, 2, 24), (LOSAR, 2, 25), (LOSAR, 2, 26)),
    ),
)


def local_notices(region_code: str, notices: tuple[LocalNotice, ...] = NOTICES) -> tuple[LocalNotice, ...]:
    """What differs in a place, the widest area first, so that the narrower has the last word."""
    found = (notice for notice in notices if region_code.startswith(notice.prefix))
    return tuple(sorted(found, key=lambda notice: len(notice.prefix)))


def area_of(region_code: str) -> str:
    """The area with notices of its own to which a place belongs; empty where the national notice says it all."""
    return next((prefix for prefix in AREAS if region_code.startswith(prefix)), "")
