"""The book of a calendar year."""

from datetime import date

from casetrack.lib.months import Period
from reports.books import periodic


def write(*, region: str, year: int, as_of: date | None = None, today: date | None = None) -> bytes:
    return periodic.write(region=region, period=Period.of_year(year), as_of=as_of, today=today)
