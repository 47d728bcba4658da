"""/manage/: what there is to look after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from casetrack.organizations.capabilities import Capability, roles_with
from casetrack.organizations.managing import holds_role
from web.guards import Guarded, scope_able, user_of


class ManageView(Guarded, View):
    """The ways from here, those alone that the person may go."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        scope_able(user, Capability.KEEP_REGISTERS)
        accounts = holds_role(user, roles_with(Capability.MANAGE_USERS))
        return render(request, "web/managing/home.html", {"accounts": accounts})
