"""Undoing an import as a job: what it logged is taken back in one transaction, or nothing is."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from casetrack.accounts.auditing import About, record
from casetrack.accounts.models import Action, User
from casetrack.cases.jobs.asking import JobUnfinished, ask
from casetrack.cases.jobs.imports import kinds_open_to
from casetrack.cases.jobs.running import NotPermitted, Run
from casetrack.cases.ledgers.recognise import TEMPLATES
from casetrack.cases.ledgers.undoing import Touched, Undone, UndoRefused, undo_import
from casetrack.cases.models import ImportBatch, Job

KIND_OF = {template.title: template.kind.code for template in TEMPLATES if template.kind}


class Guard(Protocol):
    """What the storey above knows of published figures: it refuses, or says which months are restated."""

    def __call__(self, touched: Collection[Touched], *, restating: str) -> list[dict[str, Any]]: ...


def ask_undo(*, job: Job, owner: User, now: datetime, restating: str = "") -> Job:
    """Ask for an import to be undone. What it put into registers stays: cases may rest on that by now.

    `restating` is why, if the cases are in figures that were published.
    """
    if job.kind != Job.Kind.IMPORT or not job.is_finished:
        raise JobUnfinished(f"任务{job.pk}（{job.get_kind_display()}）{job.get_state_display()}，没有可以撤销的导入")
    if not left_of(job):
        raise UndoRefused(f"任务{job.pk}没有导入案件，或已经撤销；名册和培训台账不能撤销，请改正后重新导入")
    parameters = {"import": job.pk, **({"restating": restating} if restating else {})}
    return ask(kind=Job.Kind.UNDO, owner=owner, parameters=parameters, region_code=job.region_code, now=now)


def run_undo(run: Run, *, guard: Guard) -> None:
    """Take the import back, the last batch first, and end the job in the same transaction."""
    kinds = kinds_open_to(run.job.owner, run.job.region_code)
    undone = Job.objects.get(pk=run.job.parameters["import"])
    restating = run.job.parameters.get("restating", "")
    with transaction.atomic():
        whole = Undone()
        for batch in left_of(undone):
            if kinds is not None and KIND_OF[batch.ledger] not in kinds:
                raise NotPermitted(f"您无权撤销“{batch.ledger}”的导入；请由有权办理此类案件的人员撤销")
            taken = undo_import(batch_id=batch.pk, actor=run.job.owner, now=run.clock(), restating=restating)
            whole.cases += taken.cases
            whole.touched |= taken.touched
        restates = guard(whole.touched, restating=restating)
        run.done = run.total = whole.cases
        run.end(Job.State.DONE, doing="", counts={"cases": whole.cases}, result={"restates": restates})
        details = {"undone_job": undone.pk, "cases": whole.cases, **({"restates": restates} if restates else {})}
        about = About(region_code=run.job.region_code)
        record(action=Action.IMPORT, actor=run.job.owner, now=run.clock(), about=about, details=details)


def left_of(job: Job) -> list[ImportBatch]:
    """The batches of cases that still stand, the last one first."""
    batches = job.batches.filter(ledger__in=KIND_OF).exclude(state=ImportBatch.State.UNDONE)
    return list(batches.filter(rows__verdict__in=("created", "changed")).distinct().order_by("-pk"))
