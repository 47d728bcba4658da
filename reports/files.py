"""Where books go: named after what they hold."""

from datetime import date
from pathlib import Path

from casetrack.lib.files import put
from casetrack.lib.months import month_of
from reports.books import annual, monthly


def write_month_book(*, region: str, month: date, folder: Path, today: date | None = None) -> Path:
    """The month's workbook in a folder, under its fixed name; written again, it takes the place of the one before."""
    data = monthly.write(region=region, month=month, today=today)
    return put(data=data, path=folder / f"{region}-{month_of(month):%Y-%m}.xlsx")


def write_year_book(*, region: str, year: int, folder: Path, today: date | None = None) -> Path:
    """The year's workbook in a folder, under its fixed name."""
    return put(data=annual.write(region=region, year=year, today=today), path=folder / f"{region}-{year}.xlsx")
