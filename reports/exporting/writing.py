"""Rows to a file, one after the other, in constant memory: xlsx by a native writer, csv as Excel opens it."""

import csv
import os
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from rustpy_xlsxwriter import Format, write_worksheets

from casetrack.lib.file_types import XLSX
from casetrack.lib.formulas import kept_as_text
from reports.exporting.columns import Form, Listing, Rows, Value

ROWS_A_SHEET = 1_000_000  # less than Excel takes: rows that come in after the count still fit the last sheet
LONGEST_TEXT = 32_767
EXACT = 2**53  # whole numbers beyond it are not what Excel shows
WIDTHS = {Form.TEXT: 18.0, Form.DATE: 12.0, Form.NUMBER: 10.0, Form.MONEY: 14.0}
PATTERNS = {Form.DATE: "yyyy-mm-dd", Form.MONEY: "#,##0.00"}
CONTENT_TYPES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
}


def write_xlsx(path: Path, listing: Listing) -> None:
    """A workbook of one sheet a million rows; how many are expected may be wrong by some thousands.

    What is said above the rows stands over the headings of the first sheet.
    """
    title, columns, above = listing.title, listing.columns, listing.above
    begun = begin(listing.rows)
    if begun is None:
        write_headings(path, listing)
        return
    made = {column.label: (column.name, CELLS[column.form]) for column in columns}
    records = ({label: cell(row.get(name)) for label, (name, cell) in made.items()} for row in begun)
    count = max(1, -(-listing.expected // ROWS_A_SHEET))
    names = [title, *(f"{title}{number}" for number in range(2, count + 1))]
    limits = [*[ROWS_A_SHEET] * (count - 1), None]
    formats = {c.label: Format().set_num_format(PATTERNS[c.form]) for c in columns if c.form in PATTERNS}
    write_worksheets(
        [(name, islice(records, limit)) for name, limit in zip(names, limits, strict=True)],
        str(private(path)),
        freeze_panes={"general": {"row": 1, "col": 0}, title: {"row": len(above) + 1, "col": 0}},
        header_row={title: len(above)},
        merge_ranges={title: [(row, 0, row, len(columns) - 1, text_cell(said)) for row, said in enumerate(above)]},
        bold_headers=True,
        column_widths={name: {c.label: WIDTHS[c.form] for c in columns} for name in names},
        column_formats={name: formats for name in names},
    )


def begin(rows: Rows) -> Rows | None:
    """The rows, or None if there are none."""
    first = next(rows, None)
    return None if first is None else chain([first], rows)


def write_headings(path: Path, listing: Listing) -> None:
    """The native writer takes the headings from the first row, so it can't write an empty list."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(listing.title)
    sheet.freeze_panes = f"A{len(listing.above) + 2}"
    for said in listing.above:
        sheet.append([text_cell(said)])
        sheet.cell(sheet.max_row, 1).data_type = "s"  # text, whatever it begins with
    sheet.append([column.label for column in listing.columns])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    book.save(private(path))


def write_csv(path: Path, listing: Listing) -> None:
    """UTF-8 with the mark by which Excel knows it: headings and rows, for programs, and nothing above them."""
    made = [(column.name, FIELDS[column.form]) for column in listing.columns]
    with private(path).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.label for column in listing.columns])
        writer.writerows([field(row.get(name)) for name, field in made] for row in listing.rows)


def private(path: Path) -> Path:
    """A new file that only its owner reads."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def text_cell(value: Value) -> str | None:
    """Text stays text, also where it begins like a formula; what no workbook can hold is left out."""
    if value is None:
        return None
    text = str(value)
    return (
        text if text.isprintable() and len(text) <= LONGEST_TEXT else ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    )


def date_cell(value: Value) -> date | str | None:
    if isinstance(value, date) and value.year < 1900:
        return value.isoformat()  # before Excel's days begin
    return value if isinstance(value, date) else text_cell(value)


def number_cell(value: Value) -> int | str | None:
    return value if isinstance(value, int) and abs(value) <= EXACT else text_cell(value)


def money_cell(value: Value) -> float | str | None:
    return value / 100 if isinstance(value, int) and abs(value) <= EXACT else text_cell(value)


def text_field(value: Value) -> str:
    """A leading sign would be a formula to whatever opens the file: a quotation mark keeps it text."""
    return kept_as_text("" if value is None else str(value).replace("\x00", ""))


def number_field(value: Value) -> str:
    return str(value) if isinstance(value, int) else text_field(value)


def money_field(value: Value) -> str:
    if not isinstance(value, int):
        return text_field(value)
    yuan, cents = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{yuan}.{cents:02}"


Cell = Callable[[Value], Any]
CELLS: dict[Form, Cell] = {
    Form.TEXT: text_cell,
    Form.DATE: date_cell,
    Form.NUMBER: number_cell,
    Form.MONEY: money_cell,
}
FIELDS: dict[Form, Callable[[Value], str]] = {
    Form.TEXT: text_field,
    Form.DATE: text_field,
    Form.NUMBER: number_field,
    Form.MONEY: money_field,
}
WRITERS: dict[str, Callable[[Path, Listing], None]] = {"xlsx": write_xlsx, "csv": write_csv}


def counted(rows: Rows, tell: Callable[[int], None], every: int = 500) -> Iterator[Any]:
    """The rows, telling how many have gone by."""
    number = 0
    for number, row in enumerate(rows, start=1):
        yield row
        if number % every == 0:
            tell(number)
    tell(number)
