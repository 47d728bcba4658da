"""/imports/{id}/: how far an import is; or what its trial found, by sheet and column, and what to do about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.jobs.imports import kinds_open_to, may_be_taken_in
from casetrack.cases.jobs.running import NotPermitted
from casetrack.cases.jobs.undoing import left_of
from casetrack.cases.ledgers.mapping import BY_CODE
from casetrack.cases.ledgers.outline import Surety
from casetrack.cases.models import ImportBatch, Job
from casetrack.organizations.models import Region
from casetrack.stats.closing.undoing import UndoRestates
from web.entering.once import fresh_token
from web.guards import Guarded, user_of
from web.importing.seen import import_seen, may_be_mapped, outlined_sheets
from web.watching import watched

ALL = {"read": "读取", "created": "新增", "changed": "更正", "unchanged": "未变", "rejected": "拒收"}
OPENED = 3  # sheets whose first rows are shown at once


class ImportView(Guarded, View):
    """An import, a trial of one, or the undoing of one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job, user = import_seen(request, pk), user_of(request)
        context = {**said_of(job), **offered(job, user), "token": fresh_token()}
        return watched(request, job, context, page="web/importing/import.html", part="web/importing/progress.html")


def said_of(job: Job) -> dict[str, Any]:
    """What there is to read of an import, whoever reads it."""
    restated = job.result.get("restates", [])
    places = Region.objects.in_bulk([each["region"] for each in restated])
    counts = {**ALL, "cases": "撤回案件"}
    return {
        "job": job,
        "trial": bool(job.parameters.get("dry_run")),
        "undoes": job.parameters.get("import"),
        "trial_before": job.parameters.get("trial"),
        "files": [each["name"] for each in job.parameters.get("files", [])],
        "counts": [
            (label, job.counts[name])
            for name, label in counts.items()
            if any(job.counts.values()) and name in job.counts
        ],
        "restated": [f"{places[each['region']].name}{each['month']}" for each in restated],
        "undone": job.batches.filter(state=ImportBatch.State.UNDONE).exists(),
    }


def offered(job: Job, user: User) -> dict[str, Any]:
    """What a user is shown of the rows, and may do."""
    own, trial, acts = job.is_of(user), bool(job.parameters.get("dry_run")), may_act(user, job)
    sheets = [told(sheet, own=own) for sheet in job.result.get("sheets", [])]
    taken_in = job.kind == Job.Kind.IMPORT and job.is_finished and not trial
    return {
        "own": own,
        "sheets": sheets,
        "opened": len(sheets) <= OPENED,
        "mapped": outlined_sheets(job) if may_be_mapped(job, user) else [],
        "way_on": way_on(job, own=own) if trial else "",
        "may_go": trial and own and says_something_new(job) and may_be_taken_in(job),
        "may_act": acts,
        "may_undo": taken_in and acts and bool(left_of(job)),
        "needs_reason": acts and job.error_code == UndoRestates.code,
    }


def says_something_new(job: Job) -> bool:
    return bool(job.counts.get("created") or job.counts.get("changed"))


def way_on(job: Job, *, own: bool) -> str:
    """What became of a trial, and what to do now."""
    if not job.is_finished:
        return ""
    if job.state != Job.State.DONE:
        return (
            "什么也没有写入。" if job.state == Job.State.CANCELLED else "什么也没有写入；请按上面的原因改正后重新上传。"
        )
    if not job.result.get("sheets"):
        return "没有读取任何一张表，什么也没有写入；请手工对照，或者改正表头后重新上传。"
    if not own:
        return "以上是试读的结果，什么也没有写入；由提交人本人导入。"
    if not may_be_taken_in(job):
        return "以上是试读的结果；文件已经导入，或者超过24小时已删除，需要时请重新上传。"
    if says_something_new(job):
        return "以上是试读的结果，什么也没有写入。"
    if job.counts["rejected"]:
        return "没有可以导入的行，什么也没有写入；请下载拒收的行，改正后重新上传。"
    if job.counts["read"]:
        return "各行都与已经导入的相同，没有新的内容，不必再导入。"
    return "表头以下没有数据行，什么也没有写入；请核对文件，或者手工对照表头的位置。"


def told(sheet: dict[str, Any], *, own: bool) -> dict[str, Any]:
    """What became of a sheet; rows that were rejected, and the first ones as they are read, are their sender's."""
    counts = [(label, sheet["counts"][name]) for name, label in ALL.items()]
    first = sheet.get("preview", []) if own else []
    fields = [
        (means, heading, [(each["row"], each["cells"][place]) for each in first])
        for place, (heading, means) in enumerate(sheet["columns"])
    ]
    own_rows = {"rejected": sheet["rejected"] if own else [], "preview": first}
    return {**sheet, **own_rows, "counts": counts, "fields": fields, "likely": likely(sheet) if own else []}


def likely(sheet: dict[str, Any]) -> list[tuple[str, str]]:
    """The headings that were not read but may well be a field, each with what that is usually called."""
    outline = sheet.get("outline")
    if not outline:
        return []
    usual = {column.name: column.headings[0] for column in BY_CODE[outline["ledger"]].columns}
    return [(each["heading"], usual[each["field"]]) for each in outline["columns"] if each["surety"] == Surety.GUESS]


def may_act(user: User, job: Job) -> bool:
    """Whether someone may import, and so undo and call off, in the place of an import."""
    try:
        kinds_open_to(user, job.region_code)
    except NotPermitted:
        return False
    return True
