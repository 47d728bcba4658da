"""/manage/mediators/ and /manage/trainings/: who mediates where, and the courses held for them, kept by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views import View

from casetrack.accounts.models import User
from casetrack.accounts.versions import version_of
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.filtersets import MediatorFilterSet, TrainingFilterSet
from casetrack.organizations.keeping_people import (
    MediatorDraft,
    TrainingDraft,
    add_mediator,
    add_training,
    change_mediator,
    change_training,
)
from casetrack.organizations.models import Mediator, Training
from casetrack.organizations.querysets import MediatorQuerySet, TrainingQuerySet
from web.filters import choice, day, places, text
from web.guards import Guarded, scope_able, user_of
from web.managing.keeping import Page, kept_once
from web.managing.lists import listed
from web.managing.people_forms import MediatorForm, NewMediatorForm, NewTrainingForm, TrainingForm
from web.managing.picking import PickField

YES_NO = (("true", "专职"), ("false", "兼职"))


def mediators(request: HttpRequest) -> MediatorQuerySet:
    """Those of the registers that the person keeps. Raises PermissionDenied for who keeps none."""
    scope = scope_able(user_of(request), Capability.KEEP_REGISTERS)
    return Mediator.objects.in_scope(scope).select_related("organization").order_by("pk")


def trainings(request: HttpRequest) -> TrainingQuerySet:
    scope = scope_able(user_of(request), Capability.KEEP_REGISTERS)
    return Training.objects.in_scope(scope).select_related("region").order_by("-held_on", "-pk")


class MediatorsView(Guarded, View):
    """The list of mediators."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = scope_able(user_of(request), Capability.KEEP_REGISTERS)
        fields = {
            "search": text("姓名", "其中的字"),
            "organization": PickField("with-mediators", label="调解组织", required=False, scope=scope),
            "full_time": choice("full_time", "专职或兼职", YES_NO, request.GET),
            "under": places(request.GET, scope),
            "serving_on": day("在该日任职"),
        }
        found = listed(request, MediatorFilterSet, mediators(request), fields)
        return render(request, "web/managing/mediators.html", found)


class TrainingsView(Guarded, View):
    """The list of courses."""

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = scope_able(user_of(request), Capability.KEEP_REGISTERS)
        fields = {
            "search": text("培训名称或举办单位", "其中的字"),
            "under": places(request.GET, scope),
            "held_from": day("培训日期，自"),
            "held_to": day("培训日期，至"),
        }
        found = listed(request, TrainingFilterSet, trainings(request), fields)
        return render(request, "web/managing/trainings.html", found)


@dataclass(frozen=True, slots=True)
class Register:
    """What the pages of an entry, new or there already, need of its register. `page` names the address of the list."""

    page: str
    label: str
    rows: Callable[[HttpRequest], QuerySet[Any]]
    new_form: Callable[..., forms.Form]
    form: Callable[..., Any]
    add: Callable[[dict[str, Any], User, datetime], Model]
    change: Callable[..., Model]
    entered: Callable[[Any], str]
    place: Callable[[Any], Model]

    def shown(
        self, request: HttpRequest, form: forms.Form, *, heading: str, status: int = 200, version: str = "", **more: Any
    ) -> HttpResponse:
        context = {"form": form, "heading": heading, "version": version, "back": self.page, "back_label": self.label}
        context |= more
        return render(request, "web/managing/form.html", context, status=status)


MEDIATORS = Register(
    page="manage-mediators",
    label="调解员",
    rows=mediators,
    new_form=NewMediatorForm,
    form=MediatorForm,
    add=lambda said, user, now: add_mediator(draft=MediatorDraft(**said), actor=user, now=now),
    change=lambda pk, **how: change_mediator(mediator_id=pk, **how),
    entered=lambda made: f"{reverse('manage-mediators')}?organization={made.organization_id}",
    place=lambda mediator: mediator.organization,
)
TRAININGS = Register(
    page="manage-trainings",
    label="培训",
    rows=trainings,
    new_form=NewTrainingForm,
    form=TrainingForm,
    add=lambda said, user, now: add_training(draft=TrainingDraft(**said), actor=user, now=now),
    change=lambda pk, **how: change_training(training_id=pk, **how),
    entered=lambda made: reverse("manage-trainings"),
    place=lambda training: training.region,
)


class NewEntryView(Guarded, View):
    """Enter somebody or something in a register."""

    register = MEDIATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, self.form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, user = self.form(request, request.POST), user_of(request)

        def entered(now: datetime) -> str:
            made = self.register.add(form.cleaned_data, user, now)
            messages.success(request, f"已登记{self.register.label}“{made}”，编号{made.pk}")
            return self.register.entered(made)

        return kept_once(request, form, self.page, entered)

    def form(self, request: HttpRequest, data: QueryDict | None = None) -> forms.Form:
        return self.register.new_form(data, scope=scope_able(user_of(request), Capability.KEEP_REGISTERS))

    def page(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        return self.register.shown(request, form, heading=f"登记{self.register.label}", status=status)


class EntryView(Guarded, View):
    """Change what a register says."""

    register = MEDIATORS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = get_object_or_404(self.register.rows(request), pk=pk)
        return self.page(entry)(request, self.register.form(entry=entry))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry, user = get_object_or_404(self.register.rows(request), pk=pk), user_of(request)
        form, version = self.register.form(request.POST, entry=entry), request.POST.get("version")

        def changed(now: datetime) -> str:
            self.register.change(pk, changes=form.changes(), actor=user, now=now, version=version)
            messages.success(request, "已保存")
            return request.path

        return kept_once(request, form, self.page(entry), changed)

    def page(self, entry: Model) -> Page:
        heading = f"{entry}（{self.register.place(entry)}）"
        return partial(self.register.shown, heading=heading, version=version_of(entry))
