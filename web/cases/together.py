"""/cases/together/: one step in many cases at once, chosen in the list; each case is taken or refused by itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
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
from casetrack.kinds.base import Step
from casetrack.organizations.capabilities import REFUSED, Capability
from casetrack.organizations.scope import scope_of
from web.guards import Guarded, user_of

MOST = 200
NONE_CHOSEN = "请先在案件列表中勾选要办理的案件"
SEVERAL_KINDS = "所选案件的种类不同，没有可以一并进行的步骤；请只选同一种类的案件"
NO_STEP = "所选案件没有可以一并进行的步骤：状态不同，或各步骤都须逐案填写内容；请分别办理"


class Chosen(NamedTuple):
    """A case that was chosen, with the version that the person at the page saw."""

    case: Case
    state: str
    version: int


class TogetherView(Guarded, View):
    """GET shows the cases chosen and the steps that all can take without further facts; POST takes one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, chosen_in(request.GET, user_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        user, data = user_of(request), request.POST
        chosen = chosen_in(data, user)
        step, on = step_in(data.get("step", ""), chosen), day_in(data.get("on", ""))
        if step is None or on is None:
            errors = {"step": "" if step else "请选择步骤", "on": "" if on else "请填写日期，如2024-03-01"}
            return self.page(request, chosen, errors=errors)
        versions = {each.case.pk: each.version for each in chosen}
        draft = StepDraft(step.name, on)
        refusals = advance_each(versions=versions, draft=draft, actor=user, now=timezone.now())
        told = [(each.case, refusals[each.case.pk]) for each in chosen]
        done = [case for case, refusal in told if not refusal]
        context = {"step": step, "on": on, "done": done, "refused": [each for each in told if each[1]]}
        return render(request, "web/cases/together_done.html", context)

    def page(
        self, request: HttpRequest, chosen: Sequence[Chosen], errors: dict[str, str] | None = None
    ) -> HttpResponse:
        steps = steps_for(chosen)
        context: dict[str, Any] = {
            "chosen": chosen,
            "steps": steps,
            "why_none": "" if steps else why_none(chosen),
            "on": request.POST.get("on") or timezone.localdate().isoformat(),
            "step": request.POST.get("step", ""),
            "errors": errors or {},
        }
        return render(request, "web/cases/together.html", context)


def chosen_in(data: QueryDict, user: User) -> list[Chosen]:
    """The cases named that the user may deal with; what lies elsewhere is not there."""
    scope = scope_of(user).able(Capability.WRITE_CASES)
    if scope.is_empty:
        raise PermissionDenied(REFUSED[Capability.WRITE_CASES])
    wanted = [int(each) for each in data.getlist("case")[:MOST] if each.isascii() and each.isdigit() and len(each) < 19]
    found = Case.objects.visible_to(user).filter(pk__in=wanted).select_related("organization").order_by("-pk")
    return [
        Chosen(case, state_label(case.kind, case.state), version_in(data, case)) for case in found if opens(scope, case)
    ]


def version_in(data: QueryDict, case: Case) -> int:
    """What the page was made from: sent twice, or after someone else's step, it changes nothing more."""
    given = data.get(f"version-{case.pk}", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else case.version


def steps_for(chosen: Sequence[Chosen]) -> list[Step]:
    """The steps that all of these cases can take now with nothing but a date."""
    if not chosen or len({each.case.kind for each in chosen}) > 1:
        return []
    states = {each.case.state for each in chosen}
    return [step for step in chosen[0].case.declared.steps if states <= set(step.sources) and not step.needs]


def step_in(name: str, chosen: Sequence[Chosen]) -> Step | None:
    """The step that was asked for, if it needs no facts; whether each case can take it, the core says."""
    if len({each.case.kind for each in chosen}) != 1:
        return None
    return next(
        (each for each in chosen[0].case.declared.steps if each.sources and each.name == name and not each.needs), None
    )


def why_none(chosen: Sequence[Chosen]) -> str:
    if not chosen:
        return NONE_CHOSEN
    return SEVERAL_KINDS if len({each.case.kind for each in chosen}) > 1 else NO_STEP


def day_in(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
