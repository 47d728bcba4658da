"""The book of a month, with the year so far beside it."""

from datetime import date

from casetrack.lib.months import Period
from reports.books import periodic


def write(
    *, region: str, month: date, as_of: date | None = None, today: date | None = None, edition: int | None = None
) -> bytes:
    """The month that a day belongs to."""
    return periodic.write(region=region, period=Period.of_month(month), as_of=as_of, today=today, edition=edition)
