"""Taking files in: registers, then cases, a few hundred rows a transaction, so that what is cut off can be resent."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from casetrack.accounts.models import User
from casetrack.cases.copying import copy_in
from casetrack.cases.ledgers.mapping import Said
from casetrack.cases.ledgers.outline import outline_of
from casetrack.cases.ledgers.people import take_register
from casetrack.cases.ledgers.preview import previewed
from casetrack.cases.ledgers.reports import ImportReport, Progress, RowVerdict, SheetReport, Unread, Verdict
from casetrack.cases.ledgers.sources import Part, Source, parts_of, region_named
from casetrack.cases.ledgers.tables import Row
from casetrack.cases.ledgers.taking import CaseTaker, Seen
from casetrack.cases.ledgers.values import RowReader, RowRefused, Values
from casetrack.cases.models import ImportBatch, ImportRow
from casetrack.organizations.divisions import prefix_of
from casetrack.organizations.models import Region
from casetrack.organizations.operations import OfficesRefused, ensure_offices, ensure_region

CHUNK = 500
AS_REMEMBERED = "表头与以前手工对照过的相同，按记住的对照读取"
IMPORTS = 0x1ED6E6  # the name of our advisory locks


@dataclass(frozen=True, slots=True)
class Import:
    """Who sends files in, for which region, and when."""

    region: Region
    actor: User | None
    now: datetime
    progress: Progress | None = None
    job_id: int | None = None
    dry: bool = False
    seen: dict[tuple[int, str], Seen] = field(default_factory=dict)  # the numbers of each file, kind by kind

    def advance(self, part: Part, rows: int) -> None:
        if self.progress:
            self.progress(part.source.name, rows, part.table.most_rows)


def import_files(
    *,
    sources: Sequence[Source],
    region_code: str,
    region_name: str = "",
    actor: User | None,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    kinds: Collection[str] | None = None,
    job_id: int | None = None,
    said: Said | None = None,
) -> ImportReport:
    """Take in registers and ledgers, registers first. A dry run comes to the same verdicts and leaves nothing.

    `progress` may raise to stop the import: what it has taken in by then stays. Without `kinds` all may be imported.
    Sheets are told by their headings, but for those of which it is `said` how to read them.
    """
    prefix_of(region_code)
    report = ImportReport()
    parts = allowed(parts_of(sources, report, said or Said()), kinds, report)
    with transaction.atomic() if dry_run else nullcontext():
        region, _ = ensure_region(code=region_code, name=region_name or region_named(parts))
        run = Import(region, actor, now, progress, job_id, dry_run)
        for part in parts:
            run.advance(part, 0)  # how many rows there are, before the first is taken in
        reports = take_parts(parts, run)
        if dry_run:
            transaction.set_rollback(True)
    order = {id(source): place for place, source in enumerate(sources)}
    report.sheets = [reports[id(part)] for part in sorted(parts, key=lambda part: order[id(part.source)])]
    if dry_run:
        for sheet in report.sheets:
            sheet.batch_id = None
    return report


def allowed(parts: Sequence[Part], kinds: Collection[str] | None, report: ImportReport) -> list[Part]:
    """The sheets of kinds that may be imported; registers only by those who may import all kinds."""
    if kinds is None:
        return list(parts)
    open_to: list[Part] = []
    for part in parts:
        template = part.table.recognised.template
        if template.kind and template.kind.code in kinds:
            open_to.append(part)
            continue
        reason = f"您无权导入“{template.title}”，请由有权办理的人员导入"
        report.unread.append(Unread(part.source.name, reason, part.table.sheet))
    return open_to


def take_parts(parts: Sequence[Part], run: Import) -> dict[int, SheetReport]:
    reports = {}
    for part in parts:
        if part.table.recognised.template.kind is None:
            reports[id(part)] = take_sheet(part, run)
    make_offices(run.region)
    for part in parts:
        if id(part) not in reports:
            reports[id(part)] = take_sheet(part, run)
    return reports


def make_offices(region: Region) -> None:
    try:
        ensure_offices(region=region)
    except OfficesRefused:
        return  # a town has none; a row that needs one is rejected with this reason


def take_sheet(part: Part, run: Import) -> SheetReport:
    """Take in one sheet, and keep the verdict on each of its rows."""
    found = part.table.recognised
    notes = (*([AS_REMEMBERED] if part.table.remembered else []), *found.notes, *doubts(part, run.region))
    columns = tuple((place.heading, place.column.headings[0]) for place in found.places)
    report = SheetReport(part.source.name, part.table.sheet, found.template.title, found.headings, notes, columns)
    report.remembered = part.table.remembered
    if run.dry:
        report.preview = previewed(part.table.first, RowReader(found))
        report.outline = outline_of(found)
    batch = ImportBatch.objects.create(
        region=run.region,
        file_name=part.source.name[-255:],
        file_digest=part.source.digest,
        ledger=found.template.title,
        actor=run.actor,
        job_id=run.job_id,
        started_at=run.now,
    )
    report.batch_id = batch.pk
    taken = register_verdicts(part, run) if found.template.kind is None else case_verdicts(part, batch, run)
    for verdicts in taken:
        report.rows.extend(verdicts)
        run.advance(part, len(verdicts))
    report.notes = (*notes, *said_of(report))
    batch.state, batch.counts, batch.finished_at = ImportBatch.State.DONE, report.counts, run.now
    batch.save(update_fields=["state", "counts", "finished_at"])
    return report


def said_of(report: SheetReport) -> list[str]:
    """What the sender should know of rows that were taken."""
    return [f"第{row.number}行：{row.reason}" for row in report.rows if row.reason and row.verdict != Verdict.REJECTED]


def doubts(part: Part, region: Region) -> list[str]:
    """Whether the title speaks of another region: a slip of the hand would give one county the cases of another."""
    named = region_named([part])
    return [f"标题写的是“{named}”，导入到的是“{region.name}”，请核对"] if named and named != region.name else []


def case_verdicts(part: Part, batch: ImportBatch, run: Import) -> Iterator[list[RowVerdict]]:
    taker = CaseTaker(part.table, run.region, batch, run.now)
    taker.seen = run.seen.setdefault((id(part.source), taker.reader.kind.code), {})
    while rows := list(islice(part.table.rows, CHUNK)):
        with transaction.atomic():
            hold(run.region)
            verdicts = taker.take(rows)
            keep(batch, verdicts)
        yield verdicts


def register_verdicts(part: Part, batch_run: Import) -> Iterator[list[RowVerdict]]:
    """A register is taken in whole: it is small, and its rows are held against one another."""
    reader = RowReader(part.table.recognised)
    rows = list(part.table.rows)
    verdicts: dict[int, RowVerdict] = {}
    readable: list[tuple[Row, Values]] = []
    for row in rows:
        try:
            readable.append((row, reader.values(row.cells)))
        except RowRefused as refused:
            verdicts[row.number] = rejection(row, str(refused))
    code = part.table.recognised.template.code
    results = take_register(code, batch_run.region, [values for _, values in readable], by=batch_run)
    for (row, _), result in zip(readable, results, strict=True):
        verdict = Verdict(result.outcome.value)
        is_rejected = verdict == Verdict.REJECTED
        verdicts[row.number] = (
            rejection(row, result.reason) if is_rejected else RowVerdict(row.number, verdict, result.reason)
        )
    yield [verdicts[row.number] for row in rows]


def rejection(row: Row, reason: str) -> RowVerdict:
    return RowVerdict(row.number, Verdict.REJECTED, reason, cells=tuple(row.cells))


def hold(region: Region) -> None:
    """One import a region at a time, a chunk each, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORTS, int(region.code[:9])])


def keep(batch: ImportBatch, verdicts: Sequence[RowVerdict]) -> None:
    copy_in(
        [
            ImportRow(batch=batch, number=row.number, verdict=row.verdict, case_id=row.case_id, reason=row.reason)
            for row in verdicts
        ]
    )
