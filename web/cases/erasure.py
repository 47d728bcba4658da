"""/cases/ID/erasure/: personal data of a case erased as the law has it, asked for by one and carried out by another."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.erasing.carrying import ask, carry_out, end
from casetrack.cases.erasing.grounds import ARTICLES, KEPT_MEANWHILE, LONGEST_REASON, ErasureRefused
from casetrack.cases.models import Case, Erasure, Party
from casetrack.cases.parties import detail_shown, role_label
from casetrack.cases.rights import may
from casetrack.lib.masking import ERASED
from casetrack.organizations.capabilities import REFUSED, Capability
from web.cases.page import case_seen
from web.guards import Guarded, user_of

WHOLE = "case"
REQUIRED = {"required": "请选择", "invalid_choice": "请在所列的项目中选择"}


class ErasureForm(forms.Form):
    """What is to go, on which ground, and why. Whether it may, the core says."""

    ground = forms.ChoiceField(
        label="法定事由", choices=[("", "请选择"), *Erasure.Ground.choices], error_messages=REQUIRED
    )
    reason = forms.CharField(
        label="理由和依据",
        max_length=LONGEST_REASON,
        error_messages={"required": "请说明理由和依据", "max_length": f"最多{LONGEST_REASON}字"},
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (str(party.pk), f"仅{role_label(party)} {detail_shown(party, 'name', whole=False)}")
            for party in case.parties.select_related("case").order_by("pk")
            if party.name != ERASED
        ]
        choices = [("", "请选择"), (WHOLE, "全案"), *people]
        self.fields["what"] = forms.ChoiceField(label="删除的范围", error_messages=REQUIRED, choices=choices)
        self.order_fields(("what", "ground", "reason"))


class ErasureView(Guarded, View):
    """What was asked for and done, and the form to ask."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = case_to_erase(user_of(request), pk)
        return page(request, case, ErasureForm(case=case))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user, case = user_of(request), case_to_erase(user_of(request), pk)
        form = ErasureForm(request.POST, case=case)
        if not form.is_valid():
            return page(request, case, form, status=422)
        what, ground, reason = (form.cleaned_data[name] for name in ("what", "ground", "reason"))
        try:
            ask(
                case_id=case.pk,
                party_id=None if what == WHOLE else int(what),
                ground=ground,
                reason=reason,
                actor=user,
                now=timezone.now(),
                retentions=settings.RETENTIONS,
            )
        except ErasureRefused as refused:
            return page(request, case, form, refused=str(refused), status=409)
        return redirect("case-erasure", pk=case.pk)


class CarryOutView(Guarded, View):
    """By another than asked: what goes does not come back, so a box is to be ticked first."""

    def post(self, request: HttpRequest, pk: int, erasure: int) -> HttpResponse:
        user, case = user_of(request), case_to_erase(user_of(request), pk)
        wish = get_object_or_404(case.erasures, pk=erasure)
        if request.POST.get("checked") != "on":
            return page(request, case, ErasureForm(case=case), refused="请先勾选“已核对，删除后不能恢复”", status=422)
        try:
            carry_out(erasure_id=wish.pk, actor=user, now=timezone.now(), retentions=settings.RETENTIONS)
        except ErasureRefused as refused:
            return page(request, case, ErasureForm(case=case), refused=str(refused), status=409)
        return redirect("case-erasure", pk=case.pk)


class EndErasureView(Guarded, View):
    """Withdrawn by whoever asked, declined by another."""

    def post(self, request: HttpRequest, pk: int, erasure: int) -> HttpResponse:
        user, case = user_of(request), case_to_erase(user_of(request), pk)
        wish = get_object_or_404(case.erasures, pk=erasure)
        try:
            end(erasure_id=wish.pk, actor=user, now=timezone.now())
        except ErasureRefused as refused:
            return page(request, case, ErasureForm(case=case), refused=str(refused), status=409)
        return redirect("case-erasure", pk=case.pk)


def case_to_erase(user: User, pk: int) -> Case:
    case = case_seen(user, pk)
    if not may(user, Capability.ERASE, case):
        raise PermissionDenied(REFUSED[Capability.ERASE])
    return case


def page(request: HttpRequest, case: Case, form: ErasureForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    retention = settings.RETENTIONS.of(case.kind, case.region_code)
    asked = case.erasures.select_related("asked_by", "ended_by").order_by("-pk")
    people = {party.pk: party for party in case.parties.select_related("case")}
    context = {
        "case": case,
        "form": form,
        "refused": refused,
        "wishes": [(wish, subject(wish, people), ARTICLES[Erasure.Ground(wish.ground)]) for wish in asked],
        "retention": retention,
        "ended_on": retention.ended_on(case.closed_on) if case.closed_on else None,
        "kept_meanwhile": KEPT_MEANWHILE,
        "user_key": user_of(request).pk,
        "longest": LONGEST_REASON,
    }
    return render(request, "web/cases/erasure.html", context, status=status)


def subject(wish: Erasure, people: Mapping[int, Party]) -> str:
    """Whose data it was about, as far as may be shown."""
    if wish.party_id is None:
        return "全案"
    party = people.get(wish.party_id)
    return f"{role_label(party)} {detail_shown(party, 'name', whole=False)}" if party else "已不在本案中的当事人"
