"""Where the small world lies, and reading a written book back."""

import io
import re
from datetime import date
from functools import lru_cache
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from casetrack.stats import rollup

QINAN = "620522000000"
VILLAGE = "620522100201"
MARCH = date(2024, 3, 1)

MONTH = re.compile(r"\d+月")

Cells = list[Any]


@lru_cache(maxsize=4)
def opened(data: bytes) -> Workbook:
    """For reading only: tests share it."""
    return load_workbook(io.BytesIO(data))


def sheet(data: bytes, name: str) -> Worksheet:
    found = opened(data)[name]
    assert isinstance(found, Worksheet)
    return found


def rows(data: bytes, name: str) -> list[Cells]:
    """Each row up to its last filled cell."""
    found = []
    for row in sheet(data, name).iter_rows(values_only=True):
        cells: Cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        found.append(cells)
    return found


def names(data: bytes) -> list[str]:
    return opened(data).sheetnames


def charts(data: bytes, name: str) -> list[Any]:
    return list(sheet(data, name)._charts)  # type: ignore[attr-defined]  # read back by openpyxl, under no other name


def section(data: bytes, name: str, caption: str) -> dict[object, Cells]:
    """The rows under a caption, by their label, up to the next caption."""
    found: dict[object, Cells] = {}
    lines = iter(rows(data, name))
    for line in lines:
        if line == [caption]:
            break
    for line in lines:
        if not line or (len(line) == 1 and not MONTH.fullmatch(str(line[0]))):  # the months to come are empty
            break
        found[line[0]] = line[1:]
    return found


def headings(data: bytes, name: str) -> list[object]:
    """The line above the numbers of the columns."""
    lines = rows(data, name)
    place = next(number for number, line in enumerate(lines) if line[:1] == ["甲"])
    return lines[place - 1][1:]


def total(data: bytes, name: str) -> dict[object, object]:
    """The first line of figures, by heading."""
    line = next(line for line in rows(data, name) if line[:1] == ["合计"])
    return dict(zip(headings(data, name), line[1:], strict=True))


def settle() -> None:
    """Until nothing waits to be counted."""
    while rollup.settle():
        pass
