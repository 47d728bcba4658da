"""/cases/new/: logging a case, in under a minute on a telephone, with all that has already happened in it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.generic import View

from casetrack.cases.faults import faults
from casetrack.cases.following import open_following
from casetrack.cases.handling import kinds_handled, offices_handling
from casetrack.cases.linking import LinkRefused
from casetrack.cases.models import Case
from casetrack.cases.rights import may
from casetrack.kinds import KINDS, Kind
from casetrack.kinds.refusals import Refused
from casetrack.organizations.capabilities import Capability
from web.controls import number_in
from web.entering.access import writing_scope
from web.entering.case_forms import COUNT, LISTED, ROWS, CaseForms
from web.entering.once import TOKEN, FormReused, done_once, fresh_token
from web.entering.repeats import chosen_in, linkable_in, repeats
from web.guards import Guarded, user_of

MOST_ROWS = 50
MORE, LOOK = "more", "look"
LOGGED = "logged_case"


class KindsView(Guarded, View):
    """Which kind of case; not asked where the user's offices deal with one only."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kinds = kinds_handled(writing_scope(user_of(request)), timezone.localdate())
        if len(kinds) == 1:
            return redirect("case-new-kind", kinds[0].code)
        return render(request, "web/entering/kinds.html", {"kinds": kinds})


class OfKind(Guarded, View):
    """A page about a new case of one kind."""

    kind: Kind

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in KINDS:
            raise Http404(kwargs["kind"])
        self.kind = KINDS[kwargs["kind"]]

    def forms(self, data: Any = None, *, rows: int = ROWS, unfinished: bool = False) -> CaseForms:
        today = timezone.localdate()
        scope = self.writing = writing_scope(user_of(self.request))
        offices = offices_handling(self.kind, scope, today)
        if not offices.exists():
            raise PermissionDenied(f"您所在的机构不办理{self.kind.label}案件；请由有权办理的机构登记")
        return CaseForms(self.kind, offices, today=today, data=data, rows=rows, unfinished=unfinished)


class NewCaseView(OfKind):
    """The form of a new case."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        usual = min(ROWS, len(self.kind.roles))
        rows = number_in(request.GET.get("rows", "")) or usual
        return self.shown(request, self.forms(rows=max(usual, min(rows, MOST_ROWS))))

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        if MORE in request.POST or LOOK in request.POST:
            return self.asked_beside(request)
        forms = self.forms(request.POST)
        if not forms.is_valid():
            return self.shown(request, forms)
        now, draft, earlier = timezone.now(), forms.draft(), chosen_in(request)
        forms.place(faults(draft, today=timezone.localdate(now)))
        if not forms.is_valid():
            return self.shown(request, forms)

        def act() -> str:
            if set(earlier) - linkable_in(self.kind, self.writing, earlier):
                raise LinkRefused("要关联的案件不在您办理的范围内，请重新选择")
            case = open_following(draft=draft, earlier=earlier, actor=user_of(request), now=now)
            return reverse("case-logged", args=[case.pk])

        try:
            response = done_once(request, now=now, act=act)
        except FormReused as reused:
            return self.shown(request, forms, reused=reused)
        except Refused as refused:
            forms.place({0: refused})
            return self.shown(request, forms)
        request.session[LOGGED] = resolve(response["Location"]).kwargs["pk"]
        return response

    def asked_beside(self, request: HttpRequest) -> HttpResponse:
        """One more row of parties, or what may be the same matter, where no script asks for it."""
        data = request.POST.copy()
        if MORE in data:
            data[COUNT] = str(min((number_in(data.get(COUNT, "")) or 0) + 1, MOST_ROWS))
        forms = self.forms(data, unfinished=True)
        if MORE in data:
            forms.parties[-1].fields["name"].widget.attrs["autofocus"] = True
        return self.shown(request, forms, unfinished=True)

    def shown(
        self, request: HttpRequest, forms: CaseForms, *, unfinished: bool = False, reused: FormReused | None = None
    ) -> HttpResponse:
        token = None if reused else request.POST.get(TOKEN)
        context = {
            "kind": self.kind,
            "forms": forms,
            "reused": reused,
            "token": token or fresh_token(),
            "unfinished": unfinished,
            "repeats": repeats(request, forms, self.writing) if request.method == "POST" else [],
        }
        status = 200 if request.method == "GET" or unfinished else 422
        return render(request, "web/entering/new.html", context, status=status)


class RepeatsView(OfKind):
    """What may be the same matter, while the form is being filled in."""

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = repeats(request, self.forms(request.POST, unfinished=True), self.writing)
        return render(request, "web/entering/repeats.html", {"repeats": found, "kind": self.kind})


class OfficesView(OfKind):
    """Offices whose name has what was typed, for those who write in more than a list can show."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        offices = self.forms().office.offices
        said = request.GET.get("office-organization", "").strip()
        found = offices.filter(name__contains=said)[:LISTED] if said else ()
        return render(request, "web/entering/offices.html", {"offices": found})


class LoggedView(Guarded, View):
    """The number of a case just logged, and what can be done next.

    An accusation may be handed in by those who will not be shown it again: they are told its number,
    for as long as they stay logged in.
    """

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        own = request.session.get(LOGGED) == pk
        case = get_object_or_404(Case.objects.all() if own else Case.objects.visible_to(user), pk=pk)
        seen = Case.objects.visible_to(user).filter(pk=pk).exists()
        may_write = seen and may(user, Capability.WRITE_CASES, case)
        context = {
            "case": case,
            "moving": case.declared.moving_from(case.state) if may_write else (),
            "beside": case.declared.beside_in(case.state) if may_write else (),
            "seen": seen,
            "state": case.declared.state_named[case.state],
        }
        return render(request, "web/entering/logged.html", context)
