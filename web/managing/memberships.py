"""What an account may do where: given, changed and taken back on the page of the account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.kinds.refusals import Refused
from casetrack.organizations.keeping_memberships import add_membership, change_membership, remove_membership
from casetrack.organizations.managing import managed_memberships
from web.entering.once import done_once
from web.guards import Guarded, user_of
from web.managing.forms import PlacedRightsForm, RightsForm, prefix_of, refuse_in
from web.managing.users import account_page, managed


class AddMembershipView(Guarded, View):
    """Give a further role or place."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, giver, now = get_object_or_404(managed(request), pk=pk), user_of(request), timezone.now()
        form = PlacedRightsForm(request.POST, giver=giver)
        if not form.is_valid():
            return account_page(request, user, status=400, added=form)

        def added() -> str:
            add_membership(user_id=user.pk, held=form.held(), actor=giver, now=now)
            return reverse("manage-user", args=[pk])

        try:
            answer = done_once(request, now=now, act=added)
        except Refused as refused:
            refuse_in(form, refused)
            return account_page(request, user, status=409, added=form)
        messages.success(request, "已授予任职")
        return answer


class MembershipView(Guarded, View):
    """Change a role, its kinds or its clearance, or take it back."""

    def post(self, request: HttpRequest, pk: int, membership: int) -> HttpResponse:
        user, actor, now = get_object_or_404(managed(request), pk=pk), user_of(request), timezone.now()
        form, taken_back = RightsForm(request.POST, prefix=prefix_of(membership)), "take_back" in request.POST
        if not (taken_back or form.is_valid()):
            return account_page(request, user, status=400, tried=form)
        by: dict[str, Any] = {"actor": actor, "now": now, "version": request.POST.get("version")}

        def done() -> str:  # looked for in here: to the second click on taking back it is gone
            held = get_object_or_404(managed_memberships(actor).filter(user=user), pk=membership)
            if taken_back:
                remove_membership(membership_id=held.pk, **by)
            else:
                change_membership(membership_id=held.pk, changes=form.changes(), **by)
            return reverse("manage-user", args=[pk])

        try:
            answer = done_once(request, now=now, act=done)
        except Refused as refused:
            refuse_in(form, refused)
            return account_page(request, user, status=409, tried=form)
        messages.success(request, "已撤销任职" if taken_back else "已变更任职")
        return answer
