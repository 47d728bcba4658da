"""Benchmarks: each a ratio of two measurements of one run, held to a budget. One file each."""

from collections.abc import Callable

from workers.benchmarks.creating import create_vs_inserts
from workers.benchmarks.due_dates import due_dates_vs_holidays
from workers.benchmarks.exporting import export_vs_openpyxl
from workers.benchmarks.growing import list_growth, read_growth
from workers.benchmarks.importing import import_vs_read
from workers.benchmarks.listing import list_vs_handwritten, scoped_total_p95
from workers.benchmarks.measuring import Result
from workers.benchmarks.reaching import list_reach
from workers.benchmarks.statistics import days_vs_sql, read_vs_sql, rebuild_vs_group_by, settle_share

# growth begins with few cases in a province that is made for it, so it stands before what needs a million (record.py)
# and before the import, which brings a county of its own
BENCHMARKS: dict[str, Callable[[], Result]] = {
    "due_dates_vs_holidays": due_dates_vs_holidays,
    "export_vs_openpyxl": export_vs_openpyxl,
    "list_growth": list_growth,
    "read_growth": read_growth,
    "import_vs_read": import_vs_read,
    "rebuild_vs_group_by": rebuild_vs_group_by,
    "read_vs_sql": read_vs_sql,
    "days_vs_sql": days_vs_sql,
    "list_vs_handwritten": list_vs_handwritten,
    "list_reach": list_reach,
    "scoped_total_p95": scoped_total_p95,
    "create_vs_inserts": create_vs_inserts,
    "settle_share": settle_share,
}
