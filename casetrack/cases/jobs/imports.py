"""An import as a job: the same call as the command's, with its progress, and what became of every row."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import ask
from casetrack.cases.jobs.remembering import remembered_in
from casetrack.cases.jobs.running import NotPermitted, Run
from casetrack.cases.ledgers.importing import import_files
from casetrack.cases.ledgers.mapping import MappingRefused, Said, SheetMapping, as_json, mappings_of, with_mapping
from casetrack.cases.ledgers.rejects import write_rejects
from casetrack.cases.ledgers.reports import ImportReport, RowVerdict, SheetReport, Unread, Verdict
from casetrack.cases.ledgers.sources import Source
from casetrack.cases.ledgers.summary import empty_counts
from casetrack.cases.models import ImportBatch, ImportRow, Job
from casetrack.kinds.refusals import Refused
from casetrack.lib.masking import masked_within
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import scope_of

MOST_ROWS_SHOWN = 50


class FilesUnread(Refused):
    """Nothing of what was sent could be read."""

    code = "files_not_readable"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent in, as the store keeps it."""

    name: str
    kept: str
    size: int


def ask_import(
    *,
    owner: User,
    region_code: str,
    files: Sequence[SentFile],
    dry_run: bool,
    now: datetime,
    mapping: Sequence[SheetMapping] = (),
    trial: Job | None = None,
    recall: bool = False,
) -> Job:
    """Ask for files to be taken in, read as the mapping says: it stays with the job. Or for those of a `trial`.

    With `recall`, sheets of which nothing is said are read as was once said of the same headings.
    """
    sent = [{"name": file.name, "kept": file.kept, "size": file.size} for file in files]
    parameters: dict[str, Any] = {"region": region_code, "dry_run": dry_run, "files": sent}
    if mapping:
        parameters["mapping"] = as_json(mapping)
    if recall:
        parameters["recall"] = True
    if trial:
        parameters["trial"] = trial.pk
    return ask(kind=Job.Kind.IMPORT, owner=owner, parameters=parameters, region_code=region_code, now=now)


def take_in(*, preview: Job, owner: User, now: datetime) -> Job:
    """Take in the files of a trial as it read them. Raises FilesUnread where they are no longer kept."""
    recalled = [sheet["recalled"] for sheet in preview.result.get("sheets", []) if sheet.get("recalled")]
    mapping = (*mapping_of(preview), *lawful_now(recalled))
    return once_more(preview, mapping=mapping, dry_run=False, owner=owner, now=now)


def read_anew(*, preview: Job, said: SheetMapping, owner: User, now: datetime) -> Job:
    """Look at the files of a trial once more, one sheet of them read as its sender says. Raises FilesUnread."""
    mapping = with_mapping(mapping_of(preview), said)
    return once_more(preview, mapping=mapping, dry_run=True, owner=owner, now=now)


def once_more(preview: Job, *, mapping: Sequence[SheetMapping], dry_run: bool, owner: User, now: datetime) -> Job:
    if not preview.parameters.get("dry_run") or preview.state != Job.State.DONE:
        raise FilesUnread("这不是已完成的试导入，没有可以导入的文件")
    if not may_be_taken_in(preview):
        raise FilesUnread("试导入的文件已经导入，或者超过24小时已删除，请重新上传")
    return ask_import(
        owner=owner,
        region_code=preview.region_code,
        files=[SentFile(each["name"], each["kept"], each["size"]) for each in preview.parameters["files"]],
        dry_run=dry_run,
        now=now,
        mapping=mapping,
        trial=preview,
        recall=dry_run and bool(preview.parameters.get("recall")),
    )


def mapping_of(job: Job) -> tuple[SheetMapping, ...]:
    """How an import was told to read its sheets."""
    return lawful_now(job.parameters.get("mapping", []))


def lawful_now(said: object) -> tuple[SheetMapping, ...]:
    """A mapping that was lawful when it was chosen. Raises FilesUnread where the ledger has other columns now."""
    try:
        return mappings_of(said)
    except MappingRefused as refused:
        raise FilesUnread(f"{refused}；请重新对照") from refused


def may_be_taken_in(preview: Job) -> bool:
    """Whether all that a trial looked at is still kept."""
    sent = preview.parameters.get("files", [])
    return preview.state == Job.State.DONE and bool(sent) and all(store.is_there(each["kept"]) for each in sent)


@dataclass(slots=True)
class Tally:
    """The rows of all files, from what the import says of one after the other."""

    run: Run
    done: int = 0
    total: int = 0
    seen: list[str] = field(default_factory=list)

    def advance(self, file: str, rows: int, most: int) -> None:
        """Nothing done yet means that a sheet is announced."""
        self.done += rows
        self.total += 0 if rows else most
        self.run.advance(self.done, total=max(self.done, self.total), doing=file if rows else "")


def run_import(run: Run) -> None:
    """Take the files in. Cut off and run again, it finds what it took in before, and counts it as its own."""
    asked, region_code = run.job.parameters, run.job.region_code
    before = taken_in_before(run.job)
    report = import_files(
        sources=[source_of(file) for file in asked["files"]],
        region_code=region_code,
        actor=run.job.owner,
        now=run.clock(),
        dry_run=asked["dry_run"],
        progress=Tally(run).advance,
        kinds=kinds_open_to(run.job.owner, region_code),
        job_id=run.job.pk,
        said=Said(mapping_of(run.job), remembered_in(region_code) if asked.get("recall") else {}),
    )
    may_be_explained = asked["dry_run"] and any(each.outline for each in report.unread)
    if report.unread and not report.sheets and not may_be_explained:
        raise FilesUnread("；".join(f"{name_of(each)}：{each.reason}" for each in report.unread))
    for sheet in report.sheets:
        sheet.rows = [own(row, before) for row in sheet.rows]
    finish(run, report)


def source_of(file: Mapping[str, Any]) -> Source:
    try:
        return Source(file["name"], b"".join(store.read(file["kept"])))
    except store.FileGone as gone:
        raise FilesUnread(f"“{file['name']}”已经导入，或者超过24小时已删除，请重新上传") from gone


def kinds_open_to(user: User, region_code: str) -> frozenset[str] | None:
    """The kinds whose ledgers a user may import for a region, None for all. Raises NotPermitted if there are none."""
    kinds = scope_of(user).able(Capability.WRITE_CASES).kinds_in(region_code)
    if kinds is None or kinds:
        return kinds
    raise NotPermitted(f"您无权为区划{region_code}导入台账；请由主管该地区全部案件的人员导入")


def taken_in_before(job: Job) -> dict[int | None, Verdict]:
    """The cases that earlier attempts at this job opened or changed."""
    taken = ImportRow.objects.filter(batch__job=job, verdict__in=(Verdict.CREATED, Verdict.CHANGED))
    pairs = taken.order_by("-pk").values_list("case_id", "verdict")  # the first of them has the last word
    return {case_id: Verdict(verdict) for case_id, verdict in pairs.iterator() if case_id is not None}


def own(row: RowVerdict, before: Mapping[int | None, Verdict]) -> RowVerdict:
    if row.verdict == Verdict.UNCHANGED and row.case_id in before:
        return replace(row, verdict=before[row.case_id])
    return row


def finish(run: Run, report: ImportReport) -> None:
    kept = keep_rejects(report)
    expiry = {"result_file": kept, "expires_at": run.expiry()} if kept else {}
    counts = report.total
    try:
        with transaction.atomic():
            close_batches(run.job, run.clock())
            run.done = run.total = counts["read"]
            run.end(Job.State.DONE, doing="", counts=counts, result=result_of(report), **expiry)
            note(run, counts)
    except BaseException:
        store.drop(kept)
        raise


def keep_rejects(report: ImportReport) -> str:
    """The rejected rows as a workbook to be corrected: sealed, since it is what people sent."""
    if not report.total["rejected"]:
        return ""
    book = io.BytesIO()
    write_rejects(report, book)
    return store.seal([book.getvalue()])


def result_of(report: ImportReport) -> dict[str, Any]:
    """Sheet by sheet, with the first of the rejected rows. Reasons quote cells, so long numbers in them are masked."""
    left, sheets = MOST_ROWS_SHOWN, []
    for sheet in report.sheets:
        shown = sheet.rejected[:left]
        left -= len(shown)
        sheets.append(sheet_as_json(sheet, shown))
    return {
        "sheets": sheets,
        "unread": [unread_as_json(each) for each in report.unread],
        "notes": [unread_as_json(each) for each in report.notes],
    }


def as_recalled(sheet: SheetReport) -> dict[str, Any] | None:
    """How a sheet was read as others before it, so that what is taken in later is read just so."""
    if sheet.remembered is None:
        return None
    return as_json([replace(sheet.remembered, file=sheet.file, sheet=sheet.sheet)])[0]


def unread_as_json(unread: Unread) -> dict[str, Any]:
    return {
        "file": unread.file,
        "sheet": unread.sheet,
        "reason": masked_within(unread.reason),
        "outline": unread.outline and asdict(unread.outline),
    }


def sheet_as_json(sheet: SheetReport, shown: Sequence[RowVerdict]) -> dict[str, Any]:
    rows = [{"row": row.number, "number": row.case_number, "reason": masked_within(row.reason)} for row in shown]
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "ledger": sheet.ledger,
        "batch": sheet.batch_id,
        "counts": sheet.counts,
        "notes": list(sheet.notes),
        "columns": list(sheet.columns),
        "preview": [{"row": each.row, "cells": list(each.cells)} for each in sheet.preview],
        "outline": sheet.outline and asdict(sheet.outline),
        "recalled": as_recalled(sheet),
        "rejected": rows,
    }


def name_of(unread: Unread) -> str:
    return f"{unread.file}［{unread.sheet}］" if unread.sheet else unread.file


def leave_import(run: Run) -> dict[str, Any]:
    """What to write of an import that stopped halfway: whole chunks of rows are in, and stay."""
    close_batches(run.job, run.clock())
    counts = {**empty_counts(), **counted(ImportRow.objects.filter(batch__job=run.job))}
    counts["read"] = sum(counts.values())
    note(run, counts)
    return {"doing": "", "counts": counts}


def close_batches(job: Job, now: datetime) -> None:
    """End the batches that attempts left open when they were cut off."""
    for batch in job.batches.filter(state=ImportBatch.State.RUNNING):
        counts = {**empty_counts(), **counted(batch.rows.all())}
        batch.counts = {**counts, "read": sum(counts.values())}
        batch.state, batch.finished_at = ImportBatch.State.DONE, now
        batch.save(update_fields=["counts", "state", "finished_at"])


def counted(rows: QuerySet[ImportRow]) -> dict[str, int]:
    return {verdict: rows_of for verdict, rows_of in rows.values_list("verdict").annotate(Count("pk"))}


def note(run: Run, counts: Mapping[str, int]) -> None:
    asked, batches = run.job.parameters, list(run.job.batches.order_by("pk").values_list("pk", flat=True))
    details = {"job": run.job.pk, "dry_run": asked["dry_run"], "counts": dict(counts), "batches": batches}
    about = About(region_code=run.job.region_code)
    record(action=Action.IMPORT, actor=run.job.owner, now=run.clock(), about=about, details=details)
