"""`manage.py workbook`."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casetrack.organizations.models import Organization
from casetrack.stats.closing.closing import close
from reports.books import annual, monthly
from tests.cases.logging import log_dispute, take
from tests.reports.world import MARCH, QINAN, rows, settle, total


def test_it_writes_a_month(spring: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "month.xlsx"

    call_command("workbook", region=QINAN, month="2024-03", output=path)

    assert path.read_bytes() == monthly.write(region=QINAN, month=MARCH)
    assert capsys.readouterr().out == f"已写入 {path}\n"


def test_it_writes_a_year(spring: object, tmp_path: Path) -> None:
    call_command("workbook", "--region", QINAN, "--year", "2024", "-o", str(tmp_path / "year.xlsx"))

    assert (tmp_path / "year.xlsx").read_bytes() == annual.write(region=QINAN, year=2024)


def test_it_writes_what_an_edition_published_as_workbook_and_as_official_table(
    spring: list[Organization], tmp_path: Path
) -> None:
    settle()
    now = datetime(2024, 4, 3, 2, tzinfo=UTC)
    close(region=QINAN, month=MARCH, without_confirmations="尚未实行月报确认", actor=None, now=now)
    take(log_dispute(spring[2], date(2024, 3, 30)), "agree", date(2024, 3, 31), agreement="oral", amount=0)
    settle()
    book, table, present = (tmp_path / f"{name}.xlsx" for name in ("book", "table", "present"))
    of_march = ["--region", QINAN, "--month", "2024-03"]
    official = [*of_march, "--book", "mediation_cases"]

    call_command("workbook", *of_march, "--edition", "1", "-o", str(book))
    call_command("workbook", *official, "--edition", "latest", "-o", str(table))
    call_command("workbook", *official, "-o", str(present))

    assert total(book.read_bytes(), "人民调解")["收到"] == 2
    assert [last_number(made, "人民调解案件情况") for made in (table, present)] == [2, 3]
    with pytest.raises(CommandError, match="取自名册.*无法按该版公布时所知回答；请去掉这些主题，或去掉版次"):
        call_command("workbook", *of_march, "--book", "mediation_teams", "--edition", "1", "-o", str(table))


def last_number(path: Path, name: str) -> int:
    return [cell for line in rows(path.read_bytes(), name) for cell in line[1:2] if isinstance(cell, int)][-1]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--region", QINAN, "--month", "2024-03", "--edition", "1"], "没有第1版，请先结账"),
        (["--region", QINAN, "--month", "2024-03", "--edition", "first"], "不是版次"),
        (["--region", QINAN, "--year", "2024", "--edition", "1"], "请用 --month 指明月份"),
        (["--region", "620599", "--month", "2024-03"], "没有区划代码为“620599000000”的地区"),
        (["--region", "62a", "--month", "2024-03"], "应为12位数字"),
        (["--region", QINAN, "--month", "0001-01"], "1年早于1949年"),
        (["--region", QINAN, "--month", "2099-01"], "尚未开始"),
        (["--region", QINAN, "--month", "2024-13"], "不是月份"),
        (["--region", QINAN, "--year", "24"], "不是年份"),
        (["--region", QINAN, "--year", "2024", "--as-of", "2024"], "不是日期"),
        (["--region", QINAN, "--year", "2024", "--as-of", "2023-12-31"], "早于统计期的开始日"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_chinese(
    county: object, tmp_path: Path, asked: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("workbook", *asked, "-o", str(tmp_path / "book.xlsx"))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_not_be_written_is_refused(spring: object, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法写入"):
        call_command("workbook", region=QINAN, year="2024", output=tmp_path)
