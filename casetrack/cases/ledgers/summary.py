"""What became of an import, for a terminal and for a program."""

from collections.abc import Iterable
from typing import Any

from casetrack.cases.ledgers.reports import ImportReport, RowVerdict, SheetReport, Verdict

WORDS = {"read": "读取", **{verdict.value: verdict.label for verdict in Verdict}}
MOST_ROWS_SHOWN = 50


def as_json(report: ImportReport, *, seconds: float, every_row: bool) -> dict[str, Any]:
    """The rejected rows; with `every_row`, all of them."""
    sheets = [sheet_as_json(sheet, every_row=every_row) for sheet in report.sheets]
    unread: list[dict[str, Any]] = [
        {"file": each.file, "sheet": each.sheet, "ledger": None, **empty_counts(), "rows": [], "error": each.reason}
        for each in report.unread
    ]
    return {
        "files": [*sheets, *unread],
        "notes": [{"file": note.file, "sheet": note.sheet, "note": note.reason} for note in report.notes],
        "total": report.total,
        "seconds": round(seconds, 3),
        "rows_per_second": round(report.total["read"] / seconds) if seconds else 0,
    }


def empty_counts() -> dict[str, int]:
    return dict.fromkeys(WORDS, 0)


def sheet_as_json(sheet: SheetReport, *, every_row: bool) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "ledger": sheet.ledger,
        "batch": sheet.batch_id,
        **sheet.counts,
        "notes": list(sheet.notes),
        "rows": [row_as_json(row) for row in (sheet.rows if every_row else sheet.rejected)],
    }


def row_as_json(row: RowVerdict) -> dict[str, Any]:
    return {"row": row.number, "number": row.case_number, "verdict": row.verdict.value, "reason": row.reason}


def as_text(report: ImportReport, *, seconds: float, every_row: bool) -> str:
    lines: list[str] = []
    for sheet in report.sheets:
        batch = f"，批次{sheet.batch_id}" if sheet.batch_id else ""
        lines.append(f"{sheet.file}［{sheet.sheet}］：{sheet.ledger}{batch}：{counts_as_text(sheet.counts)}")
        lines.extend(f"  注意：{note}" for note in sheet.notes)
        lines.extend(rows_as_text(sheet.rows if every_row else sheet.rejected, all_of_them=every_row))
    lines.extend(f"{note.file}{in_sheet(note.sheet)}：{note.reason}" for note in report.notes)
    lines.extend(f"{each.file}{in_sheet(each.sheet)}：未能读取：{each.reason}" for each in report.unread)
    rate = round(report.total["read"] / seconds) if seconds else 0
    lines.append(f"合计：{counts_as_text(report.total)}；用时{seconds:.1f}秒，每秒{rate}行")
    return "\n".join(lines)


def in_sheet(name: str) -> str:
    return f"［{name}］" if name else ""


def counts_as_text(counts: dict[str, int]) -> str:
    return "、".join(f"{WORDS[name]}{count}" for name, count in counts.items())


def rows_as_text(rows: Iterable[RowVerdict], *, all_of_them: bool) -> list[str]:
    shown = [
        f"  第{row.number}行 {row.verdict.label}{f' {row.case_number}' if row.case_number else ''}"
        f"{f'：{row.reason}' if row.reason else ''}"
        for row in rows
    ]
    if all_of_them or len(shown) <= MOST_ROWS_SHOWN:
        return shown
    return [*shown[:MOST_ROWS_SHOWN], f"  …另有{len(shown) - MOST_ROWS_SHOWN}行，请用--errors导出"]
