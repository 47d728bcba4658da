"""Official tables as books: filled, balanced, laid out, with the sheet that explains them behind."""

from dataclasses import dataclass, replace
from datetime import date

from casetrack.lib.months import Period
from casetrack.organizations.models import Region
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.asking import days_of, place_of
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import known_by
from casetrack.stats.questions import Days
from casetrack.stats.refusals import StatisticsRefused
from casetrack.stats.snapshot import one_view
from reports import workbook
from reports.books.editions import edition_of, edition_of_book, own_figures, refuse_unlike
from reports.books.layout import Book
from reports.books.material import bureau_of, cutoff_of
from reports.tables.asking import Desk
from reports.tables.balancing import Balanced, check
from reports.tables.declaring import OfficialTable
from reports.tables.explaining import explanation
from reports.tables.filling import fill
from reports.tables.laying_out import Made, sheet_of
from reports.tables.naming import subject_of, tables_named
from reports.tables.official import monthly_summary
from reports.tables.places import Places, places_of
from reports.tables.summarising import Months, page_of, summarise


@dataclass(frozen=True, slots=True)
class Wish:
    """Which tables of which place and days; the summary of a month also wants the `months` of its year up to it.

    Only the cases that `scope` opens are counted; with `edition`, as an edition of the month published them.
    """

    tables: tuple[str, ...]
    region: str
    first: date
    last: date
    as_of: date | None = None
    months: tuple[Period, ...] = ()
    scope: Scope = EVERYTHING
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a book holds: tables, each on a sheet of its own, and the page of the month where it was wished for."""

    made: Made
    tables: tuple[Balanced, ...]
    page: tuple[Balanced, ...] = ()

    @property
    def all(self) -> tuple[Balanced, ...]:
        return (*self.page, *self.tables)

    @property
    def title(self) -> str:
        titles = [each.sheetful.table.title for each in self.tables]
        return f"{self.made.region.name}{'、'.join([*([monthly_summary.TITLE] if self.page else []), *titles])}"


def write(wish: Wish, *, today: date | None = None) -> bytes:
    """The file's bytes: equal figures give equal bytes.

    Raises StatisticsRefused for what can't be meant, and BalanceBroken where figures that must add up do not.
    """
    return workbook.write(book_of(gather(wish, today=today)))


def gather(wish: Wish, *, today: date | None = None) -> Contents:
    """The tables filled and checked, each figure asked for once, all at one moment."""
    days = days_asked(wish, today)
    tables = tables_named(wish.tables, days.period.end)
    with one_view():
        place_of(region=wish.region, organization=None)
        region = Region.objects.get(pk=wish.region)
        period, subjects = Period(wish.first, wish.last), [subject_of(each) for each in wish.tables]
        own = own_edition(wish, period, subjects)
        said = own_figures(own) if own else edition_of(wish.region, period, subjects[0])
        made = Made(region, bureau_of(region), days, said)
        desk = Desk.of(days, tables, wish.scope, known=known_by(own) if own else None)
        found = tuple(balanced(table, desk, region) for table in tables)
        months = months_of(wish, region, days)
        page = tuple(summarise(months)) if months else ()
        if own:
            refuse_unlike(own, desk.figures_of(wish.region), wish.scope)
    left_out = desk.leaves_out or bool(months and months.so_far.leaves_out)
    return Contents(replace(made, leaves_out=left_out), found, page)


def own_edition(wish: Wish, period: Period, subjects: list[str]) -> Edition | None:
    """Whose own figures are wished for. The page of a month compares it with others, which no edition holds."""
    if wish.edition is None:
        return None
    if monthly_summary.NAME in wish.tables:
        raise StatisticsRefused(f"{monthly_summary.TITLE}与其他月份对比，只有现在的数字，请去掉版次（edition）")
    return edition_of_book(wish.region, period, wish.edition, as_of=wish.as_of, subjects=subjects)


def balanced(table: OfficialTable, desk: Desk, region: Region) -> Balanced:
    places = Places(region) if table.lines else places_of(region, kind=table.subject, day=desk.days.period.end)
    return check(fill(table, desk, places), desk, places)


def months_of(wish: Wish, region: Region, days: Days) -> Months | None:
    if monthly_summary.NAME not in wish.tables:
        return None
    if not wish.months:
        raise StatisticsRefused(f"{monthly_summary.TITLE}按月生成，请指明月份，而不是年度或任意起止日")
    place = place_of(region=region.code, organization=None)
    return Months.of(place, wish.months, days, wish.scope)


def book_of(contents: Contents) -> Book:
    made, tables, page = contents.made, contents.tables, contents.page
    return Book(
        title=contents.title,
        author=made.bureau,
        dated=made.dated,
        sheets=(
            *([page_of(page, made)] if page else []),
            *(sheet_of(each.sheetful, made) for each in tables),
            explanation(contents.all, made),
        ),
    )


def days_asked(wish: Wish, today: date | None) -> Days:
    as_of = cutoff_of(Period(wish.first, wish.last), wish.as_of, today)
    return days_of(first=wish.first, last=wish.last, as_of=as_of)
