"""Short ways to have a job in a test, in whatever state."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.imports import SentFile, ask_import
from casetrack.cases.models import Case, ImportBatch, ImportRow, Job
from reports.checking.jobs import Compared, ask_check, zipped
from reports.exporting.jobs import Export, ask_export
from tests.reports.documents.making import word

NOW = datetime(2024, 6, 1, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=1)

REPORT = "2024年，全区人民调解委员会共调解矛盾纠纷9件。"


def sent(content: bytes, name: str = "台账.xlsx") -> SentFile:
    """A file as the store keeps it."""
    return SentFile(name, store.seal([content]), len(content))


def waiting_import(owner: User, region: str, *contents: bytes, dry_run: bool = False) -> Job:
    files = [sent(content) for content in contents]
    return ask_import(owner=owner, region_code=region, files=files, dry_run=dry_run, now=NOW)


def waiting_export(owner: User, resource: str = "cases", format_: str = "xlsx", **filters: str) -> Job:
    return ask_export(owner=owner, export=Export(resource, format_, filters), now=NOW)


def waiting_check(owner: User, region: str = "", year: int | None = None, name: str = "报告.txt") -> Job:
    content = REPORT.encode() if name.endswith(".txt") else word(REPORT)
    compared = Compared(region, year)
    return ask_check(owner=owner, file=sent(content, name), compared=compared, site="http://testserver/", now=NOW)


def finished(job: Job, **changed: Any) -> Job:
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, finished_at=timezone.now(), **changed)
    job.refresh_from_db()
    return job


def finished_import(owner: User, case: Case) -> Job:
    """An import that opened a case, and rejected a row."""
    kept = store.seal([b"rejected rows"])
    job = waiting_import(owner, case.region_code)
    finished(job, result_file=kept, expires_at=timezone.now() + timedelta(hours=1))
    batch = ImportBatch.objects.create(
        region_id=case.region_code,
        file_name="台账.xlsx",
        ledger="人民调解案件登记台账",
        state=ImportBatch.State.DONE,
        started_at=NOW,
        job=job,
    )
    ImportRow.objects.create(batch=batch, number=3, verdict=ImportRow.Verdict.CREATED, case=case)
    return job


def finished_export(owner: User, content: bytes = b"rows") -> Job:
    path = store.new_path()
    path.write_bytes(content)
    later = timezone.now() + timedelta(hours=1)
    return finished(waiting_export(owner), result_file=path.name, result={"name": "案件.xlsx"}, expires_at=later)


def finished_check(owner: User, *, marked: str = "<p>标注</p>") -> Job:
    """A check of a text that stated one figure."""
    said: dict[str, list[int]] = {"claims": [], "relations": [], "record": []}
    kept = store.seal([zipped({"result.json": json.dumps(said).encode(), "marked.html": marked.encode()})])
    later = timezone.now() + timedelta(hours=1)
    return finished(waiting_check(owner), result_file=kept, result={"formats": ["marked.html"]}, expires_at=later)


def running(job: Job, *, since: datetime) -> Job:
    """As a worker left it that has said nothing since."""
    job.state, job.run, job.beat_at, job.started_at = Job.State.RUNNING, uuid.uuid4(), since, since
    job.attempts = 1
    job.save()
    return job
