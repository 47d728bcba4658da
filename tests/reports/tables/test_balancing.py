"""What must add up in official tables: each equality by its name, and nothing written where one is broken."""

from dataclasses import replace
from datetime import date

import pytest

from casetrack.organizations.models import Region
from casetrack.stats.questions import Days
from casetrack.stats.refusals import BalanceBroken
from reports.tables.asking import Desk
from reports.tables.balancing import check, days_before, one_line_each
from reports.tables.declaring import Equality, OfficialTable, Sign, Sum
from reports.tables.filling import BELOW, OWN, TOTAL, Cell, Filled, Sheetful
from reports.tables.official.mediation_cases import MEDIATION_CASES
from reports.tables.official.mediation_teams import MEDIATION_TEAMS
from reports.tables.places import Places

PLACES = Places(Region(code="620522000000", name="秦安县"))
DESK = Desk(Days(date(2024, 3, 1), date(2024, 3, 31), date(2024, 3, 31)))


def filled(table: OfficialTable, label: str, **numbers: int) -> Filled:
    """A line of which all other numbers are 0, its subtotals formed."""
    cells: dict[str, Cell] = {}
    for column in table.columns:
        source = column.source
        summed = sum(int(cells[key].number) for key in source.columns) if isinstance(source, Sum) else 0
        cells[column.key] = Cell(numbers.get(column.key, summed))
    return Filled(label, cells, is_sum=label in (BELOW, OWN, TOTAL), is_part=label not in (BELOW, OWN, TOTAL))


def disputes(**numbers: int) -> Sheetful:
    below = filled(MEDIATION_CASES, BELOW)
    return Sheetful(MEDIATION_CASES, (below, *(filled(MEDIATION_CASES, label, **numbers) for label in (OWN, TOTAL))))


def unequal(equality: Equality) -> str:
    """A column with which the equality alone does not hold any more."""
    return equality.left[0] if equality.sign is Sign.AT_MOST else equality.right[-1]


@pytest.mark.parametrize("equality", MEDIATION_CASES.equalities, ids=lambda each: each.code)
def test_each_equality_of_the_form_that_breaks_is_named_with_its_two_sides(equality: Equality) -> None:
    broken = disputes(**{unequal(equality): 1})

    with pytest.raises(BalanceBroken) as refused:
        check(broken, DESK, PLACES)

    assert f"“{TOTAL}”{equality.code} {equality.words}：" in str(refused.value)
    assert str(refused.value).startswith("人民调解案件情况统计表（秦安县）")
    assert str(refused.value).endswith("；未生成表格，请运行 manage.py verify 核查")


def test_the_form_has_nine_equalities() -> None:
    codes = [equality.code for equality in MEDIATION_CASES.equalities]

    assert [*codes, "(9)"] == [f"({number})" for number in range(1, 10)]


def test_an_office_that_moved_shows_as_a_hint_only() -> None:
    right = disputes()
    moved = filled(
        MEDIATION_CASES, TOTAL, total=1, sum_of_bodies=1, active=1, sum_of_types=1, succeeded=1, oral=1, agreements=1
    )

    checks = check(replace(right, lines=(*right.lines[:2], moved)), DESK, PLACES).checks

    (shown,) = [(each.sides, each.verdict) for each, _ in one_line_each(checks) if each.code == "(9)"]
    assert shown == ("1≠0", "不等（提示）")


def test_the_lines_of_a_table_add_up_to_its_total() -> None:
    lines = (
        filled(MEDIATION_TEAMS, TOTAL, committees=3),
        filled(MEDIATION_TEAMS, "村", committees=1),
        filled(MEDIATION_TEAMS, "乡镇", committees=1),
    )

    with pytest.raises(BalanceBroken, match="“人民调解委员会”各行 合计＝各行之和：3≠2"):
        check(Sheetful(MEDIATION_TEAMS, lines), DESK, PLACES)


@pytest.mark.parametrize(
    ("first", "before"),
    [
        (date(2024, 3, 1), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2023, 12, 11), (date(2023, 12, 10), date(2023, 12, 10))),
    ],
)
def test_the_period_before_is_a_month_where_one_ends_there(first: date, before: tuple[date, date]) -> None:
    found = days_before(Days(first, date(2024, 12, 10), date(2024, 12, 10)))

    assert (found.first, found.last) == before
