"""/imports/: ledgers and registers taken in: looked at first, written when their sender says so, undone if need be."""

from collections.abc import Callable, Iterable
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
from casetrack.cases.jobs.imports import ask_import, kinds_open_to, take_in
from casetrack.cases.jobs.remembering import lawful
from casetrack.cases.jobs.running import NotPermitted
from casetrack.cases.jobs.undoing import ask_undo
from casetrack.cases.jobs.uploads import LARGEST_REQUEST, SealedUpload
from casetrack.cases.ledgers.mapping import SheetMapping
from casetrack.cases.ledgers.workbooks import LARGEST_FILE, MEGABYTE
from casetrack.cases.models import Job, RememberedMapping
from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import XLSX
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.organizations.models import Region
from casetrack.organizations.posts import place_of
from web.entering.once import TOKEN, done_once, fresh_token
from web.filters import places
from web.guards import Guarded, scope_able, user_of
from web.importing.seen import address_of, import_seen, once_or_anew

SHOWN, MOST_FILES, LONGEST_REASON = 50, 20, 200
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

    largest_upload = LARGEST_REQUEST

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
            return address_of(
                ask_import(owner=user, region_code=region, files=files, dry_run=True, now=now, recall=True)
            )

        try:
            return once_or_anew(request, now=now, act=asked)
        except (Refused, NotPermitted) as refused:
            form.add_error("under", str(refused))
            return self.page(request, form, status=422)

    def page(self, request: HttpRequest, form: ImportForm, *, status: int = 200) -> HttpResponse:
        jobs = Job.objects.imports_visible_to(user_of(request)).order_by("-id").defer("result", "asked")[:SHOWN]
        kept = RememberedMapping.objects.visible_to(user_of(request)).select_related("chosen_by").order_by("-chosen_at")
        context = {"form": form, "jobs": jobs, "remembered": with_places(kept[:SHOWN])}
        context |= {"token": request.POST.get(TOKEN) or fresh_token()}
        return render(request, "web/importing/imports.html", context, status=status)


def with_places(
    kept: Iterable[RememberedMapping],
) -> list[tuple[RememberedMapping, SheetMapping | None, Region | str]]:
    """Remembered mappings, each as it is followed now, and the name of its place."""
    listed = list(kept)
    places = Region.objects.in_bulk([each.region_code for each in listed])
    return [(each, lawful(each), places.get(each.region_code, each.region_code)) for each in listed]


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
        why = request.POST.get("restating", "").strip()
        if len(why) > LONGEST_REASON:
            messages.error(request, f"重述的理由最多{LONGEST_REASON}字，现有{len(why)}字，请改短后再撤销")
            return redirect("page-import", import_seen(request, pk).pk)
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
        answer = StreamingHttpResponse(pieces, content_type=XLSX)
        answer.headers["Content-Disposition"] = content_disposition_header(True, f"拒收的行{pk}.xlsx") or "attachment"
        return answer
