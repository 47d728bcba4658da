"""Ledgers: whatever bytes come, they are refused in a sentence or read; a cell means something or is refused."""

import io
import zipfile
import zlib
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casetrack.cases.ledgers.cells import Cell
from casetrack.cases.ledgers.preview import previewed
from casetrack.cases.ledgers.recognise import SheetUnrecognised
from casetrack.cases.ledgers.rows import CaseReader
from casetrack.cases.ledgers.tables import table_of
from casetrack.cases.ledgers.values import RowReader, RowRefused
from casetrack.cases.ledgers.workbooks import FileRefused, Sheet, open_book
from casetrack.lib.file_types import type_of
from casetrack.organizations.models import Organization
from tests.cases.ledgers.books import COUNTY, dispute, ledger, petition
from tests.fuzz.mutating import spoilt, spoilt_within, texts, thorough
from tests.reports.documents.making import word

XLSX = ledger(dispute(), dispute(编号="2号"))
WORD = word("申请书", table=(("甲", "乙"),))
CSV = "编号,受理日期,调解组织,纠纷类型,调解结果\r\n1号,2024-3-1,甲调委会,邻里,调解中\r\n".encode("gb18030")
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    texts(("2024年3月1日", "万元", "1,350", "e9", "是", "已办结", "调解成功", "—", "〔2024〕", "号", "-", "."))
    | st.sampled_from(("9" * 400, "1e400", "2024-13-41", "㍻", "½", "²", "٣", "０")),
)


def read(content: bytes) -> str:
    """All there is in all sheets; what was said where that was refused. Raises nothing else."""
    try:
        for sheet in open_book(content).sheets:
            table = table_of(sheet)
            if table is None:
                continue
            previewed(table.first, RowReader(table.recognised))
            list(table.rows)
    except (FileRefused, SheetUnrecognised) as refused:
        return str(refused)
    return "read"


@thorough(40)
@given(content=spoilt(XLSX) | spoilt_within(XLSX) | spoilt(CSV) | st.binary(max_size=200))
def test_a_spoilt_ledger_is_read_or_refused(content: bytes) -> None:
    assert read(content)


@pytest.mark.parametrize("given_row", [dispute(), petition()])
@thorough(60)
@given(data=st.data())
@example(data=None)
def test_a_row_of_any_cells_is_a_case_or_says_why_not(given_row: dict[str, object], data: st.DataObject | None) -> None:
    headings = list(given_row)
    cells: list[Cell] = list(given_row.values())  # type: ignore[arg-type]
    if data:
        for place in data.draw(st.sets(st.integers(0, len(headings) - 1), max_size=len(headings))):
            cells[place] = data.draw(CELLS)
    table = table_of(Sheet("表", iter([list(headings), cells])))
    assert table is not None
    reader = CaseReader(table.recognised, COUNTY)
    office, reasons = Organization(kind=reader.kind.office, region_id=COUNTY, county_id=COUNTY), ["taken"]
    for row in table.rows:
        try:
            values = reader.rows.values(row.cells)
            reader.scope_of(values)
            reader.checked(values, office, digest="", today=date(2024, 6, 1))
        except RowRefused as refused:
            reasons += refused.reasons or [""]

    assert all(reasons)


@thorough(30)
@given(content=spoilt(XLSX) | spoilt_within(XLSX) | spoilt_within(WORD))
def test_a_spoilt_attachment_is_of_a_type_or_of_none(content: bytes) -> None:
    for name in ("a.xlsx", "a.docx", "a.doc", "a.pdf", "a.txt"):
        found = type_of(name, content)
        assert found is None or name.rpartition(".")[2] in found.endings


def test_a_ledger_whose_packing_is_broken_is_refused() -> None:
    """Found by chance: the parts are there, their lengths are right, and what is packed can't be unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"a" * 4000)
    broken = packed.getvalue().replace(zlib.compress(b"a" * 4000, 6)[2:-4], b"\xff" * 20)

    assert broken != packed.getvalue()
    assert "已损坏" in read(broken)


@thorough(30)
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_a_sheet_of_any_cells_is_a_ledger_or_says_why_not(rows: list[list[Cell]]) -> None:
    with suppress(SheetUnrecognised):
        table_of(Sheet("表", iter(rows)))
