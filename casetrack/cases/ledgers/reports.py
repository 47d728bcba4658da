"""What became of the files that were sent: a verdict for every row, counts for every sheet."""

from collections.abc import Callable
from dataclasses import dataclass, field

from casetrack.cases.ledgers.cells import Cell
from casetrack.cases.ledgers.mapping import SheetMapping
from casetrack.cases.ledgers.outline import Outline
from casetrack.cases.ledgers.preview import Previewed
from casetrack.cases.models import ImportRow

Verdict = ImportRow.Verdict
Progress = Callable[[str, int, int], None]  # the file, how many more of its rows were dealt with, and at most how many


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """How one row fared; a rejected one keeps its cells, so that it can be sent back."""

    number: int
    verdict: ImportRow.Verdict
    reason: str = ""
    case_id: int | None = None
    case_number: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(slots=True)
class SheetReport:
    """How the rows of one sheet fared."""

    file: str
    sheet: str
    ledger: str
    headings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()  # the heading of the sheet, and what such a ledger usually calls it
    preview: tuple[Previewed, ...] = ()  # of a trial, as is the outline
    outline: Outline | None = None
    remembered: SheetMapping | None = None  # how it was read, where that was said of another file
    batch_id: int | None = None
    rows: list[RowVerdict] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        counts = {verdict.value: 0 for verdict in Verdict}
        for row in self.rows:
            counts[row.verdict.value] += 1
        return {"read": len(self.rows), **counts}

    @property
    def rejected(self) -> list[RowVerdict]:
        return [row for row in self.rows if row.verdict == Verdict.REJECTED]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a sheet of it, that could not be read, and why."""

    file: str
    reason: str
    sheet: str = ""
    outline: Outline | None = None  # of a sheet that somebody may say more about


@dataclass(slots=True)
class ImportReport:
    """What became of all that was sent, in the order in which it was sent.

    `unread` files bring the command to fail; a sheet beside a ledger that is none itself is only noted.
    """

    sheets: list[SheetReport] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[Unread] = field(default_factory=list)

    @property
    def total(self) -> dict[str, int]:
        total = {"read": 0, **{verdict.value: 0 for verdict in Verdict}}
        for sheet in self.sheets:
            for name, count in sheet.counts.items():
                total[name] += count
        return total
