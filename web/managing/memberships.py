"""What an account may do where: given, changed and taken back on the page of the account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View

from casetrack.kinds.refusals import Refused
from casetrack.organizations.keeping_memberships import add_membership, change_membership, remove_membership
from casetrack.organizations.managing import managed_memberships
from web.guards import Guarded, user_of
from web.managing.forms import PlacedRightsForm, RightsForm, prefix_of, refuse_in
from web.managing.users import account_page, managed


class AddMembershipView(Guarded, View):
    """Give a further role or place."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, giver = get_object_or_404(managed(request), pk=pk), user_of(request)
        form = PlacedRightsForm(request.POST, giver=giver)
        if not form.is_valid():
            return account_page(request, user, status=400, added=form)
        try:
            add_membership(user_id=user.pk, held=form.held(), actor=giver, now=timezone.now())
        except Refused as refused:
            refuse_in(form, refused)
            return account_page(request, user, status=409, added=form)
        messages.success(request, "已授予任职")
        return redirect("manage-user", pk)


class MembershipView(Guarded, View):
    """Change a role, its kinds or its clearance, or take it back."""

    def post(self, request: HttpRequest, pk: int, membership: int) -> HttpResponse:
        user, actor, now = get_object_or_404(managed(request), pk=pk), user_of(request), timezone.now()
        held = get_object_or_404(managed_memberships(actor).filter(user=user), pk=membership)
        version = request.POST.get("version")
        form = RightsForm(request.POST, prefix=prefix_of(held))
        try:
            if "take_back" in request.POST:
                remove_membership(membership_id=held.pk, actor=actor, now=now, version=version)
            elif form.is_valid():
                change_membership(membership_id=held.pk, changes=form.changes(), actor=actor, now=now, version=version)
            else:
                return account_page(request, user, status=400, tried=form)
        except Refused as refused:
            return account_page(request, user, status=409, tried=form, refused=str(refused))
        messages.success(request, "已撤销任职" if "take_back" in request.POST else "已变更任职")
        return redirect("manage-user", pk)
