"""/manage/rules/impact/: what current rules and calendars would move, found by a worker. Nothing is applied here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.jobs.asking import JobUnfinished
from casetrack.cases.jobs.fetching import ResultExpired, path_of
from casetrack.cases.models import Job
from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import XLSX
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.models import Region
from casetrack.organizations.scope import Scope, scope_of
from reports.impact import SHOWN, ask_impact, still_open
from web.entering.once import TOKEN, done_once, fresh_token
from web.filters import places
from web.guards import Guarded, scope_able, user_of
from web.watching import called_off, watched

LISTED = 20


class ImpactForm(forms.Form):
    """The region to look at, and whether every case is folded anew."""

    under = forms.CharField(label="区划（含下级）", max_length=12, error_messages={"required": "请选择要查看的区划"})
    thorough = forms.BooleanField(
        label="逐案重算", required=False, help_text="规定的空白补上之后才起算的期限也能找到；案件多时费时较长"
    )

    def __init__(self, scope: Scope, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.scope = scope
        field, listed = self.fields["under"], places(data or QueryDict(), scope)
        field.initial = Region.objects.in_scope(scope).order_by("code").values_list("code", flat=True).first()
        if listed and isinstance(listed.widget, forms.Select):
            named = [(code, name) for code, name in listed.widget.choices if code]
            field.widget = forms.Select(choices=named)

    def clean_under(self) -> str:
        code: str = self.cleaned_data["under"]
        if not Region.objects.in_scope(self.scope).filter(pk=code).exists():
            raise forms.ValidationError(f"您维护名册的范围内没有区划“{code}”，请从列出的区划中选择")
        return code


class ImpactsView(Guarded, View):
    """Ask what would move, and one's own questions before."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, ImpactForm(keeping(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, form = user_of(request), ImpactForm(keeping(request), request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            return done_once(request, now=timezone.now(), act=lambda: self.asked(user, form))
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.page(request, form, status=422)

    def asked(self, user: User, form: ImpactForm) -> str:
        said = form.cleaned_data
        job = ask_impact(owner=user, region=said["under"], thorough=said["thorough"], now=timezone.now())
        return reverse("manage-impact", args=[job.pk])

    def page(self, request: HttpRequest, form: ImpactForm, *, status: int = 200) -> HttpResponse:
        jobs = Job.objects.impacts_of(user_of(request)).order_by("-id").defer("asked")[:LISTED]
        names = names_of(jobs)
        context: dict[str, Any] = {"form": form, "token": request.POST.get(TOKEN) or fresh_token()}
        context["jobs"] = [(job, names[job.region_code]) for job in jobs]
        return render(request, "web/managing/impacts.html", context, status=status)


def keeping(request: HttpRequest) -> Scope:
    return scope_able(user_of(request), Capability.KEEP_REGISTERS)


def own_impact(request: HttpRequest, pk: int) -> Job:
    keeping(request)
    return get_object_or_404(Job.objects.impacts_of(user_of(request)), pk=pk)


def names_of(jobs: Iterable[Job]) -> dict[str, str]:
    """By code, what the regions that were asked about are called today."""
    codes = {job.region_code for job in jobs}
    named = dict(Region.objects.filter(pk__in=codes).values_list("code", "name"))
    return {code: named.get(code, f"区划{code}") for code in codes}


class ImpactView(Guarded, View):
    """How far the question is, and what came of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = own_impact(request, pk)
        context: dict[str, Any] = {
            "job": job,
            "place": names_of([job])[job.region_code],
            "thorough": job.parameters["thorough"],
        }
        if job.state == Job.State.DONE:
            context |= told(job, scope_of(user_of(request)))
        page, part = "web/managing/impact.html", "web/managing/impact_progress.html"
        return watched(request, job, context, page=page, part=part)


def told(job: Job, scope: Scope) -> dict[str, Any]:
    result, counts = job.result, job.counts
    return {
        "result": result,
        "clocks": counts["running"] + counts["ended"],
        "moved": still_open(result["first_moved"], scope),
        "stuck": still_open(result["first_stuck"], scope),
        "most": SHOWN,
    }


class ImpactFileView(Guarded, View):
    """All of it as a workbook."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
        job = own_impact(request, pk)
        try:
            file = path_of(job).open("rb")
        except (JobUnfinished, ResultExpired) as refused:
            messages.error(request, str(refused))
            return redirect("manage-impact", pk)
        return FileResponse(file, as_attachment=True, filename=job.result["name"], content_type=XLSX)


class CancelImpactView(Guarded, View):
    """Call it off."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return called_off(request, own_impact(request, pk), "manage-impact")
