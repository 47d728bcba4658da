"""The command: files in, counts out."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casetrack.cases.models import Case, ImportBatch
from tests.cases.ledgers.books import COUNTY, book, dispute, ledger
from tests.cases.ledgers.test_mapping import FIRST, HEADINGS, mapping

pytestmark = pytest.mark.usefixtures("registered")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(dispute(), dispute(编号="2号", 金额="很多")))
    return path


def run(*args: Any) -> str:
    out = io.StringIO()
    call_command("import_ledger", *map(str, args), stdout=out)
    return out.getvalue()


def test_it_prints_the_counts_and_the_rejected_rows(file: Path) -> None:
    said = run(file, "--region", COUNTY)

    assert "读取2、新增1、更正0、未变0、拒收1" in said
    assert "第4行 拒收：协议涉及金额(元)：“很多”不是金额" in said
    assert "每秒" in said


def test_it_prints_json_for_programs(file: Path) -> None:
    said = json.loads(run(file, "--region", "620522", "--format", "json"))

    counts = {"read": 2, "created": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    (sheet,) = said["files"]
    assert said["total"] == counts
    assert {name: sheet[name] for name in counts} == counts
    assert (sheet["file"], sheet["ledger"]) == ("台账.xlsx", "人民调解案件登记台账")
    assert [(row["row"], row["verdict"]) for row in sheet["rows"]] == [(4, "rejected")]
    assert said["rows_per_second"] > 0


def test_a_dry_run_says_what_would_become_of_each_row(file: Path) -> None:
    said = json.loads(run(file, "--region", COUNTY, "--format", "json", "--dry-run"))

    assert [row["verdict"] for row in said["files"][0]["rows"]] == ["created", "rejected"]
    assert not Case.objects.exists()


def test_it_writes_the_error_workbook(file: Path, tmp_path: Path) -> None:
    run(file, "--region", COUNTY, "--errors", tmp_path / "errors.xlsx")

    assert (tmp_path / "errors.xlsx").stat().st_size > 0


def test_a_file_that_cannot_be_read_ends_with_one_and_the_others_are_in(file: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")

    with pytest.raises(SystemExit) as ended:
        run(tmp_path / "坏.xlsx", file, "--region", COUNTY)

    assert ended.value.code == 1
    assert Case.objects.count() == 1


@pytest.mark.parametrize("region", ["62052", "秦安", "620522000001"])
def test_a_code_that_is_no_region_is_refused(file: Path, region: str) -> None:
    with pytest.raises(CommandError, match="区划代码"):
        run(file, "--region", region)


def test_an_import_is_undone_by_its_number(file: Path) -> None:
    run(file, "--region", COUNTY)
    out = io.StringIO()

    call_command("undo_import", str(ImportBatch.objects.get().pk), stdout=out)

    assert "已撤销，涉及案件1件" in out.getvalue()
    with pytest.raises(CommandError, match="已经撤销过"):
        call_command("undo_import", str(ImportBatch.objects.get().pk))


def test_it_reads_sheets_as_a_file_says(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(book([HEADINGS, FIRST]))
    (tmp_path / "对照.json").write_text(json.dumps(mapping()), encoding="utf-8")
    (tmp_path / "错.json").write_text("{", encoding="utf-8")

    assert "新增1" in run(tmp_path / "台账.xlsx", "--region", COUNTY, "--mapping", tmp_path / "对照.json")
    with pytest.raises(CommandError, match=r"错\.json不是JSON"):
        run(tmp_path / "台账.xlsx", "--region", COUNTY, "--mapping", tmp_path / "错.json")
