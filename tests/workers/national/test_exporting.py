"""What leaves the database for a recount: marks and cells as they stand, and nothing that names anybody."""

import json
from contextlib import nullcontext
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casetrack.cases.models import Case, Milestone
from casetrack.stats.models import Cell
from tests.stats.conftest import dispute as dispute
from tests.stats.conftest import regions as regions
from tests.stats.conftest import village_committee as village_committee
from tests.workers.national.conftest import LANZHOU, TIANSHUI
from workers.national import optional
from workers.national.exports import Export, ExportsRefused

NAMELESS = {
    *("organization_id", "region_code", "restricted", "name", "happened_on", "received_on", "persons", "cents"),
    "in_time",
}


def test_every_mark_and_cell_of_a_region_is_written_and_nothing_that_names_anybody(
    dispute: Case, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: make .venv/spark")
    said = StringIO()

    call_command("export_parquet", str(tmp_path / "out"), region=TIANSHUI, stdout=said)

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    marks = [name for name in manifest["files"] if name.startswith("milestones/")]
    assert sum(manifest["files"][name] for name in marks) == Milestone.objects.under(TIANSHUI).count() > 0
    assert Cell.objects.filter(region_code__startswith="6205").count() == sum(
        rows for name, rows in manifest["files"].items() if name.startswith("cells/")
    )
    columns = {column for name in marks for column in parquet.read_schema(tmp_path / "out" / name).names}
    assert {name for name in columns if not name.startswith("by_")} == NAMELESS
    assert "条指标事件" in said.getvalue()


def test_a_folder_that_holds_something_and_a_region_that_there_is_none_of_are_refused(db: None, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: make .venv/spark")
    (tmp_path / "old.txt").write_text("x")

    with pytest.raises(CommandError, match="已有文件"):
        call_command("export_parquet", str(tmp_path))
    with pytest.raises(CommandError, match="没有区划代码为“629900000000”的地区"):
        call_command("export_parquet", str(tmp_path / "new"), region="629900000000")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("rows", "said"), [(3, "有2行，清单中为3行"), (2, ""), (None, "读不出来")])
def test_a_file_that_was_not_copied_whole_is_named(rows: int | None, said: str, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: make .venv/spark")
    parquet, whole = import_module("pyarrow.parquet"), import_module("workers.national.whole")
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"n": [1, 2]}), path)
    if rows is None:
        path.write_bytes(path.read_bytes()[:-20])

    refused = pytest.raises(ExportsRefused, match=f"{tmp_path} 中的 a.parquet {said}") if said else nullcontext()
    with refused:
        whole.refuse_broken([Export(tmp_path, {"files": {"a.parquet": rows or 2}})])


def test_without_the_packages_a_command_says_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow")

    monkeypatch.setattr(optional, "import_module", missing)

    with pytest.raises(CommandError, match=r"pyarrow 未安装。请运行 make \.venv/spark"):
        call_command("export_parquet", str(tmp_path / "out"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "没有可用的 manifest.json"),
        ("{", "没有可用的 manifest.json"),
        ('{"version": 9, "files": {}}', "导出格式为第9版"),
        ('{"version": 1, "region": "62", "behind": [], "files": {}}', "没有可用的 manifest.json"),
        (
            '{"version": 1, "region": "62", "behind": [], "declared": {}, "files": {"a.parquet": 3}}',
            "缺少1个文件，如 a",
        ),
    ],
)
def test_an_export_that_is_not_whole_is_not_counted(written: str | None, said: str, tmp_path: Path) -> None:
    if written is not None:
        (tmp_path / "manifest.json").write_text(written)

    with pytest.raises(CommandError, match=said):
        call_command("recount_parquet", str(tmp_path))


@pytest.mark.parametrize(
    ("other", "unspecified", "said"),
    [("620522000000", "unspecified", "地区重叠，同一案件会计两次"), (LANZHOU, "other", "统计口径不同")],
)
def test_exports_that_overlap_or_mean_other_things_are_not_counted_together(
    other: str, unspecified: str, said: str, tmp_path: Path
) -> None:
    for folder, region, word in (("one", TIANSHUI, "unspecified"), ("two", other, unspecified)):
        (tmp_path / folder).mkdir()
        manifest = {"version": 1, "region": region, "behind": [], "files": {}, "declared": {"unspecified": word}}
        (tmp_path / folder / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(CommandError, match=said):
        call_command("recount_parquet", str(tmp_path / "one"), str(tmp_path / "two"))
