"""Rest days and corrections of single places, as dated data: division-code prefix, day, and what decided it."""

from dataclasses import dataclass
from datetime import date

PREFIX_LENGTHS = (2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One day on which a place rests, or works, when the country does not."""

    prefix: str
    day: date
    works: bool
    reason: str
    notice: str

    def __post_init__(self) -> None:
        if not (self.prefix.isdigit() and len(self.prefix) in PREFIX_LENGTHS):
            raise ValueError(f"“{self.prefix}” is no division-code prefix (2, 4, 6, 9 or 12 digits)")
        if not (self.reason and self.notice):
            raise ValueError(f"{self.prefix} {self.day}: a local day needs its reason and the notice that decided it")


LOCAL_DAYS: tuple[LocalDay, ...] = ()


def local_days(region_code: str, days: tuple[LocalDay, ...] = LOCAL_DAYS) -> tuple[LocalDay, ...]:
    """What differs in a place, the widest area first, so that the narrower has the last word."""
    return tuple(sorted((day for day in days if region_code.startswith(day.prefix)), key=lambda day: len(day.prefix)))
