"""`manage.py check_report`, on a report that counts its disputes of 2024 and gets one of them wrong."""

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.reports.documents.making import word
from tests.reports.world import QINAN

TEXT = "2024年，全县人民调解委员会共受理矛盾纠纷3件。信访局共接收群众来信5件。"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def answered(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_it_prints_claims_relations_and_the_record(
    spring: object, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_report", str(report), "--region", "620522", "--year", "2024", "--format", "json")

    said = answered(capsys)
    assert set(said) == {"claims", "relations", "record"}
    assert [(each["quote"], each["start"]) for each in said["claims"]] == [("3件", 22), ("5件", 35)]
    assert [(each["claim"], each["verdict"], each["value"]) for each in said["record"]] == [
        (0, "equal", 3),
        (1, "differs", 1),
    ]
    address = "http://127.0.0.1:8000/api/v1/statistics/cases?subject=petition&measure=received&"
    assert said["record"][1]["cases"].startswith(address)


def test_without_a_place_and_year_it_compares_nothing(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_report", str(report), "--format", "json")

    assert answered(capsys)["record"] == []


def test_it_writes_an_annotated_page(spring: object, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = report.with_name("结果.html")

    call_command(
        *("check_report", str(report), "--region", QINAN, "--year", "2024", "-o", str(page)),
        *("--address", "https://casetrack.example/"),
    )

    said = capsys.readouterr()
    assert "一致1个，不一致1个" in said.out
    assert said.err == f"已写入 {page}\n"
    assert '<a href="https://casetrack.example/api/v1/statistics/cases?' in page.read_text(encoding="utf-8")


def test_it_writes_comments_into_a_copy_of_a_word_file(spring: object, tmp_path: Path) -> None:
    given, copy = tmp_path / "报告.docx", tmp_path / "批注.docx"
    given.write_bytes(word(*TEXT.split("。")))

    call_command("check_report", str(given), "--region", QINAN, "--year", "2024", "-o", str(copy))

    comments = [comment.text for comment in docx.Document(io.BytesIO(copy.read_bytes())).comments]
    assert [said.splitlines()[0] for said in sorted(comments)] == ["✓ 相符", "✗ 不符"]
    assert "相差4件" in max(comments)


@pytest.mark.parametrize(
    ("further", "message"),
    [
        (["--region", QINAN], "同时给出 --region 和 --year"),
        (["--region", "620599", "--year", "2024"], "没有区划代码"),
        (["--region", QINAN, "--year", "24"], "不是年份"),
        (["--address", "javascript:alert(1)"], "不是网址，应如https://casetrack.example"),
        (["-o", "a.pdf"], "不能写为“a.pdf”"),
        (["-o", "a.docx"], r"只有Word文件（\.docx）可以加批注"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_chinese(
    county: object, report: Path, further: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("check_report", str(report), *further)


def test_a_file_that_is_not_there_or_can_not_be_read_is_refused(tmp_path: Path) -> None:
    scan = tmp_path / "扫描.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))

    with pytest.raises(CommandError, match="无法读取"):
        call_command("check_report", str(tmp_path / "没有.txt"))
    with pytest.raises(CommandError, match="是图片"):
        call_command("check_report", str(scan))
    with pytest.raises(CommandError, match="须指明要核对的文件"):
        call_command("check_report")


def test_a_folder_without_labelled_passages_has_no_score(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("# nothing labelled\n", encoding="utf-8")

    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(CommandError, match="没有标注过的语句"):
            call_command("check_report", "--score", str(folder))


def test_it_prints_the_score_over_labelled_passages(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_report", "--score", str(Path(__file__).parent / "labelled"))

    assert "找到的数字：" in capsys.readouterr().out
