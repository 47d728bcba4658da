"""/imports/: ledgers and registers taken in: looked at first, written when their sender says so, undone if need be."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import JobUnfinished, cancel
from casetrack.cases.jobs.fetching import ResultExpired, file_of
from casetrack.cases.jobs.imports import ask_import, kinds_open_to, may_be_taken_in, take_in
from casetrack.cases.jobs.running import NotPermitted
from casetrack.cases.jobs.undoing import ask_undo
from casetrack.cases.jobs.uploads import SealedUpload
from casetrack.cases.ledgers.mapping import BY_CODE
from casetrack.cases.ledgers.outline import Surety
from casetrack.cases.ledgers.workbooks import LARGEST_FILE, MEGABYTE
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.organizations.posts import place_of
from reports.exporting.writing import CONTENT_TYPES
from web.entering.once import TOKEN, FormReused, done_once, fresh_token
from web.filters import places
from web.guards import Guarded, scope_able, user_of
from web.importing.seen import address_of, import_seen, may_be_mapped, outlined_sheets

SHOWN, MOST_FILES = 50, 20
ALL = {"read": "读取", "created": "新增", "changed": "更正", "unchanged": "未变", "rejected": "拒收"}
NOT_A_LEDGER = "“{}”不是Excel工作簿，也不是文本，请用Excel另存为.xlsx后再导入"


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more ledgers."""

    widget = Several(attrs={"accept": ".xlsx,.xlsm,.xls,.csv"})

    def clean(self, data: Any, initial: Any = None) -> list[SealedUpload]:
        files = [super(FilesField, self).clean(each, initial) for each in (data or [None])]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"一次最多{MOST_FILES}个文件，请分批导入")
        wrong = next((file for file in files if not file.is_workbook_or_text), None)
        if wrong:
            raise forms.ValidationError(NOT_A_LEDGER.format(wrong.name))
        return files


class ImportForm(forms.Form):
    """Files, and whose they are."""

    sent = FilesField(
        label="台账或名册",
        help_text=f".xlsx、.xlsm、.xls 或 .csv，可选多个，每个最多{LARGEST_FILE // MEGABYTE}MB；种类和各列由表头识别",
        error_messages={"required": "请选择文件", "empty": "文件是空的，请核对后重选"},
    )
    under = forms.CharField(label="所属区划", max_length=12, error_messages={"required": "请选择区划"})

    def __init__(self, user: User, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        asked = data or QueryDict()
        if listed := places(asked, scope_able(user, Capability.WRITE_CASES)):
            self.fields["under"].widget = forms.Select(choices=[("", "请选择"), *listed.widget.choices[1:]])
        else:
            self.fields["under"].initial = place_of(user)

    def clean_under(self) -> str:
        try:
            return complete(self.cleaned_data["under"])
        except InvalidCode as invalid:
            raise forms.ValidationError(str(invalid)) from invalid


class ImportsView(Guarded, View):
    """One's imports and those of one's places; a POST looks at files, and writes nothing."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, ImportForm(user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, now = user_of(request), timezone.now()
        form = ImportForm(user, request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, form, status=422)

        def asked() -> str:
            region = form.cleaned_data["under"]
            kinds_open_to(user, region)
            files = [file.keep() for file in form.cleaned_data["sent"]]
            return address_of(ask_import(owner=user, region_code=region, files=files, dry_run=True, now=now))

        try:
            return done_once(request, now=now, act=asked)
        except FormReused:  # gone back to, and sent with other files: another look harms nothing
            return redirect(asked())
        except (Refused, NotPermitted) as refused:
            form.add_error("under", str(refused))
            return self.page(request, form, status=422)

    def page(self, request: HttpRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
        jobs = Job.objects.imports_visible_to(user_of(request)).order_by("-id").defer("result", "asked")[:SHOWN]
        context = {"form": form, "jobs": jobs, "token": request.POST.get(TOKEN) or fresh_token()}
        return render(request, "web/importing/imports.html", context, status=status)


class ImportView(Guarded, View):
    """How far an import is, or what its trial found: by sheet and column, and what is rejected why."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job, user = import_seen(request, pk), user_of(request)
        own, trial = job.is_of(user), bool(job.parameters.get("dry_run"))
        taken_in = job.kind == Job.Kind.IMPORT and job.is_finished and not trial
        context: dict[str, Any] = {
            "job": job,
            "own": own,
            "trial": trial,
            "undoes": job.parameters.get("import"),
            "files": [each["name"] for each in job.parameters.get("files", [])],
            "counts": [(label, job.counts[name]) for name, label in ALL.items() if name in job.counts],
            "sheets": [told(sheet, own=own) for sheet in job.result.get("sheets", [])],
            "mapped": outlined_sheets(job) if may_be_mapped(job, user) else [],
            "trial_before": job.parameters.get("trial"),
            "may_go": trial and own and bool(job.result.get("sheets")) and may_be_taken_in(job),
            "may_act": may_act(user, job),
            "may_undo": taken_in
            and may_act(user, job)
            and bool(job.counts.get("created") or job.counts.get("changed")),
            "token": fresh_token(),
        }
        part = "web/importing/progress.html" if request.headers.get("HX-Request") else "web/importing/import.html"
        answer = render(request, part, context)
        if request.headers.get("HX-Request") and job.is_finished:
            answer["HX-Refresh"] = "true"  # the result is more than the part that asks
        return answer


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


def acted(request: HttpRequest, pk: int, act: Callable[[Job, User], Job]) -> HttpResponse:
    """Do something about an import, once, and go where it leads; what stands in the way is told on its page."""
    user, job = user_of(request), import_seen(request, pk)
    scope_able(user, Capability.WRITE_CASES)
    try:
        kinds_open_to(user, job.region_code)
        return done_once(request, now=timezone.now(), act=lambda: address_of(act(job, user)))
    except (Refused, NotPermitted) as refused:
        messages.error(request, str(refused))
        return redirect("page-import", pk)


class TakeInView(Guarded, View):
    """Take in what a trial looked at: it is its sender's to say so."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(job: Job, user: User) -> Job:
            if not job.is_of(user):
                raise PermissionDenied("这次试导入是他人所作，请由本人导入，或自行上传")
            return take_in(preview=job, owner=user, now=timezone.now())

        return acted(request, pk, act)


class CancelImportView(Guarded, View):
    """Call it off: rows that are in stay, and can be undone."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return acted(request, pk, lambda job, user: cancel(job_id=job.pk, now=timezone.now()))


class UndoView(Guarded, View):
    """Take back by correcting events what an import logged, with a reason where published figures change."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        why = request.POST.get("restating", "").strip()[:200]
        return acted(request, pk, lambda job, user: ask_undo(job=job, owner=user, now=timezone.now(), restating=why))


class RejectedView(Guarded, View):
    """The rejected rows as they were sent, the reason beside each, to be put right and sent again."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        job = import_seen(request, pk)
        if not job.is_of(user_of(request)):
            raise Http404(pk)
        try:
            pieces = store.read(file_of(job))
        except (JobUnfinished, ResultExpired, store.FileGone) as refused:
            messages.error(request, str(refused) if isinstance(refused, Refused) else "文件已不存在，请重新导入")
            return redirect("page-import", pk)
        answer = StreamingHttpResponse(pieces, content_type=CONTENT_TYPES["xlsx"])
        answer.headers["Content-Disposition"] = content_disposition_header(True, f"拒收的行{pk}.xlsx") or "attachment"
        return answer
