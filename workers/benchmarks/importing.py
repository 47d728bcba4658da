"""The import of a county's mediation ledger, against reading the same sheet with the same reader."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now
from python_calamine import CalamineWorkbook

from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.sources import Source
from workers.benchmarks.measuring import Result, at_most, pairs

SAMPLE = Path("samples") / "qinan-2019"
REGION = "620522000000"
BUDGET = 200  # ours: the issue names none yet; the reader is native code that decides nothing and writes nothing
TIMES = 3


def import_vs_read() -> Result:
    """How many times longer the import takes, at most."""
    ledger = settings.BASE_DIR / SAMPLE / "11人民调解案件台账.xlsx"
    register = settings.BASE_DIR / SAMPLE / "01调解组织名册.xlsx"
    take_in(register)
    reading, importing, ratio = pairs(partial(read, ledger), partial(take_in, ledger, dry_run=True), times=TIMES)
    detail = f"842 rows: read in {reading * 1000:.0f} ms, imported in {importing * 1000:.0f} ms"
    return at_most(ratio, BUDGET, detail)


def read(path: Path) -> int:
    return len(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())


def take_in(path: Path, *, dry_run: bool = False) -> None:
    """A dry run writes everything and takes it back, so that the next run finds the same tables."""
    sources = [Source(path.name, path.read_bytes())]
    import_files(sources=sources, region_code=REGION, region_name="秦安县", actor=None, now=now(), dry_run=dry_run)
