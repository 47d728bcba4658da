"""/imports/remembered/{id}/forget/: a mapping that was remembered is followed no more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.cases.jobs.remembering import forget
from casetrack.cases.models import RememberedMapping
from web.guards import Guarded, user_of
from web.importing.seen import once_or_anew


class ForgetView(Guarded, View):
    """Who may import there may have such sheets read by their headings again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act() -> str:
            remembered = get_object_or_404(RememberedMapping.objects.visible_to(user_of(request)), pk=pk)
            forget(remembered)
            messages.success(request, f"不再记住“{remembered.sheet}”的对照；已导入的内容不变")
            return reverse("page-imports")

        return once_or_anew(request, now=timezone.now(), act=act)
