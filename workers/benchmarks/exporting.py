"""The writer of exports against openpyxl's write-only mode, for the same rows of a typical list."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from reports.exporting.cases import case_columns, usual_case_columns
from reports.exporting.columns import Column, Form, Listing, Row, Value
from reports.exporting.writing import CELLS, write_xlsx
from workers.benchmarks.measuring import Result, at_least, pairs

ROWS = 20_000
LEAST = 5
TIMES = 3
KIND = "mediation"


def export_vs_openpyxl() -> Result:
    """How many times faster, at least. Both get the same rows from memory and make the same cells of them."""
    known = case_columns(KIND)
    columns = [known[name] for name in usual_case_columns(KIND)]
    rows = [row_of(number, columns) for number in range(ROWS)]
    with TemporaryDirectory() as folder:
        ours = partial(write_fresh, Path(folder) / "ours", columns, rows)
        theirs = partial(write_by_openpyxl, Path(folder) / "theirs.xlsx", columns, rows)
        fast, slow, ratio = pairs(ours, theirs, times=TIMES)
    detail = (
        f"{ROWS:,} rows of {len(columns)} columns: {fast:.2f} s, {ROWS / fast:,.0f} rows a second; "
        f"openpyxl {slow:.2f} s, {ROWS / slow:,.0f} rows a second"
    )
    return at_least(ratio, LEAST, detail)


def row_of(number: int, columns: list[Column]) -> Row:
    """Plausible values of a case, a third of the optional ones empty."""
    return {column.name: value_of(column, number + place) for place, column in enumerate(columns)}


def value_of(column: Column, number: int) -> Value:
    if column.form is Form.NUMBER:
        return number
    if number % 3 == 0:
        return None
    if column.form is Form.DATE:
        return date(2024, 1, 1) + timedelta(days=number % 366)
    return number * 125 if column.form is Form.MONEY else f"{column.label}第{number % 977}号"


def write_fresh(path: Path, columns: list[Column], rows: list[Row]) -> None:
    path.unlink(missing_ok=True)  # an export never writes over a file
    write_xlsx(path, Listing("案件", columns, iter(rows), len(rows)))


def write_by_openpyxl(path: Path, columns: list[Column], rows: list[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("案件")
    sheet.append([column.label for column in columns])
    for values in cells_of(columns, rows):
        sheet.append(values)
    book.save(path)


def cells_of(columns: list[Column], rows: list[Row]) -> Iterator[list[object]]:
    made = [(column.name, CELLS[column.form]) for column in columns]
    for row in rows:
        yield [cell(row.get(name)) for name, cell in made]
