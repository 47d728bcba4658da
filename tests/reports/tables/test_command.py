"""`manage.py workbook --book`: official tables as files, by month, by year and of any days."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook
from pytest_django import Settings

from casetrack.stats.periods import ReportingPeriods
from tests.reports.tables.county import make_offices
from tests.reports.world import QINAN


@pytest.fixture
def county(db: None) -> None:
    make_offices()


def written(path: Path) -> dict[str, list[object]]:
    """Each sheet with its line of facts."""
    book = load_workbook(path)
    return {found.title: [cell.value for cell in found[2] if cell.value] for found in book.worksheets}


def test_the_names_of_all_books(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("workbook", books=True)

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["monthly_summary\t月报", "mediation_cases\t人民调解案件情况统计表"]
    assert len(lines) == 10


def test_a_year_by_the_periods_of_the_office_and_an_empty_one(county: None, tmp_path: Path, settings: Settings) -> None:
    settings.REPORTING_PERIODS = ReportingPeriods.declared([{"subject": "reconsideration", "closes_on": 10}])
    path = tmp_path / "year.xlsx"

    call_command("workbook", "--region", QINAN, "--year", "2024", "--book", "reconsiderations", "-o", str(path))

    found = written(path)
    assert list(found) == ["行政复议案件", "说明"]
    assert "统计期间：2023年12月11日至2024年12月10日" in found["行政复议案件"]


def test_several_tables_of_a_month_make_one_book(county: None, tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    asked = ["--book", "monthly_summary", "--book", "mediation_cases", "--book", "legal_aid"]

    call_command("workbook", "--region", QINAN, "--month", "2024-03", *asked, "-o", str(path))

    assert list(written(path)) == ["月报", "人民调解案件情况", "法律援助情况", "说明"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--book", "taxes", "--year", "2024"], "没有“taxes”这一统计表"),
        (["--book", "monthly_summary", "--year", "2024"], "月报按月生成"),
        (["--book", "petitions", "--from", "2024-01-01"], "起止日须同时给出"),
        (
            ["--book", "petitions", "--from", "2024-02-01", "--to", "2024-01-01"],
            "早于开始日 2024-02-01",
        ),
        (["--book", "petitions", "--year", "2099"], "尚未开始"),
        (["--book", "petitions"], "须给出 --month 或 --year"),
        (["--from", "2024-01-01", "--to", "2024-01-31"], "任意起止日的只有官方统计表"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_chinese(
    county: None, tmp_path: Path, asked: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("workbook", "--region", QINAN, *asked, "-o", str(tmp_path / "book.xlsx"))

    assert list(tmp_path.iterdir()) == []
