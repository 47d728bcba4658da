"""/cases/{id}/steps/{step}/ and /cases/{id}/events/{event}/correct/: what comes next in a case, and what was wrong."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from casetrack.cases.drafts import own_facts
from casetrack.cases.faults import countable
from casetrack.cases.holding import VersionPassed
from casetrack.cases.models import Case, CaseEvent
from casetrack.cases.operations import CorrectionRefused, advance, correct, retract
from casetrack.kinds.base import Step
from casetrack.kinds.lifecycle import RECOUNT
from casetrack.kinds.refusals import Refused, StepRefused
from web.controls import number_in
from web.entering.access import case_to_write
from web.entering.once import TOKEN, FormReused, done_once, fresh_token
from web.entering.step_forms import StepForm, filled_in
from web.guards import Guarded, user_of

VERSION, RETRACT = "version", "retract"


class OfCase(Guarded, View):
    """A form about one case, which it says the version of: nobody overwrites what they never saw."""

    template = "web/entering/step.html"
    case: Case

    def case_of(self, pk: int) -> Case:
        self.case = case_to_write(user_of(self.request), pk)
        return self.case

    def version(self) -> int:
        said = number_in(self.request.POST.get(VERSION, ""))
        return self.case.version if said is None else said

    def save(self, step_form: StepForm, act: Callable[[], object], **beside: Any) -> HttpResponse:
        """Do it once and go back to the case, or say beside the field what stands in the way."""

        def done() -> str:
            with countable():
                act()
            return address_of(self.case)

        try:
            return done_once(self.request, now=timezone.now(), act=done)
        except CorrectionRefused as refused:
            beside["reason_form"].add_error("reason", str(refused))
        except Refused as refused:
            step_form.place(refused)
            beside |= self.told(refused)
        return self.shown(step_form, status=409, **beside)

    def told(self, refused: Refused) -> dict[str, Any]:
        """What a refusal says beyond its words: what else is possible, what others did meanwhile."""
        if isinstance(refused, StepRefused):
            return {"allowed": [self.case.declared.step_named[name] for name in refused.allowed]}
        if isinstance(refused, VersionPassed):
            current = Case.objects.get(pk=self.case.pk)
            since = self.case.events.filter(sequence__gt=self.version()).select_related("actor").order_by("sequence")
            labels = self.case.declared.step_named
            return {"since": [(labels[event.step].label, event) for event in since], "version": current.version}
        return {"reused": refused} if isinstance(refused, FormReused) else {}

    def shown(self, step_form: StepForm | None, *, status: int = 200, **beside: Any) -> HttpResponse:
        token = None if "reused" in beside else self.request.POST.get(TOKEN)
        version = self.version() if self.request.method == "POST" else self.case.version
        state = self.case.declared.state_named[self.case.state]
        context = {"case": self.case, "state": state, "form": step_form, "version": version, **beside}
        return render(self.request, self.template, {**context, "token": token or fresh_token()}, status=status)


class StepView(OfCase):
    """The next step of a case."""

    def step_of(self, name: str) -> Step:
        step = self.case.declared.step_named.get(name)
        if step is None or step.opens_case or step.name == RECOUNT:
            raise Http404(name)
        return step

    def get(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        case, taken = self.case_of(pk), self.step_of(step)
        if case.state not in taken.sources:
            return self.shown(None, status=409, step=taken, allowed=case.declared.steps_from(case.state))
        return self.shown(StepForm(case.declared, taken, initial={"occurred_on": timezone.localdate()}), step=taken)

    def post(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        case, taken = self.case_of(pk), self.step_of(step)
        form = StepForm(case.declared, taken, request.POST)
        if not form.is_valid():
            return self.shown(form, status=422, step=taken)
        by: dict[str, Any] = {"actor": user_of(request), "now": timezone.now(), "version": self.version()}
        return self.save(form, lambda: advance(case_id=case.pk, draft=form.draft(), **by), step=taken)


class ReasonForm(forms.Form):
    """Why what was logged is said anew, or taken back."""

    reason = forms.CharField(
        label="更正理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "更正或撤销须说明理由"},
        help_text="原记录保留，与更正一并列入案件历史",
    )


class CorrectView(OfCase):
    """What an event logged, said anew with a reason; or taken back whole, where it never happened."""

    template = "web/entering/correct.html"

    def event_of(self, case: Case, event_id: int) -> tuple[CaseEvent, Step]:
        event = get_object_or_404(case.events.exclude(step=RECOUNT), pk=event_id)
        return event, case.declared.step_named[event.step]

    def get(self, request: HttpRequest, pk: int, event_id: int) -> HttpResponse:
        case = self.case_of(pk)
        event, step = self.event_of(case, event_id)
        if event.retracts or CaseEvent.objects.filter(replaces=event).exists():
            return self.shown(None, status=409, step=step, event=event)
        said = filled_in(case.declared, step, event.occurred_on, {**case.private, **own_facts(event.facts)})
        return self.shown(StepForm(case.declared, step, initial=said), step=step, event=event, reason_form=ReasonForm())

    def post(self, request: HttpRequest, pk: int, event_id: int) -> HttpResponse:
        case = self.case_of(pk)
        event, step = self.event_of(case, event_id)
        form, reason_form = StepForm(case.declared, step, request.POST), ReasonForm(request.POST)
        beside = {"step": step, "event": event, "reason_form": reason_form}
        if not all([reason_form.is_valid(), RETRACT in request.POST or form.is_valid()]):
            return self.shown(form, status=422, **beside)
        by: dict[str, Any] = {"actor": user_of(request), "now": timezone.now(), "version": self.version()}
        by |= {"event_id": event.pk, "reason": reason_form.cleaned_data["reason"]}
        if RETRACT in request.POST:
            return self.save(form, lambda: retract(**by), **beside)
        draft = form.draft()
        return self.save(form, lambda: correct(on=draft.on, facts=draft.facts, **by), **beside)


def address_of(case: Case) -> str:
    """The page of a case."""
    return reverse("case", args=[case.pk])
