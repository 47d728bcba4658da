"""/imports/remembered/{id}/forget/: a mapping that was remembered is followed no more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from casetrack.cases.jobs.remembering import forget
from casetrack.cases.models import RememberedMapping
from web.guards import Guarded, user_of


class ForgetView(Guarded, View):
    """Who may import there may have such sheets read by their headings again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        remembered = get_object_or_404(RememberedMapping.objects.visible_to(user_of(request)), pk=pk)
        forget(remembered)
        messages.success(request, f"不再记住“{remembered.sheet}”的对照；已导入的内容不变")
        return redirect("page-imports")
