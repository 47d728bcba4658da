"""/cases/together/: one step in many cases at once, chosen in the list; each case is taken or refused by itself."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.cases.drafts import StepDraft
from casetrack.cases.models import Case
from casetrack.cases.rights import opens
from casetrack.cases.rows import state_label
from casetrack.cases.together import advance_each
from casetrack.kinds.base import FieldType, Kind, Step
from casetrack.kinds.lifecycle import RECOUNT
from casetrack.organizations.capabilities import Capability
from web.controls import day_written, number_in
from web.entering.step_forms import DAY, StepForm
from web.guards import Guarded, scope_able, user_of

MOST = 200
NONE_CHOSEN = "请先在案件列表中勾选要办理的案件"
SEVERAL_KINDS = "所选案件的种类不同，没有可以一并进行的步骤；请只选同一种类的案件"
NO_STEP = "所选案件没有可以一并进行的步骤：状态不同，或各步骤都须逐案填写个人信息；请分别办理"
FACTS = "facts"


class Chosen(NamedTuple):
    """A case that was chosen, with the version that the person at the page saw."""

    case: Case
    state: str
    version: int


class TogetherView(Guarded, View):
    """GET shows the cases chosen and the steps that all can take; POST takes one, or asks for its facts first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, chosen_in(request.GET, user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, data = user_of(request), request.POST
        chosen = chosen_in(data, user)
        step, on = step_in(data.get("step", ""), chosen), day_written(data.get("on", ""))
        if step is None or on is None:
            errors = {"step": "" if step else "请选择步骤", "on": "" if on else "请填写日期，如2024-03-01"}
            return self.page(request, chosen, errors=errors)
        if not step.needs:
            return self.take(request, chosen, step, StepDraft(step.name, on))
        form = StepForm(chosen[0].case.declared, step, data if FACTS in data else None, initial={DAY: on})
        if not form.is_valid():
            return self.page(request, chosen, form=form)
        return self.take(request, chosen, step, form.draft())

    def take(self, request: HttpRequest, chosen: Sequence[Chosen], step: Step, draft: StepDraft) -> HttpResponse:
        user, versions = user_of(request), {each.case.pk: each.version for each in chosen}
        refusals = advance_each(versions=versions, draft=draft, actor=user, now=timezone.now())
        told = [(each.case, refusals[each.case.pk]) for each in chosen]
        done = [case for case, refusal in told if not refusal]
        context = {"step": step, "on": draft.on, "done": done, "refused": [each for each in told if each[1]]}
        return render(request, "web/cases/together_done.html", context)

    def page(
        self,
        request: HttpRequest,
        chosen: Sequence[Chosen],
        errors: dict[str, str] | None = None,
        form: StepForm | None = None,
    ) -> HttpResponse:
        steps = steps_for(chosen)
        context: dict[str, Any] = {
            "chosen": chosen,
            "steps": steps,
            "why_none": "" if steps else why_none(chosen),
            "on": request.POST.get("on") or timezone.localdate().isoformat(),
            "step": request.POST.get("step", ""),
            "errors": errors or {},
            "form": form,
        }
        return render(request, "web/cases/together.html", context)


def chosen_in(data: QueryDict, user: User) -> list[Chosen]:
    """The cases named that the user may deal with; what lies elsewhere is not there."""
    scope = scope_able(user, Capability.WRITE_CASES)
    wanted = [pk for each in data.getlist("case")[:MOST] if (pk := number_in(each)) is not None]
    found = Case.objects.visible_to(user).filter(pk__in=wanted).select_related("organization").order_by("-pk")
    return [
        Chosen(case, state_label(case.kind, case.state), version_in(data, case)) for case in found if opens(scope, case)
    ]


def version_in(data: QueryDict, case: Case) -> int:
    """What the page was made from: sent twice, or after someone else's step, it changes nothing more."""
    given = number_in(data.get(f"version-{case.pk}", ""))
    return case.version if given is None else given


def steps_for(chosen: Sequence[Chosen]) -> list[Step]:
    """The steps that all of these cases can take now with one day and the same facts."""
    if not chosen or len({each.case.kind for each in chosen}) > 1:
        return []
    states = {each.case.state for each in chosen}
    kind = chosen[0].case.declared
    return [step for step in kind.steps if states <= set(step.sources) and is_shared(kind, step)]


def is_shared(kind: Kind, step: Step) -> bool:
    """Whether the same may be said of many cases: no person, no sum, and not what was decided or agreed in each."""
    own = any(kind.field_named[name].personal for name in step.needs) or "outcome" in step.needs
    money = bool(step.needs) and any(kind.field_named[name].type is FieldType.MONEY for name in step.records)
    return step.name != RECOUNT and not own and not money


def step_in(name: str, chosen: Sequence[Chosen]) -> Step | None:
    """The step that was asked for, if many can take it; whether each case can, the core says."""
    if len({each.case.kind for each in chosen}) != 1:
        return None
    kind = chosen[0].case.declared
    step = kind.step_named.get(name)
    return step if step and step.sources and is_shared(kind, step) else None


def why_none(chosen: Sequence[Chosen]) -> str:
    if not chosen:
        return NONE_CHOSEN
    return SEVERAL_KINDS if len({each.case.kind for each in chosen}) > 1 else NO_STEP
