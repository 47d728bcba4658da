"""`manage.py workbook`."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reports.books import annual, monthly
from tests.reports.world import MARCH, QINAN


def test_it_writes_a_month(spring: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "month.xlsx"

    call_command("workbook", region=QINAN, month="2024-03", output=path)

    assert path.read_bytes() == monthly.write(region=QINAN, month=MARCH)
    assert capsys.readouterr().out == f"已写入 {path}\n"


def test_it_writes_a_year(spring: object, tmp_path: Path) -> None:
    call_command("workbook", "--region", QINAN, "--year", "2024", "-o", str(tmp_path / "year.xlsx"))

    assert (tmp_path / "year.xlsx").read_bytes() == annual.write(region=QINAN, year=2024)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
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
