"""What must add up in a table: each equality with both its sides and its verdict; one that breaks stops the table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from casetrack.lib.months import Period, last_day
from casetrack.stats.questions import Days
from casetrack.stats.refusals import BalanceBroken
from reports.books.checks import Number, plain
from reports.tables.asking import Desk
from reports.tables.declaring import Equality, OfficialTable, Sign, Succession, narrowed
from reports.tables.filling import BELOW, OWN, TOTAL, Filled, Sheetful, cell_of
from reports.tables.places import Places

HOLDS, BROKEN, DIFFERS = "相符", "不符", "不等（提示）"
NOT = {Sign.EQUAL: "≠", Sign.AT_MOST: "＞"}
OF_LEVELS = "(9)"  # as the form of mediation numbers it
CHECK = "未生成表格，请运行 manage.py verify 核查"


@dataclass(frozen=True, slots=True)
class Checked:
    """An equality in one line of a table, or of one of its columns."""

    code: str
    words: str
    place: str
    left: Number
    right: Number
    sign: Sign = Sign.EQUAL
    warns: bool = False

    @property
    def holds(self) -> bool:
        return self.left <= self.right if self.sign is Sign.AT_MOST else self.left == self.right

    @property
    def verdict(self) -> str:
        return HOLDS if self.holds else DIFFERS if self.warns else BROKEN

    @property
    def sides(self) -> str:
        return f"{plain(self.left)}{self.sign if self.holds else NOT[self.sign]}{plain(self.right)}"


@dataclass(frozen=True, slots=True)
class Balanced:
    """A filled table with everything that was checked of it."""

    sheetful: Sheetful
    checks: tuple[Checked, ...]


def check(sheetful: Sheetful, desk: Desk, places: Places) -> Balanced:
    """Everything that was checked. Raises BalanceBroken, naming all that do not hold."""
    found = tuple(every_check(sheetful, desk, places))
    refuse_broken(sheetful.table, places.own.name, found)
    return Balanced(sheetful, found)


def refuse_broken(table: OfficialTable, place: str, checks: Iterable[Checked]) -> None:
    broken = [each for each in checks if not each.holds and not each.warns]
    if broken:
        told = "；".join(f"“{each.place}”{each.code} {each.words}：{each.sides}" for each in broken)
        raise BalanceBroken(f"{table.title}（{place}）{told}；{CHECK}")


def every_check(sheetful: Sheetful, desk: Desk, places: Places) -> Iterator[Checked]:
    table = sheetful.table
    yield from of_equalities(sheetful)
    if not table.without_total:
        yield from of_lines(sheetful) if table.lines else of_places(sheetful)
    for succession in table.successions:
        yield from carried(succession, sheetful, desk, places)


def of_equalities(sheetful: Sheetful) -> Iterator[Checked]:
    """Those that are declared, in each line of which cases are counted."""
    for equality in sheetful.table.equalities:
        for line in sheetful.lines:
            if not any(line.cells[key].is_stated for key in (*equality.left, *equality.right)):
                yield within(equality, line)


def within(equality: Equality, line: Filled) -> Checked:
    left, right = (added(line, keys) for keys in (equality.left, equality.right))
    return Checked(equality.code, equality.words, line.label, left, right, equality.sign, equality.warns)


def added(line: Filled, keys: Sequence[str]) -> Number:
    return sum((line.cells[key].number for key in keys), 0)


def of_lines(sheetful: Sheetful) -> Iterator[Checked]:
    """Each column of a table adds up to its total."""
    for column in summable(sheetful):
        total = sheetful.total.cells[column].number
        parts = sum((line.cells[column].number for line in sheetful.parts), 0)
        yield Checked("各行", "合计＝各行之和", heading(sheetful.table, column), total, parts)


def of_places(sheetful: Sheetful) -> Iterator[Checked]:
    """An office that moved in the period is counted where it was, and its own line has all it did: only a warning."""
    below, own, total = (sheetful.line(label) for label in (BELOW, OWN, TOTAL))
    for column in summable(sheetful):
        parts = below.cells[column].number + own.cells[column].number
        where, words = heading(sheetful.table, column), "合计＝下级上报总计＋本级上报总计"
        yield Checked(OF_LEVELS, words, where, total.cells[column].number, parts, warns=True)


def summable(sheetful: Sheetful) -> list[str]:
    columns = (column.key for column in sheetful.table.columns if column.adds_up)
    return [key for key in columns if not any(line.cells[key].is_stated for line in sheetful.lines)]


def heading(table: OfficialTable, key: str) -> str:
    return "－".join(table.column(key).headings)


def carried(succession: Succession, sheetful: Sheetful, desk: Desk, places: Places) -> Iterator[Checked]:
    """What the period before left open, line by line, is what this one carries over."""
    table = sheetful.table
    column = table.column(succession.pending)
    before = Desk(days_before(desk.days), desk.scope)
    before.need(narrowed(part, line) for part in column.source.parts for line in table.lines)
    for declared, line in zip(table.lines, sheetful.lines, strict=True):
        left = cell_of(column, before, places.own, declared, {}).number
        words = f"上期{heading(table, succession.pending)}＝本期{heading(table, succession.carried_over)}"
        yield Checked(succession.code, words, line.label, left, line.cells[succession.carried_over].number)


def days_before(days: Days) -> Days:
    """A period that ends on the day before: a month where one does, which is read from what is kept of months."""
    end = days.first - timedelta(days=1)
    first = Period.of_month(end).start if end == last_day(end) else end
    return Days(first, end, end)


def one_line_each(checks: Iterable[Checked]) -> list[tuple[Checked, int]]:
    """For printing: each equality once, where it breaks or else as it stands in the total, and how often."""
    found: dict[tuple[str, str], list[Checked]] = {}
    for each in checks:
        found.setdefault((each.code, each.words), []).append(each)
    return [(shown(together), len(together)) for together in found.values()]


def shown(together: Sequence[Checked]) -> Checked:
    failing = next((each for each in together if not each.holds), None)
    return failing or next((each for each in together if each.place == TOTAL), together[0])
