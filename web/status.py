"""/status/: how one's own case stands, by the code on the slip, without log-in; /cases/{id}/query-code/: the slip."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from casetrack.cases.models import Case, QueryCode
from casetrack.cases.query_codes import issue_query_code, replace_query_code, status_by_code
from casetrack.cases.rights import may
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability
from web.guards import Guarded, user_of
from web.limits import Guess

NOT_FOUND = "没有可以查询的案件。请核对受理凭证上的查询码；仍查不到的，请向受理机构询问。"
TOO_MANY = "您所在的网络多次输入了不正确的查询码，请{minutes}分钟后再试，或向受理机构询问。"


class CodeForm(forms.Form):
    """The code as people copy it: small letters, spaces and any dashes will do."""

    code = forms.CharField(
        label="查询码",
        max_length=40,
        help_text="印在受理凭证上，共12位，如 ABCD-EFGH-JKMN；不分大小写。",
        error_messages={"required": "请填写受理凭证上的查询码"},
    )
    code.widget.attrs.update({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})


@method_decorator(never_cache, name="dispatch")
class StatusView(View):
    """The code travels in the body of a request alone, so that no log or history keeps it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.shown(request, form)
        guess = Guess(request, "query_code")
        if not guess.allowed:
            form.add_error(None, TOO_MANY.format(minutes=settings.LOCKOUT_MINUTES))
            return self.shown(request, form, status=429)
        found = status_by_code(form.cleaned_data["code"])
        if found is None:
            form.add_error(None, NOT_FOUND)
            return self.shown(request, form)
        guess.was_right()
        return self.shown(request, CodeForm(), found=found)

    def shown(self, request: HttpRequest, form: forms.Form, *, status: int = 200, **context: Any) -> HttpResponse:
        return render(request, "web/status/status.html", {"form": form, **context}, status=status)


@method_decorator(never_cache, name="dispatch")
class QueryCodeView(Guarded, View):
    """The slip to hand over, for those who handle the case."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self.handled(request, pk)
        row = QueryCode.objects.filter(case=case).first()
        return render(request, "web/status/slip.html", {"case": case, "row": row})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self.handled(request, pk)
        give = replace_query_code if "replace" in request.POST else issue_query_code
        try:
            give(case_id=case.pk, actor=user_of(request), now=timezone.now())
        except Refused as refusal:
            context = {"case": case, "row": None, "refused": str(refusal)}
            return render(request, "web/status/slip.html", context, status=409)
        return redirect("case-query-code", pk=case.pk)

    def handled(self, request: HttpRequest, pk: int) -> Case:
        user = user_of(request)
        case = get_object_or_404(Case.objects.visible_to(user).select_related("organization"), pk=pk)
        if not may(user, Capability.WRITE_CASES, case):
            raise PermissionDenied("查询码由办理案件的人员交给当事人，您的角色只能查看案件。")
        return case
