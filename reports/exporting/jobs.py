"""An export as a job: asked for with the filters of a list, run with what its owner may see at that moment."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from casetrack.accounts.auditing import record
from casetrack.accounts.models import Action, User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import ask
from casetrack.cases.jobs.running import NotPermitted, Run
from casetrack.cases.models import Job
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import scope_of
from reports.exporting.figures import FIGURES, FigureLists
from reports.exporting.resources import RESOURCES, Filters, Resource
from reports.exporting.writing import WRITERS, counted

EXPORTED: Mapping[str, Resource | FigureLists] = {**RESOURCES, FIGURES.name: FIGURES}
"""What can be exported: every list there is, and those behind figures."""


@dataclass(frozen=True, slots=True)
class Export:
    """Which list, narrowed by what, which of its columns, as what."""

    resource: str
    format: str
    filters: Filters
    fields: Sequence[str] = ()

    @classmethod
    def of(cls, job: Job) -> "Export":
        return cls(**job.parameters)


def ask_export(*, owner: User, export: Export, now: datetime) -> Job:
    """Ask for a list as a file. Raises ExportRefused for filters or columns that the list doesn't have."""
    EXPORTED[export.resource].check(owner, export.filters, export.fields, today=localdate(now))
    parameters = {
        "resource": export.resource,
        "format": export.format,
        "filters": dict(export.filters),
        "fields": list(export.fields),
    }
    return ask(kind=Job.Kind.EXPORT, owner=owner, parameters=parameters, now=now)


def run_export(run: Run) -> None:
    """Write the file, then end the job and log the export in one transaction."""
    export, owner, now = Export.of(run.job), run.job.owner, run.clock()
    if scope_of(owner).able(Capability.EXPORT).is_empty:
        raise NotPermitted("您的账号已停用，或不再有可以导出的角色")
    today, path = localdate(now), store.new_path()
    try:
        with EXPORTED[export.resource].listing(owner, export.filters, export.fields, today=today) as found:
            run.advance(0, total=found.expected, doing=f"写入{found.title}")
            WRITERS[export.format](path, replace(found, rows=counted(found.rows, run.advance)))
        name = f"{found.title}{today:%Y%m%d}.{export.format}"
        end(run, export, file=path.name, name=name, made={"size": path.stat().st_size, "digest": digest_of(path)})
    except BaseException:
        store.drop(path.name)
        raise


@transaction.atomic
def end(run: Run, export: Export, *, file: str, name: str, made: Mapping[str, int | str]) -> None:
    run.total = run.done
    result = {"name": name, **made}
    run.end(
        Job.State.DONE, doing="", counts={"rows": run.done}, result=result, result_file=file, expires_at=run.expiry()
    )
    resource = EXPORTED[export.resource]
    shown, about = resource.shown(export.filters), resource.about(export.filters)
    details = {"job": run.job.pk, "resource": export.resource, "format": export.format, "filters": shown}
    fields = {"fields": list(export.fields)} if export.fields else {}
    record(
        action=Action.EXPORT,
        actor=run.job.owner,
        now=run.clock(),
        about=about,
        details={**details, **fields, "rows": run.done, "digest": made["digest"]},
    )


def digest_of(path: Path) -> str:
    """SHA-256 of the file as it is handed out: what stands in the audit log tells later whether a copy is that file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
