"""/manage/papers/: templates of their own that offices use for papers, and the built-in ones to begin with."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from casetrack.cases.models import PaperTemplate
from casetrack.cases.models.papers import PaperTemplateQuerySet
from casetrack.cases.paper_templates import PaperTemplateRefused, Place, content_of, remove_template
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import DOCX
from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope
from reports.papers.catalogue import PAPERS
from reports.papers.declaring import Paper, Version
from reports.papers.own.parts import LARGEST
from reports.papers.own.templates import marks_known, sample, set_template, version_named
from web.files import download
from web.filters import filled, turning
from web.guards import Guarded, scope_able, user_of
from web.managing.forms import NOT_HERE, SURE_OF_PLACE
from web.managing.lists import CURSOR, SIZE
from web.managing.organizations import NOT_YOURS
from web.managing.picking import PickField, organization_in, pick_within, region_in


def key_of(paper: Paper, version: Version) -> str:
    return f"{paper.code}-{version.since:%Y%m%d}"


VERSIONS = {key_of(paper, version): (paper, version) for paper in PAPERS for version in paper.versions}


def label_of(paper: Paper, version: Version) -> str:
    return f"{paper.titled(version)}，依{version.statute.law}"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every paper in every version, by kind."""
    return [
        (
            kind.label,
            [(key, label_of(*each)) for key, each in VERSIONS.items() if each[0].kind == kind.code],
        )
        for kind in KINDS.values()
        if any(paper.kind == kind.code for paper in PAPERS)
    ]


class TemplateForm(forms.Form):
    """A Word file, for which paper and for whom."""

    paper = forms.ChoiceField(
        label="文书",
        choices=lambda: [("", "请选择"), *choices()],
        error_messages={"required": "请选择文书", "invalid_choice": "没有这种文书，请从列表中选择"},
    )
    region = PickField("regions", label="适用的地区，含其所有下级", required=False)
    organization = PickField("organizations", label="或机构，含其调解室", required=False)
    file = forms.FileField(
        label="Word文件（.docx）",
        allow_empty_file=True,
        help_text=f"不超过{LARGEST // 2**20}MB，不含宏、嵌入的文件和外部链接；同一地方的同一文书再次上传即为替换。",
        error_messages={"required": "请选择要上传的文件"},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        pick_within(self, scope)

    def clean_region(self) -> Region | None:
        return region_in(self.scope, self.cleaned_data["region"], NOT_YOURS)

    def clean_organization(self) -> Organization | None:
        return organization_in(self.scope, self.cleaned_data["organization"], NOT_HERE)

    def clean(self) -> None:
        said = self.cleaned_data
        if {"region", "organization"} <= said.keys() and bool(said["region"]) == bool(said["organization"]):
            self.add_error("region", SURE_OF_PLACE)

    def place(self) -> Place:
        said = self.cleaned_data
        return Place(organization=said["organization"], region=said["region"] and said["region"].code)


def kept(request: HttpRequest) -> PaperTemplateQuerySet:
    """The templates of the places whose register the person keeps. Raises PermissionDenied for those who keep none."""
    scope = scope_able(user_of(request), Capability.KEEP_REGISTERS)
    return PaperTemplate.objects.in_scope(scope).standing().select_related("organization", "region", "uploaded_by")


class PaperTemplatesView(Guarded, View):
    """Those in use, and one more."""

    largest_upload = LARGEST

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, TemplateForm(scope=scope_able(user_of(request), Capability.KEEP_REGISTERS)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        form = TemplateForm(request.POST, request.FILES, scope=scope_able(user, Capability.KEEP_REGISTERS))
        if not form.is_valid():
            return self.page(request, form, status=400)
        file, (paper, version) = form.cleaned_data["file"], VERSIONS[form.cleaned_data["paper"]]
        try:
            if (file.size or 0) > LARGEST:
                raise PaperTemplateRefused(f"文件过大，模板最大{LARGEST // 2**20}MB；请缩小其中的图片")
            set_template(
                place=form.place(),
                paper=paper.code,
                since=version.since,
                name=file.name or "",
                content=b"".join(file.chunks()),
                actor=user,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error("file", str(refused))
            return self.page(request, form, status=422)
        messages.success(request, f"已启用“{label_of(paper, version)}”的模板，此后制作的文书使用它")
        return redirect("manage-papers")

    def page(self, request: HttpRequest, form: TemplateForm, status: int = 200) -> HttpResponse:
        asked = filled(request.GET)
        try:
            page = page_of(kept(request).order_by("-pk"), cursor=asked.get(CURSOR), size=SIZE)
        except CursorRefused as wrong:
            raise Http404 from wrong
        rows = [(each, called(each)) for each in page.rows]
        context = {"form": form, "rows": rows, "groups": choices(), **turning(page, asked, request.path)}
        return render(request, "web/managing/papers.html", context, status=status)


def called(template: PaperTemplate) -> str:
    """What the template is for; one whose paper is declared no more goes by its code."""
    try:
        return label_of(*version_named(template.paper, template.since))
    except PaperTemplateRefused:
        return f"{template.paper}（{template.since}）"


class TemplateFileView(Guarded, View):
    """A template as it was uploaded."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = get_object_or_404(kept(request).select_related("file"), pk=pk)
        try:
            return download(content_of(template), template.name, DOCX)
        except PaperTemplateRefused as refused:
            messages.error(request, str(refused))
            return redirect("manage-papers")


class RemoveTemplateView(Guarded, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = get_object_or_404(kept(request), pk=pk)
        try:
            remove_template(template_id=template.pk, actor=user_of(request), now=timezone.now())
        except PaperTemplateRefused as refused:
            messages.error(request, str(refused))
            return redirect("manage-papers")
        messages.success(request, f"已停用“{called(template)}”的模板，此后使用上级地区的或者系统自带的")
        return redirect("manage-papers")


class MarksView(Guarded, View):
    """The words of a built-in paper, and every mark that a template of it may have."""

    def get(self, request: HttpRequest, version: str) -> HttpResponse:
        paper, found = version_seen(request, version)
        context = {"key": version, "label": label_of(paper, found), "paper": paper, "version": found}
        return render(request, "web/managing/marks.html", {**context, "marks": marks_known(paper, found)})


class SampleView(Guarded, View):
    """The built-in paper with its marks, to change into one's own."""

    def get(self, request: HttpRequest, version: str) -> HttpResponse:
        paper, found = version_seen(request, version)
        return download(sample(paper, found), f"样本 {label_of(paper, found)}.docx", DOCX)


def version_seen(request: HttpRequest, key: str) -> tuple[Paper, Version]:
    scope_able(user_of(request), Capability.KEEP_REGISTERS)
    if key not in VERSIONS:
        raise Http404
    return VERSIONS[key]
