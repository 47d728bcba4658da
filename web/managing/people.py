"""/manage/mediators/ and /manage/trainings/: who mediates where, and the courses held for them, kept by hand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts.versions import version_of
from casetrack.kinds.refusals import Refused
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
from web.entering.once import done_once
from web.filters import choice, day, places, text
from web.guards import Guarded, scope_able, user_of
from web.managing.forms import refuse_in
from web.managing.lists import listed
from web.managing.people_forms import MediatorForm, NewMediatorForm, NewTrainingForm, TrainingForm
from web.managing.picking import PickField

YES_NO = (("true", "专职"), ("false", "兼职"))
Page = Callable[..., HttpResponse]


def kept_once(request: HttpRequest, form: forms.Form, page: Page, act: Callable[[datetime], str]) -> HttpResponse:
    """Keep what a form says, once, and go where that leads; what is wrong is told on the page of the form."""
    if not form.is_valid():
        return page(request, form, status=400)
    now = timezone.now()
    try:
        return done_once(request, now=now, act=lambda: act(now))
    except Refused as refused:
        refuse_in(form, refused)
        return page(request, form, status=409)


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


class NewMediatorView(Guarded, View):
    """Enter one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, self.form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, user = self.form(request, request.POST), user_of(request)

        def entered(now: datetime) -> str:
            made = add_mediator(draft=MediatorDraft(**form.cleaned_data), actor=user, now=now)
            messages.success(request, f"已登记调解员“{made.name}”，编号{made.pk}")
            return reverse("manage-mediators") + f"?organization={made.organization_id}"

        return kept_once(request, form, self.page, entered)

    def form(self, request: HttpRequest, data: QueryDict | None = None) -> NewMediatorForm:
        return NewMediatorForm(data, scope=scope_able(user_of(request), Capability.KEEP_REGISTERS))

    def page(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": "登记调解员", "back": "manage-mediators", "back_label": "调解员"}
        return render(request, "web/managing/form.html", context, status=status)


class MediatorView(Guarded, View):
    """Change what a register says of one, or say that they serve no longer."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        mediator = get_object_or_404(mediators(request), pk=pk)
        return self.shown(mediator)(request, MediatorForm(mediator=mediator))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mediator, user = get_object_or_404(mediators(request), pk=pk), user_of(request)
        form, version = MediatorForm(request.POST, mediator=mediator), request.POST.get("version")

        def changed(now: datetime) -> str:
            change_mediator(mediator_id=pk, changes=form.changes(), actor=user, now=now, version=version)
            messages.success(request, "已保存")
            return reverse("manage-mediator", args=[pk])

        return kept_once(request, form, self.shown(mediator), changed)

    def shown(self, mediator: Mediator) -> Page:
        def page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
            where = f"{mediator.name}（{mediator.organization.name}）"
            context: dict[str, Any] = {"form": form, "heading": where, "version": version_of(mediator)}
            context |= {"back": "manage-mediators", "back_label": "调解员"}
            return render(request, "web/managing/form.html", context, status=status)

        return page


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


class NewTrainingView(Guarded, View):
    """Enter one that was held."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, self.form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, user = self.form(request, request.POST), user_of(request)

        def entered(now: datetime) -> str:
            made = add_training(draft=TrainingDraft(**form.cleaned_data), actor=user, now=now)
            messages.success(request, f"已登记培训“{made.name}”，编号{made.pk}")
            return reverse("manage-trainings")

        return kept_once(request, form, self.page, entered)

    def form(self, request: HttpRequest, data: QueryDict | None = None) -> NewTrainingForm:
        return NewTrainingForm(data, scope=scope_able(user_of(request), Capability.KEEP_REGISTERS))

    def page(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": "登记培训", "back": "manage-trainings", "back_label": "培训"}
        return render(request, "web/managing/form.html", context, status=status)


class TrainingView(Guarded, View):
    """Change what is said of one."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        training = get_object_or_404(trainings(request), pk=pk)
        return self.shown(training)(request, TrainingForm(training=training))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        training, user = get_object_or_404(trainings(request), pk=pk), user_of(request)
        form, version = TrainingForm(request.POST, training=training), request.POST.get("version")

        def changed(now: datetime) -> str:
            change_training(training_id=pk, changes=form.changes(), actor=user, now=now, version=version)
            messages.success(request, "已保存")
            return reverse("manage-training", args=[pk])

        return kept_once(request, form, self.shown(training), changed)

    def shown(self, training: Training) -> Page:
        def page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
            where = f"{training.name}（{training.region.name}）"
            context: dict[str, Any] = {"form": form, "heading": where, "version": version_of(training)}
            context |= {"back": "manage-trainings", "back_label": "培训"}
            return render(request, "web/managing/form.html", context, status=status)

        return page
