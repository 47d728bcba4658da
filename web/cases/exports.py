"""/exports/: lists taken away as files: asked for here, written by a worker, watched and fetched here."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.jobs.asking import JobUnfinished
from casetrack.cases.jobs.fetching import ResultExpired, path_of
from casetrack.cases.models import Job
from casetrack.cases.saved_lists import filters_in
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability
from reports.exporting.jobs import EXPORTED, Export, ask_export
from reports.exporting.writing import CONTENT_TYPES
from web.cases.columns import chosen
from web.guards import Guarded, scope_able, user_of
from web.watching import called_off

SHOWN = 50
USUAL_FORMAT = "xlsx"


def own_export(user: User, pk: int) -> Job:
    return get_object_or_404(Job.objects.exports_of(user), pk=pk)


LISTS = {"cases": "cases", "audit": "manage-audit"}
"""The lists that are exported from their own pages, and these pages."""


class ExportsView(Guarded, View):
    """One's own exports; a POST asks for one of what a list shows."""

    def get(self, request: HttpRequest) -> HttpResponse:
        jobs = Job.objects.exports_of(user_of(request)).order_by("-id").defer("asked")[:SHOWN]
        return render(request, "web/exports/list.html", {"jobs": jobs})

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        scope_able(user, Capability.EXPORT)
        resource = request.POST.get("resource", "cases")
        if resource not in LISTS:
            raise BadRequest("no such list")
        written, query = request.POST.get("format", ""), request.POST.get("query", "")
        query = filters_in(query) if resource == "cases" else query
        export = Export(
            resource,
            written if written in CONTENT_TYPES else USUAL_FORMAT,
            {name: values for name, values in QueryDict(query).lists()},
            columns_shown(request, query) if resource == "cases" else [],
        )
        try:
            job = ask_export(owner=user, export=export, now=timezone.now())
        except Refused as refused:
            messages.error(request, f"不能导出：{refused}")
            return redirect(f"{reverse(LISTS[resource])}?{query}")
        return redirect("my-export", job.pk)


def columns_shown(request: HttpRequest, query: str) -> list[str]:
    """Those of the list as its reader has set it up, where these are wished for; else none are named."""
    shown = chosen(request.session, QueryDict(query).get("kind", "")) if "shown" in request.POST else []
    return list(dict.fromkeys(name for column in shown for name in column.exported))


class ExportView(Guarded, View):
    """How far an export is. Asked for by htmx, only the part that changes."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = own_export(user_of(request), pk)
        export = Export.of(job)
        context = {"job": job, "what": EXPORTED[export.resource].label, "format": export.format}
        part = "web/exports/progress.html" if request.headers.get("HX-Request") else "web/exports/export.html"
        return render(request, part, context)


class ExportFileView(Guarded, View):
    def get(self, request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
        job = own_export(user_of(request), pk)
        try:
            file = path_of(job).open("rb")
        except (JobUnfinished, ResultExpired) as refused:
            messages.error(request, str(refused))
            return redirect("my-export", pk)
        kind = CONTENT_TYPES[Export.of(job).format]
        return FileResponse(file, as_attachment=True, filename=job.result["name"], content_type=kind)


class CancelExportView(Guarded, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return called_off(request, own_export(user_of(request), pk), "my-export")
