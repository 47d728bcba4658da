"""Benchmarks: each a ratio of two measurements of one run, held to a budget. One file each."""

from collections.abc import Callable

from workers.benchmarks.creating import create_vs_inserts
from workers.benchmarks.due_dates import due_dates_vs_holidays
from workers.benchmarks.exporting import export_vs_openpyxl
from workers.benchmarks.importing import import_vs_read
from workers.benchmarks.measuring import Result

# those that measure at 10,000 cases stand before those that measure at 1,000,000: see record.py
BENCHMARKS: dict[str, Callable[[], Result]] = {
    "due_dates_vs_holidays": due_dates_vs_holidays,
    "import_vs_read": import_vs_read,
    "export_vs_openpyxl": export_vs_openpyxl,
    "create_vs_inserts": create_vs_inserts,
}
