"""Filled tables read back: figures by line and heading, and what the list behind each of them adds up to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from casetrack.stats.figures import per_cent
from casetrack.stats.indicators import SUBJECTS, Form
from casetrack.stats.tracing import Part, total_of
from reports.tables.balancing import Balanced
from reports.tables.declaring import Column
from reports.tables.filling import Cell, Content, Sheetful

CENTS = {"万元": 1_000_000, "元": 100}


@dataclass(frozen=True, slots=True)
class Lead:
    """A cell that counts something, and what the list that it leads to adds up to."""

    where: str
    shown: Content
    listed: Content


@dataclass(frozen=True, slots=True)
class Tables:
    """What was made of the small county: tables by their titles, the files they stand in, and where cells lead."""

    balanced: dict[str, Balanced]
    files: tuple[bytes, ...]
    leads: list[Lead]

    def line(self, table: str, label: str) -> dict[str, Content]:
        """The cells of a line by the keys of their columns."""
        line = self.balanced[table].sheetful.line(label)
        return {key: cell.value for key, cell in line.cells.items()}

    def counted(self, table: str, label: str) -> dict[str, Content]:
        """Those of them that are neither 0, nor empty, nor subtotals for checks."""
        columns = self.balanced[table].sheetful.table.columns
        hidden = {column.key for column in columns if column.hidden == "always"}
        cells = self.line(table, label)
        return {key: value for key, value in cells.items() if value not in (0, "", "—") and key not in hidden}


def leads_of(sheetful: Sheetful) -> Iterator[Lead]:
    """Every cell that is not 0, and those of the first and the last line whatever they are."""
    ends = (sheetful.lines[0], sheetful.lines[-1])
    for line in sheetful.lines:
        for column in sheetful.table.columns:
            cell = line.cells[column.key]
            if cell.cases and (cell.number or line in ends):
                where = f"{sheetful.table.title} {line.label} {column.key}"
                yield Lead(where, cell.value, listed(cell, column))


def listed(cell: Cell, column: Column) -> Content:
    if column.format == "0.00%":
        return share(cell)
    return Decimal(added(cell, cell.part)) / CENTS.get(column.unit, 1)


def share(cell: Cell) -> Content:
    above, below = added(cell, "numerator"), added(cell, "denominator")
    if any(SUBJECTS[each["subject"]].measures[each["measure"]].form is Form.CHANGE for each in cell.cases):
        above -= below
    found = per_cent(above, below)
    return "—" if found is None else found / 100


def added(cell: Cell, part: Part) -> int:
    return sum(traced(json.dumps(each, sort_keys=True), part) for each in cell.cases)


@lru_cache(maxsize=10_000)
def traced(query: str, part: Part) -> int:
    return int(total_of(json.loads(query), part))
