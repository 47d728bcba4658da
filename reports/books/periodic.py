"""What the books of a month and of a year have in common: a sheet a subject between a summary and an explanation."""

from collections.abc import Iterator
from datetime import date

from casetrack.lib.months import Period
from reports import workbook
from reports.books.checks import checks_of
from reports.books.explanation import explanation_sheet
from reports.books.layout import Book, Sheet
from reports.books.material import Material, gather, subjects_of
from reports.books.reported import reported_sheet
from reports.books.subjects import subject_sheet
from reports.books.summary import summary_sheet
from reports.books.wording import title_of

REGISTERS = "调解组织与培训"


def write(
    *,
    region: str,
    period: Period,
    as_of: date | None = None,
    today: date | None = None,
    edition: int | None = None,
) -> bytes:
    """The file's bytes: the figures as they are now, or those of an `edition` of the month.

    Without `as_of` it counts up to the period's end, or up to `today` while the period lasts. Raises StatisticsRefused
    for what can't be meant, and BalanceBroken where figures that must add up do not.
    """
    return workbook.write(book_of(gather(region=region, period=period, as_of=as_of, today=today, edition=edition)))


def book_of(material: Material) -> Book:
    return Book(
        title=title_of(material, "统计工作簿"),
        author=material.bureau,
        dated=material.as_of,
        sheets=tuple(sheets(material)),
    )


def sheets(material: Material) -> Iterator[Sheet]:
    """Nothing is laid out before everything adds up."""
    checks = checks_of(material)
    kinds, registers = subjects_of(material)
    yield summary_sheet(material)
    for subject in kinds:
        yield subject_sheet(material, subject.label, [subject])
    if registers:
        yield subject_sheet(material, REGISTERS, registers)
    yield reported_sheet(material)
    yield explanation_sheet(material, checks)
