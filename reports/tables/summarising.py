"""The month on one page: filled month by month and for the year so far, balanced between them, drawn as charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casetrack.kinds import KINDS
from casetrack.lib.months import Period
from casetrack.organizations.scope import EVERYTHING, Scope
from casetrack.stats.questions import Days, Place
from reports.books.layout import Chart, ChartKind, Sheet
from reports.tables.asking import Desk
from reports.tables.balancing import Balanced, Checked, of_equalities, refuse_broken
from reports.tables.declaring import OfficialTable
from reports.tables.filling import Filled, Sheetful, filled
from reports.tables.laying_out import Made, notes, table_of
from reports.tables.official.monthly_summary import COURSE, MONTHS, OTHERS, OVER_TIME

TABLES = (COURSE, MONTHS, OTHERS)
CAPTIONS = ("一、本月收案与办结", "二、本年累计", "三、各月收到与办结", "四、组织、培训和报送事项")
OF_MONTH, SO_FAR = "本月", "本年累计"


@dataclass(frozen=True, slots=True)
class Months:
    """A desk for each month of a year up to the one that the page is about, and one for all of them together."""

    own: Place
    periods: tuple[Period, ...]
    desks: tuple[Desk, ...]
    so_far: Desk

    @classmethod
    def of(cls, own: Place, periods: Sequence[Period], days: Days, scope: Scope = EVERYTHING) -> "Months":
        each = [Days(month.start, month.end, min(month.end, days.as_of)) for month in periods[:-1]]
        whole = Days(periods[0].start, days.last, days.as_of)
        desks = (*(Desk.of(found, (MONTHS,), scope) for found in each), Desk.of(days, TABLES, scope))
        return cls(own, tuple(periods), desks, Desk.of(whole, TABLES, scope))

    @property
    def last(self) -> Desk:
        return self.desks[-1]

    def line(self, desk: Desk, table: OfficialTable, label: str) -> Filled:
        return replace(filled(table, desk, self.own, table.lines[0]), label=label)


def summarise(months: Months) -> list[Balanced]:
    """The four tables of the page. Raises BalanceBroken where figures that must add up do not."""
    month, so_far = (
        Sheetful(COURSE, tuple(filled(COURSE, desk, months.own, line) for line in COURSE.lines))
        for desk in (months.last, months.so_far)
    )
    so_far = replace(so_far, table=replace(COURSE, title="月报：本年累计"))
    by_month = Sheetful(
        MONTHS,
        tuple(
            months.line(desk, MONTHS, name_of(period))
            for period, desk in zip(months.periods, months.desks, strict=True)
        ),
    )
    others = Sheetful(OTHERS, (months.line(months.last, OTHERS, OF_MONTH), months.line(months.so_far, OTHERS, SO_FAR)))
    found = [
        Balanced(month, tuple(of_equalities(month))),
        Balanced(so_far, tuple(of_equalities(so_far))),
        Balanced(by_month, (*of_months(by_month, months), *one_after_another(months))),
        Balanced(others, ()),
    ]
    for each in found:
        refuse_broken(each.sheetful.table, months.own.name, each.checks)
    return found


def name_of(period: Period) -> str:
    """A month by the day it ends on, as reporting periods are named."""
    return f"{period.end.month}月"


def of_months(by_month: Sheetful, months: Months) -> Iterator[Checked]:
    whole = months.line(months.so_far, MONTHS, SO_FAR)
    for column in MONTHS.columns:
        if any(line.cells[column.key].is_stated for line in (whole, *by_month.lines)):
            continue  # a year may be stated, and none of its months
        parts = sum(line.cells[column.key].number for line in by_month.lines)
        where = "－".join(column.headings)
        yield Checked("各月", "各月之和＝本年累计", where, parts, whole.cells[column.key].number)


def one_after_another(months: Months) -> Iterator[Checked]:
    for kind in KINDS.values():
        for number, (before, after) in enumerate(zip(months.desks, months.desks[1:], strict=False), start=1):
            left, right = (
                found.value or 0 if (found := desk.answer(months.own, kind.code).find(kind.code, measure)) else 0
                for desk, measure in ((before, "pending"), (after, "carried_over"))
            )
            where = f"{kind.label}（{name_of(months.periods[number])}）"
            yield Checked("结转", "上月未办结＝本月上期结转", where, left, right)


def page_of(balanced: Sequence[Balanced], made: Made) -> Sheet:
    """Printed on one page, with charts below that show nothing but cells above."""
    sheetfuls = [each.sheetful for each in balanced]
    captioned = zip(sheetfuls, CAPTIONS, strict=True)
    return Sheet(
        name="月报",
        title=f"{made.region.name}矛盾纠纷化解和法律服务月报（{made.days.last.year}年{made.days.last.month}月）",
        facts=made.facts,
        tables=tuple(table_of(sheetful, caption, numbered=False) for sheetful, caption in captioned),
        charts=tuple(charts()),
        notes=(*dict.fromkeys(note for each in sheetfuls for note in notes(each)), *made.notes),
        one_page=True,
    )


def charts() -> Iterator[Chart]:
    course = [column.key for column in COURSE.columns]
    drawn = tuple((course.index(measure), label) for measure, label in OVER_TIME.items())
    yield Chart("本月收到与办结", drawn, table=0)
    for place, label in enumerate(OVER_TIME.values()):
        series = tuple((number * len(OVER_TIME) + place, kind.label) for number, kind in enumerate(KINDS.values()))
        yield Chart(f"各月{label}", series, table=2, kind=ChartKind.STACKED)
