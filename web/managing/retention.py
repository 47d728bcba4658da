"""/manage/retention/: how long files are kept here, and which are past it, for somebody to look at."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from casetrack.cases.erasing.ended import ended
from casetrack.cases.models import Case
from casetrack.organizations.capabilities import Capability
from web.guards import Guarded, scope_able, user_of


class RetentionView(Guarded, View):
    """By kind, as far as the person may erase; nothing is erased here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = scope_able(user_of(request), Capability.ERASE)
        found = ended(Case.objects.in_scope(scope), retentions=settings.RETENTIONS, today=timezone.localdate())
        return render(request, "web/managing/retention.html", {"kinds": list(found)})
