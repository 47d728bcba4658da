"""/manage/users/: the accounts that an administrator looks after: found, opened, renamed, closed, given a way in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts import ways_in
from casetrack.accounts.models import User
from casetrack.accounts.versions import version_of
from casetrack.kinds.refusals import Refused
from casetrack.organizations.account_filtersets import UserFilterSet
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import Role
from casetrack.organizations.keeping_accounts import AccountDraft, WayIn, change_account, look_after, open_account
from casetrack.organizations.managing import managed_users
from web.entering.once import done_once, told_once
from web.filters import choice, places, text
from web.guards import Guarded, scope_able, user_of
from web.managing.forms import NameForm, NewAccountForm, PlacedRightsForm, RightsForm, prefix_of, refuse_in
from web.managing.handing import handed, kept
from web.managing.lists import listed

YES_NO = (("true", "是"), ("false", "否"))
WAYS: dict[str, tuple[WayIn, str]] = {
    "one-time-password": (ways_in.set_one_time_password, "已重设一次性密码，原密码和会话已失效"),
    "reset-second-factor": (ways_in.reset_second_factor, "已重置第二因素，会话已结束"),
    "unlock": (ways_in.unlock, "已解除登录锁定"),
    "end-access": (ways_in.end_access, "已结束全部会话和令牌"),
}


def managed(request: HttpRequest) -> QuerySet[User]:
    """The accounts that the person looks after, with what is told of them. Raises PermissionDenied for others."""
    user = user_of(request)
    scope_able(user, Capability.MANAGE_USERS)
    enrolled = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    found = managed_users(user).annotate(second_factor=Exists(enrolled))
    return found.prefetch_related("memberships__organization", "memberships__region").order_by("pk")


def account_page(
    request: HttpRequest, user: User, *, status: int = 200, tried: RightsForm | None = None, **context: Any
) -> HttpResponse:
    """An account with all that can be done to it; one's own is only shown. `tried` is a form that was refused."""
    posts = [
        {
            "post": each,
            "form": tried if tried and tried.prefix == prefix_of(each.pk) else RightsForm.showing(each),
            "version": version_of(each),
        }
        for each in user.memberships.all()
    ]
    giver = user_of(request)
    shown = {"account": user, "own": user == giver, "posts": posts, "version": version_of(user)}
    shown |= {"added": PlacedRightsForm(giver=giver), "naming": NameForm(initial={"full_name": user.display_name})}
    return render(request, "web/managing/user.html", {**shown, **context}, status=status)


class UsersView(Guarded, View):
    """The list of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = scope_able(user_of(request), Capability.MANAGE_USERS)
        fields = {
            "search": text("用户名或姓名", "其中的字"),
            "role": choice("role", "角色", Role.choices, request.GET),
            "active": choice("active", "在用", YES_NO, request.GET),
            "service": choice("service", "服务账号", YES_NO, request.GET),
            "under": places(request.GET, scope),
        }
        return render(request, "web/managing/users.html", listed(request, UserFilterSet, managed(request), fields))


class NewUserView(Guarded, View):
    """Open an account. Its one-time password stands on the page that answers, and nowhere else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope_able(user_of(request), Capability.MANAGE_USERS)
        return self.page(request, NewAccountForm(giver=user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        giver, now = user_of(request), timezone.now()
        scope_able(giver, Capability.MANAGE_USERS)
        form = NewAccountForm(request.POST, giver=giver)
        if not form.is_valid():
            return self.page(request, form, status=400)
        said = form.cleaned_data
        draft = AccountDraft(said["username"], said["full_name"], form.held(), said["service"])

        def opened() -> tuple[str, str]:
            return kept(*open_account(draft=draft, actor=giver, now=now))

        try:
            told = told_once(request, now=now, act=opened)
        except Refused as refused:
            refuse_in(form, refused)
            return self.page(request, form, status=409)
        pk, context = handed(told, now)
        return account_page(request, get_object_or_404(managed(request), pk=pk), status=201, opened=True, **context)

    def page(self, request: HttpRequest, form: NewAccountForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": "开立账号", "back": "manage-users", "back_label": "账号和权限"}
        return render(request, "web/managing/form.html", context, status=status)


class UserView(Guarded, View):
    """One account; its name and whether it is in use can be changed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return account_page(request, get_object_or_404(managed(request), pk=pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, now = get_object_or_404(managed(request), pk=pk), timezone.now()
        changes: dict[str, Any] = {}
        form = NameForm(request.POST)
        if "active" in request.POST:
            changes["is_active"] = request.POST["active"] == "true"
        elif form.is_valid():
            changes["display_name"] = form.cleaned_data["full_name"]
        else:
            return account_page(request, user, status=400, naming=form)
        by: dict[str, Any] = {"actor": user_of(request), "now": now, "version": request.POST.get("version")}

        def changed() -> str:
            change_account(user_id=user.pk, changes=changes, **by)
            return reverse("manage-user", args=[pk])

        try:
            answer = done_once(request, now=now, act=changed)
        except Refused as refused:
            if "active" in request.POST:
                return account_page(request, user, status=409, refused=str(refused))
            refuse_in(form, refused)
            return account_page(request, user, status=409, naming=form)
        messages.success(request, "已保存")
        return answer


class WayView(Guarded, View):
    """Give or take a way into an account. A new password stands on the page that answers, and nowhere else."""

    def post(self, request: HttpRequest, pk: int, way: str) -> HttpResponse:
        user, now = get_object_or_404(managed(request), pk=pk), timezone.now()
        if way not in WAYS:
            raise Http404(way)
        act, done = WAYS[way]

        def given() -> tuple[str, str]:
            told = look_after(act, user_id=user.pk, actor=user_of(request), now=now)
            return kept(user, told if act is ways_in.set_one_time_password else "")

        try:
            told = told_once(request, now=now, act=given)
        except Refused as refused:
            return account_page(request, user, status=409, refused=str(refused))
        if act is ways_in.set_one_time_password:
            return account_page(request, managed(request).get(pk=pk), **handed(told, now)[1])
        messages.success(request, done)
        return redirect(told.address)
