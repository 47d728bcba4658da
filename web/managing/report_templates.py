"""/manage/report-templates/: which template and frame a region's reports are drafted by, and one's own tried out.

Templates are files beside the service (docs/drafting.md): here they are read, and others tried before they lie there.
"""

import codecs
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views import View

from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import DOCX
from casetrack.organizations.capabilities import Capability
from casetrack.stats.refusals import BalanceBroken
from reports.documents.refusing import MEGABYTE
from reports.drafting.drafting import ANNUAL, BUILT_IN, MONTHLY, draft, kept_for
from reports.drafting.formats import writer_for
from reports.drafting.keeping import SORTS, looked_through
from reports.papers.own.parts import LARGEST
from web.drafting import form_of, wish_of
from web.files import download
from web.guards import Guarded, scope_able, user_of
from web.statistics.asking import Asked, asked_in

LABELS = {ANNUAL: "年度报告", MONTHLY: "月度简报"}
ENDINGS = {"template": ".toml", "frame": ".docx"}


class TrialForm(forms.Form):
    """A template, a frame, or both."""

    template = forms.FileField(label="模板（.toml）", required=False, allow_empty_file=True)
    frame = forms.FileField(
        label="框架（.docx）",
        required=False,
        allow_empty_file=True,
        help_text=f"不超过{LARGEST // MEGABYTE}MB；正文处另起一段写“{{{{正文}}}}”。",
    )

    def clean(self) -> None:
        if not any(self.cleaned_data.get(name) for name in ENDINGS):
            raise forms.ValidationError("请选择要试用的模板或框架")
        for name in ENDINGS:
            file = self.cleaned_data.get(name)
            if file and (file.size or 0) > LARGEST:
                self.add_error(name, f"文件超过{LARGEST // MEGABYTE}MB，请缩小后再试")


def asked_by_keeper(request: HttpRequest) -> Asked:
    """The region and period that the address names. Raises PermissionDenied for who keeps no registers."""
    scope_able(user_of(request), Capability.KEEP_REGISTERS)
    return asked_in(request)


class ReportTemplatesView(Guarded, View):
    """What is used there; posted files are tried on the region's own figures, and nothing of them is kept."""

    largest_upload = sum(sort.largest for sort in SORTS.values())

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, asked_by_keeper(request), TrialForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        asked, form = asked_by_keeper(request), TrialForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, asked, form, status=422)
        try:
            title, content = tried(request, asked, form.cleaned_data)
        except (Refused, BalanceBroken) as refused:
            form.add_error(None, str(refused))
            return self.page(request, asked, form, status=422)
        return download(content, f"试用 {title}.docx", DOCX)

    def page(self, request: HttpRequest, asked: Asked, form: TrialForm, status: int = 200) -> HttpResponse:
        used = [(label, name, told(asked.region, name)) for name, label in LABELS.items()]
        context = {"asked": asked, "form": form_of(asked), "trial": form, "used": used}
        return render(request, "web/managing/report_templates.html", context, status=status)


def told(region: str, name: str) -> dict[str, str]:
    """The files that a region's reports are made with: their names, empty where there is none."""
    found = {part: kept_for(region, name, ending) for part, ending in ENDINGS.items()}
    return {part: path.name if path else "" for part, path in found.items()}


def tried(request: HttpRequest, asked: Asked, files: dict[str, Any]) -> tuple[str, bytes]:
    """The draft by these files, as Word; they lie in a folder for as long as that takes."""
    with TemporaryDirectory() as folder:
        paths: dict[str, Path] = {}
        for name, ending in ENDINGS.items():
            if files[name]:
                content, paths[name] = b"".join(files[name].chunks()), Path(folder, f"上传的文件{ending}")
                looked_through(SORTS[f"{ANNUAL}-{ending[1:]}"], content, today=localdate())
                paths[name].write_bytes(content.removeprefix(codecs.BOM_UTF8))
        wish = replace(wish_of(request, asked), template=paths.get("template"), frame=paths.get("frame"))
        made = draft(wish, today=localdate())
        return made.title, writer_for("docx")(made)


class UsedTemplateView(Guarded, View):
    """A template or frame in use, to read or to begin one's own with."""

    def get(self, request: HttpRequest, name: str, part: str) -> HttpResponseBase:
        asked = asked_by_keeper(request)
        if name not in LABELS or part not in ENDINGS:
            raise Http404(name)
        path = kept_for(asked.region, name, ENDINGS[part])
        if path is None and part == "template":
            path = BUILT_IN / f"{name}.toml"
        if path is None:
            raise Http404(part)
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
