"""/reports/check/: the figures of a report, held against one another and the record; a file is read by a worker."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import JobUnfinished
from casetrack.cases.jobs.fetching import ResultExpired, file_of
from casetrack.cases.jobs.uploads import SealedUpload
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused
from casetrack.lib.months import EARLIEST
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.asking import LATEST
from reports.checking.jobs import FRAGMENT, MEDIA_TYPES, TAKEN_AS, Compared, ask_check, part_of_result
from reports.checking.marking.pages import fragment
from reports.checking.reviewing import review_of_text
from reports.documents.refusing import LARGEST_FILE, MEGABYTE
from web.entering.once import TOKEN, done_once, fresh_token
from web.files import download
from web.filters import places
from web.guards import Guarded, user_of
from web.statistics.links import behind, with_pages
from web.watching import called_off, watched

LONGEST_TEXT, SHOWN = 100_000, 20
READ = ".txt、.md、.html、.docx 或 .pdf"


class CheckForm(forms.Form):
    """A report as text or as a file, and the record to hold it against."""

    text = forms.CharField(
        label="报告的文字", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8})
    )
    file = forms.FileField(
        label="或者文件", required=False, help_text=f"{READ}，最多{LARGEST_FILE // MEGABYTE}MB；结果保留24小时"
    )
    under = forms.CharField(label="与其记录对照的区划", required=False, max_length=12)
    year = forms.IntegerField(label="年度", required=False, min_value=EARLIEST.year, max_value=LATEST.year)
    public = forms.BooleanField(label="结果供对外公布：过小的数目不显示", required=False)

    def __init__(self, scope: Scope, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        if listed := places(data or QueryDict(), scope):
            self.fields["under"].widget = listed.widget

    def clean(self) -> dict[str, Any]:
        asked = self.cleaned_data
        if not self.errors and bool(asked.get("text")) == bool(asked.get("file")):
            self.add_error("text", "请粘贴文字或选择文件，二者选一")
        if bool(asked.get("under")) != bool(asked.get("year")):
            self.add_error("year", "与记录对照须同时选择区划和年度")
        if (file := asked.get("file")) and file.size > LARGEST_FILE:
            self.add_error("file", f"文件过大，最多{LARGEST_FILE // MEGABYTE}MB，请删去图片或按章节拆分")
        return asked

    def compared(self) -> Compared:
        asked = self.cleaned_data
        return Compared(asked["under"], asked["year"], None, asked["public"])


class ChecksView(Guarded, View):
    """Ask for a check, and one's own checks of files."""

    largest_upload = LARGEST_FILE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, CheckForm(scope_of(user_of(request))))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, scope = user_of(request), scope_of(user_of(request))
        form = CheckForm(scope, request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            wish = form.compared().wish(scope)
            file = form.cleaned_data["file"]
            if file:
                return done_once(request, now=timezone.now(), act=lambda: self.asked(request, user, form, file))
            found = review_of_text(form.cleaned_data["text"], wish, today=timezone.localdate())
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.page(request, form, status=422)
        return self.page(request, form, marked=mark_safe(fragment(found, behind)))  # noqa: S308 - a template made it

    def asked(self, request: HttpRequest, user: User, form: CheckForm, file: SealedUpload) -> str:
        site = request.build_absolute_uri("/")
        job = ask_check(owner=user, file=file.keep(), compared=form.compared(), site=site, now=timezone.now())
        return reverse("report-check", args=[job.pk])

    def page(self, request: HttpRequest, form: CheckForm, *, status: int = 200, **more: Any) -> HttpResponse:
        jobs = Job.objects.checks_of(user_of(request)).order_by("-id").defer("asked")[:SHOWN]
        token = request.POST.get(TOKEN) or fresh_token()
        context = {"form": form, "jobs": jobs, "token": token, **more}
        return render(request, "web/writing/checks.html", context, status=status)


def own_check(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.checks_of(user_of(request)), pk=pk)


class CheckView(Guarded, View):
    """How far the check of a file is, and what came of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = own_check(request, pk)
        context: dict[str, Any] = {"job": job, "name": job.parameters["files"][0]["name"], "compared": Compared.of(job)}
        if job.result_file:
            context |= {
                "marked": marked(job),
                "formats": [name for name, part in TAKEN_AS.items() if part in formats(job)],
            }
        return watched(request, job, context, page="web/writing/check.html", part="web/writing/progress.html")


class CheckFileView(Guarded, View):
    """The marked report as a page whole in itself, or the Word file with comments."""

    def get(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        job = own_check(request, pk)
        if name not in TAKEN_AS or TAKEN_AS[name] not in formats(job):
            raise Http404(name)
        try:
            data = part_of_result(file_of(job), TAKEN_AS[name])
        except (JobUnfinished, ResultExpired, store.FileGone):
            messages.error(request, "结果已不存在或尚未完成，请重新提交")
            return redirect("report-check", pk)
        return download(data, f"核对结果{pk}.{name}", MEDIA_TYPES[TAKEN_AS[name]])


class CancelCheckView(Guarded, View):
    """Call a check off."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return called_off(request, own_check(request, pk), "report-check")


def formats(job: Job) -> list[str]:
    found: list[str] = job.result.get("formats", [])
    return found


def marked(job: Job) -> SafeString:
    """The marked report between our head and foot, leading to our pages; empty where it was deleted."""
    try:
        data = part_of_result(file_of(job), FRAGMENT)
    except (ResultExpired, store.FileGone, KeyError):
        return SafeString()
    return mark_safe(with_pages(data.decode(), job.parameters["site"]))  # noqa: S308 - our own template made it
