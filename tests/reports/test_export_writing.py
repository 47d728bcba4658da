"""Rows to files: what was there is read back, text stays text, and a formula is never more than text."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.exporting import writing
from reports.exporting.columns import Column, Form, Listing, Row, Value
from reports.exporting.writing import counted, write_csv, write_xlsx

NUMBER, NAME = Column("number", "件数", Form.NUMBER), Column("name", "名称")
DAY, SUM = Column("day", "日期", Form.DATE), Column("sum", "金额", Form.MONEY)
COLUMNS = (NUMBER, NAME, DAY, SUM)
LETTERS = st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="￾￿")
ROWS = st.fixed_dictionaries(
    {
        "number": st.integers(min_value=-(2**53), max_value=2**53),
        "name": st.none() | st.text(LETTERS, min_size=1, max_size=40),
        "day": st.none() | st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31)),
        "sum": st.none() | st.integers(min_value=0, max_value=10**15),
    }
)
ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


def xlsx(rows: Sequence[Row], path: Path, *, columns: Sequence[Column] = COLUMNS, above: Sequence[str] = ()) -> Any:
    write_xlsx(path, Listing("案件", columns, iter(rows), len(rows), above))
    return load_workbook(io.BytesIO(path.read_bytes()))


def csv_text(rows: Sequence[Row], path: Path, *, columns: Sequence[Column] = COLUMNS) -> list[list[str]]:
    write_csv(path, Listing("案件", columns, iter(rows), len(rows)))
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(ROWS, max_size=6))
def test_a_workbook_says_what_the_rows_said(rows: list[dict[str, Value]]) -> None:
    with TemporaryDirectory() as folder:
        sheet = xlsx(rows, Path(folder) / "book").worksheets[0]

    read = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert read == [[row["number"], escaped(row["name"]), moment(row["day"]), yuan(row["sum"])] for row in rows]


def escaped(text: Value) -> Value:
    """As the file format writes what looks like its own escapes; Excel reads it back, the reader here doesn't."""
    return ESCAPE.sub("_x005F\\g<0>", text) if isinstance(text, str) else text


def moment(day: Value) -> datetime | None:
    return datetime(day.year, day.month, day.day) if isinstance(day, date) else None


def yuan(cents: Value) -> float | None:
    return None if cents is None else int(str(cents)) / 100


@settings(deadline=None, max_examples=60)
@given(text=st.text(LETTERS, max_size=20))
def test_no_field_of_a_csv_begins_like_a_formula(text: str) -> None:
    with TemporaryDirectory() as folder:
        ((read,),) = csv_text([{"name": text}], Path(folder) / "list", columns=[NAME])[1:] or [[""]]

    assert not read.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert read.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/C calc'!A0", "+86", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_a_formula_that_somebody_typed_stays_text(tmp_path: Path, text: str) -> None:
    cell = xlsx([{"name": text}], tmp_path / "book", columns=[NAME]).worksheets[0]["A2"]

    assert (cell.value, cell.data_type) == (text, "s")
    assert csv_text([{"name": text}], tmp_path / "list", columns=[NAME])[1] == [f"'{text}"]


def test_numbers_days_and_sums_are_what_they_are(tmp_path: Path) -> None:
    row: Row = {"number": -5, "name": "0012", "day": date(2024, 3, 1), "sum": 350005}

    cells = xlsx([row], tmp_path / "book").worksheets[0][2]

    assert [(cell.data_type, cell.number_format) for cell in cells] == [
        ("n", "General"),
        ("s", "General"),
        ("d", "yyyy-mm-dd"),
        ("n", "#,##0.00"),
    ]
    assert cells[3].value == 3500.05
    assert csv_text([row], tmp_path / "list")[1] == ["-5", "0012", "2024-03-01", "3500.05"]


def test_what_no_workbook_can_hold_is_held_as_text_or_left_out(tmp_path: Path) -> None:
    row: Row = {"number": 2**60, "name": "a\x00\x07b\n" + "字" * 40_000, "day": date(1850, 1, 2), "sum": -5}

    number, name, day, money = (cell.value for cell in xlsx([row], tmp_path / "book").worksheets[0][2])

    assert (number, day, money) == (str(2**60), "1850-01-02", -0.05)
    assert (name[:3], len(name)) == ("ab\n", 32_767)
    assert csv_text([row], tmp_path / "list")[1][3] == "-0.05"


def test_a_first_row_without_values_makes_no_difference_to_those_below(tmp_path: Path) -> None:
    rows: list[Row] = [{}, {"number": 1, "name": "甲", "day": date(2024, 3, 1), "sum": 100}]

    sheet = xlsx(rows, tmp_path / "book").worksheets[0]

    assert [cell.value for cell in sheet[2]] == [None] * 4
    assert [cell.value for cell in sheet[3]] == [1, "甲", datetime(2024, 3, 1), 1]


@pytest.mark.parametrize("rows", [[], [{"name": "甲"}]])
def test_the_headings_are_bold_and_stay_in_sight(tmp_path: Path, rows: list[Row]) -> None:
    sheet = xlsx(rows, tmp_path / "book").worksheets[0]

    assert [(cell.value, cell.font.b) for cell in sheet[1]] == [(column.label, True) for column in COLUMNS]
    assert (sheet.title, sheet.freeze_panes, sheet.max_row) == ("案件", "A2", 1 + len(rows))


def test_more_rows_than_a_sheet_takes_go_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS_A_SHEET", 2)
    rows: list[Row] = [{"number": number} for number in range(6)]

    path = tmp_path / "book"  # one row more than was counted: it came in meanwhile
    write_xlsx(path, Listing("案件", [NUMBER], iter(rows), 5))

    book = load_workbook(io.BytesIO(path.read_bytes()))
    found = {sheet.title: [row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book}
    assert found == {"案件": ["件数", 0, 1], "案件2": ["件数", 2, 3], "案件3": ["件数", 4, 5]}


def test_excel_is_told_that_the_text_is_utf_8_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    csv_text([{"name": "张*"}], tmp_path / "list")
    xlsx([{"name": "张*"}], tmp_path / "book")

    assert (tmp_path / "list").read_bytes().startswith(b"\xef\xbb\xbf")
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_what_stops_the_rows_stops_the_writing(tmp_path: Path, write: Any) -> None:
    def rows() -> Iterator[Row]:
        yield {"name": "甲"}
        raise KeyError("called off")

    with pytest.raises(KeyError, match="called off"):
        write(tmp_path / "file", Listing("案件", COLUMNS, rows(), 2))


def test_rows_are_counted_as_they_go_by() -> None:
    told: list[int] = []

    rows = list(counted(iter([{"number": number} for number in range(5)]), told.append, every=2))

    assert (len(rows), told) == (5, [2, 4, 5])


@pytest.mark.parametrize("rows", [[], [{"number": 1, "name": "甲"}, {"number": 2, "name": "乙"}]])
def test_what_is_said_above_the_rows_stands_over_the_headings_as_text(tmp_path: Path, rows: list[Row]) -> None:
    sheet = xlsx(rows, tmp_path / "book", columns=(NUMBER, NAME), above=("指标：收到", "=1+1")).worksheets[0]

    read = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert read == [
        ["指标：收到", None],
        ["=1+1", None],
        ["件数", "名称"],
        *([row["number"], row["name"]] for row in rows),
    ]
    assert (sheet["A2"].data_type, sheet.freeze_panes) == ("s", "A4")
