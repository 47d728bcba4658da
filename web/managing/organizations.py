"""/manage/organizations/: the register of offices and committees, kept by hand."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from casetrack.accounts.models import User
from casetrack.accounts.versions import version_of
from casetrack.cases.offices import change_office
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import CommitteeKind, OrganizationKind
from casetrack.organizations.filtersets import OrganizationFilterSet
from casetrack.organizations.keeping_organizations import OrganizationDraft, add_organization
from casetrack.organizations.models import Organization
from casetrack.organizations.querysets import OrganizationQuerySet
from web.filters import choice, day, places, text
from web.guards import Guarded, scope_able, user_of
from web.managing.forms import NewOrganizationForm, OrganizationForm
from web.managing.keeping import Page, kept_once
from web.managing.lists import listed

NOT_YOURS = "您不能维护这一地区的名册；请由当地的主管或管理员办理"


def kept(request: HttpRequest) -> OrganizationQuerySet:
    """The organizations whose register the person keeps. Raises PermissionDenied for those who keep none."""
    return Organization.objects.in_scope(scope_able(user_of(request), Capability.KEEP_REGISTERS)).select_related(
        "region"
    )


def lies_elsewhere(user: User, form: forms.Form, region: str) -> bool:
    """Say beside the field that the region an organization is to lie in is not in the person's own register."""
    if scope_able(user, Capability.KEEP_REGISTERS).allows_region(region):
        return False
    form.add_error("region", NOT_YOURS)
    return True


class OrganizationsView(Guarded, View):
    """The list of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = scope_able(user_of(request), Capability.KEEP_REGISTERS)
        fields = {
            "search": text("名称", "其中的字"),
            "kind": choice("kind", "机构类型", OrganizationKind.choices, request.GET),
            "committee_kind": choice("committee_kind", "调委会类型", CommitteeKind.choices, request.GET),
            "under": places(request.GET, scope),
            "active_on": day("在该日存续"),
        }
        rows = kept(request).order_by("pk")
        found = listed(request, OrganizationFilterSet, rows, fields)
        return render(request, "web/managing/organizations.html", found)


class NewOrganizationView(Guarded, View):
    """Enter one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope_able(user_of(request), Capability.KEEP_REGISTERS)
        return self.page(request, NewOrganizationForm(keeper=user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user = user_of(request)
        form = NewOrganizationForm(request.POST, keeper=user)
        if form.is_valid() and lies_elsewhere(user, form, form.cleaned_data["region"]):
            return self.page(request, form, status=403)

        def entered(now: datetime) -> str:
            said = dict(form.cleaned_data)
            draft = OrganizationDraft(region_code=said.pop("region"), **said)
            made = add_organization(draft=draft, actor=user, now=now)
            messages.success(request, f"已登记“{made.name}”，编号{made.pk}")
            return reverse("manage-organization", args=[made.pk])

        return kept_once(request, form, self.page, entered)

    def page(self, request: HttpRequest, form: NewOrganizationForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": "登记机构", "back": "manage-organizations", "back_label": "机构"}
        return render(request, "web/managing/form.html", context, status=status)


class OrganizationView(Guarded, View):
    """Rename one, move it, or dissolve it by a day."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        organization = get_object_or_404(kept(request), pk=pk)
        return self.page(organization)(request, OrganizationForm(organization=organization, keeper=user_of(request)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        organization, user = get_object_or_404(kept(request), pk=pk), user_of(request)
        form = OrganizationForm(request.POST, organization=organization, keeper=user)
        # whoever keeps the register that it leaves keeps the one that it enters, too
        if form.is_valid() and "region" in form.changes() and lies_elsewhere(user, form, form.changes()["region"]):
            return self.page(organization)(request, form, status=403)
        version = request.POST.get("version")

        def changed(now: datetime) -> str:
            change_office(organization_id=pk, changes=form.changes(), actor=user, now=now, version=version)
            messages.success(request, "已保存")
            return reverse("manage-organization", args=[pk])

        return kept_once(request, form, self.page(organization), changed)

    def page(self, organization: Organization) -> Page:
        def shown(request: HttpRequest, form: OrganizationForm, status: int = 200, **more: Any) -> HttpResponse:
            context = {"form": form, "heading": organization.name, "back": "manage-organizations", "back_label": "机构"}
            context |= {"organization": organization, "version": version_of(organization), **more}
            return render(request, "web/managing/form.html", context, status=status)

        return shown
