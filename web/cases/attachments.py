"""/cases/ID/attachments/: files of a case, handed in, fetched and removed."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.attachments import (
    LONGEST_REASON,
    AttachmentRefused,
    attach,
    largest,
    read_attachment,
    read_whole,
    remove_attachment,
)
from casetrack.cases.models import Attachment, Case
from casetrack.cases.rights import may
from casetrack.organizations.capabilities import REFUSED, Capability
from web.cases.page import about, case_seen
from web.entering.access import case_to_write
from web.files import download
from web.guards import Guarded, user_of


class AttachmentForm(forms.Form):
    """A file, and which kind of paper it is. What it is by its bytes, the core says."""

    sort = forms.ChoiceField(
        label="材料种类",
        choices=[("", "请选择"), *Attachment.Sort.choices],
        error_messages={"required": "请选择材料种类", "invalid_choice": "请选择材料种类"},
    )
    file = forms.FileField(
        label="文件", allow_empty_file=True, max_length=None, error_messages={"required": "请选择要上传的文件"}
    )


def attachment_seen(user: User, pk: int, attachment: int) -> Attachment:
    """An attachment of a case that the user may see."""
    return get_object_or_404(case_seen(user, pk).attachments.select_related("case"), pk=attachment)


class AttachmentsView(Guarded, View):
    """One more file; what stands in the way is said at the form, on the page of the case."""

    largest_upload = staticmethod(largest)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, case = user_of(request), case_to_write(user_of(request), pk)
        form = AttachmentForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(request, case, form)
        file, sort = form.cleaned_data["file"], form.cleaned_data["sort"]
        try:
            content = read_whole(file)
            attach(case_id=case.pk, name=file.name, content=content, sort=sort, actor=user, now=timezone.now())
        except AttachmentRefused as refused:
            form.add_error("file", str(refused))
            return self.again(request, case, form)
        return back_to(case)

    def again(self, request: HttpRequest, case: Case, form: AttachmentForm) -> HttpResponse:
        context: dict[str, Any] = {**about(case, user_of(request)), "attaching": form}
        return render(request, "web/cases/case.html", context, status=422)


class AttachmentFileView(Guarded, View):
    """A file, to be saved: no browser opens in our name what someone else sent in."""

    def get(self, request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
        user = user_of(request)
        seen = attachment_seen(user, pk, attachment)
        if not may(user, Capability.READ_PERSONAL, seen.case):
            raise PermissionDenied(REFUSED[Capability.READ_PERSONAL])
        try:
            read, content = read_attachment(attachment_id=seen.pk, actor=user, now=timezone.now())
        except AttachmentRefused as refused:
            context = {**about(seen.case, user), "attachment_refused": str(refused)}
            return render(request, "web/cases/case.html", context, status=409)
        return download(content, read.name, read.media_type)


class RemoveAttachmentView(Guarded, View):
    def post(self, request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
        user, case = user_of(request), case_to_write(user_of(request), pk)
        seen, reason = attachment_seen(user, pk, attachment), request.POST.get("reason", "")
        try:
            remove_attachment(attachment_id=seen.pk, reason=reason, actor=user, now=timezone.now())
        except AttachmentRefused as refused:
            said = {"refused_removal": seen.pk, "attachment_refused": str(refused), "reason": reason[:LONGEST_REASON]}
            return render(request, "web/cases/case.html", {**about(case, user), **said}, status=422)
        return back_to(case)


def back_to(case: Case) -> HttpResponse:
    return redirect(f"{reverse('case', args=[case.pk])}#attachments")
