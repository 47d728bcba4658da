"""/manage/report-templates/kept/: templates and frames that regions keep for their reports: put in use, taken out.

Which of them a region's reports are drafted by, and how one would do, is seen on the page before.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import DOCX
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.models import Region
from casetrack.organizations.scope import Scope
from reports.drafting.keeping import (
    SENTENCES,
    SORTS,
    Kept,
    keep,
    kept_in,
    refuse_larger,
    take_out,
)
from web.files import download
from web.guards import Guarded, scope_able, user_of
from web.managing.organizations import NOT_YOURS
from web.managing.picking import PickField, pick_within, region_in

TOML = "application/toml; charset=utf-8"


class KeptTemplateForm(forms.Form):
    """A file, what it is, and for which region."""

    sort = forms.ChoiceField(
        label="模板或框架", choices=[("", "请选择"), *((key, sort.label) for key, sort in SORTS.items())]
    )
    region = PickField("regions", label="适用的地区，含其没有自己模板的下级")
    file = forms.FileField(
        label="文件",
        allow_empty_file=True,
        help_text="同一地区的同一模板或框架再次上传即为替换。",
        error_messages={"required": "请选择要上传的文件"},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        pick_within(self, scope)

    def clean_region(self) -> Region | None:
        return region_in(self.scope, self.cleaned_data["region"], NOT_YOURS)

    def content(self) -> bytes:
        """The bytes, which are not read where there are too many."""
        file, sort = self.cleaned_data["file"], SORTS[self.cleaned_data["sort"]]
        refuse_larger(sort, file.size or 0)
        return b"".join(file.chunks())


def scope_keeping(request: HttpRequest) -> Scope:
    return scope_able(user_of(request), Capability.KEEP_REGISTERS)


class KeptTemplatesView(Guarded, View):
    """Those in use, and one more, to be looked through or used."""

    largest_upload = max(sort.largest for sort in SORTS.values())

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, KeptTemplateForm(scope=scope_keeping(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, now = user_of(request), timezone.now()
        form = KeptTemplateForm(request.POST, request.FILES, scope=scope_keeping(request))
        if not form.is_valid():
            return self.page(request, form, status=400)
        sort, region = SORTS[form.cleaned_data["sort"]], form.cleaned_data["region"]
        try:
            content = form.content()
            told = keep(sort=sort, region=region, content=content, actor=user, now=now)
        except Refused as refused:
            form.add_error("file", str(refused))
            return self.page(request, form, status=422)
        messages.success(request, f"已启用{region.name}的{sort.label}；{told}")
        return redirect("manage-kept-templates")

    def page(self, request: HttpRequest, form: KeptTemplateForm, status: int = 200) -> HttpResponse:
        found = kept_in(scope_keeping(request))
        names = Region.objects.in_bulk([each.region for each in found])
        rows = [(each, names.get(each.region, each.region)) for each in found]
        context = {"form": form, "rows": rows}
        return render(request, "web/managing/kept_templates.html", context, status=status)


def kept_seen(request: HttpRequest, sort: str, region: str) -> Kept:
    found = (each for each in kept_in(scope_keeping(request)) if (each.sort.key, each.region) == (sort, region))
    kept = next(found, None)
    if kept is None:
        raise Http404(sort)
    return kept


class KeptTemplateView(Guarded, View):
    """A file as it is used."""

    def get(self, request: HttpRequest, sort: str, region: str) -> HttpResponse:
        kept = kept_seen(request, sort, region)
        try:
            return download(kept.path.read_bytes(), kept.path.name, TOML if kept.sort.ending == SENTENCES else DOCX)
        except FileNotFoundError as gone:  # taken out since
            raise Http404(sort) from gone


class TakeOutView(Guarded, View):
    """Use it no more."""

    def post(self, request: HttpRequest, sort: str, region: str) -> HttpResponse:
        kept = kept_seen(request, sort, region)
        try:
            take_out(kept=kept, actor=user_of(request), now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("manage-kept-templates")
        messages.success(request, f"已停用{kept.sort.label}，此后用上级地区的或者系统自带的")
        return redirect("manage-kept-templates")
