"""/statistics/behind/: what adds up to a figure, row by row: cases, entries of a register, or what bodies reported."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View

from casetrack.cases.rights import opens
from casetrack.cases.rows import state_label
from casetrack.kinds.refusals import Refused
from casetrack.lib.paging import CursorRefused, Page, page_of
from casetrack.organizations.scope import scope_of
from casetrack.stats import tracing
from casetrack.stats.access import subjects_open
from casetrack.stats.dimensions import label_of
from casetrack.stats.forms import TraceForm, dimensions_named, names_in, question_of, refusals_of
from casetrack.stats.indicators import SUBJECTS, Counted, Form
from web.filters import turning
from web.guards import Guarded, user_of

SIZE, CURSOR = 50, "cursor"
PARTS = {"value": "", "numerator": "分子", "denominator": "分母"}


class BehindView(Guarded, View):
    """The rows behind a figure; what each adds up to all of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context: dict[str, Any] = {"refused": []}
        try:
            context |= listed(request, traced(request))
        except (Refused, CursorRefused) as refused:
            context["refused"] = [str(refused)]
        return render(request, "web/statistics/behind.html", context, status=400 if context["refused"] else 200)


def traced(request: HttpRequest) -> tracing.Traced:
    """The figure that the address names, where its reader may see it."""
    names = dimensions_named(request.GET.get("subject", ""))
    form = TraceForm(request.GET, today=localdate())
    unknown = [name for name in request.GET if name not in (*names_in(form), *names, CURSOR)]
    if unknown or not form.is_valid():
        said = [f"没有“{name}”这一条件" for name in unknown]
        raise Refused("；".join([*said, *refusals_of(form).values()]))
    query, part = question_of(form.cleaned_data, request.GET.dict(), names)
    scope = scope_of(user_of(request))
    if query["subject"] not in subjects_open(scope, region=query["region"], organization=query["organization"]):
        raise Http404(query["subject"])
    return tracing.understood(query, part, scope)


def listed(request: HttpRequest, figure: tracing.Traced) -> dict[str, Any]:
    form = figure.indicator.form
    if form is Form.REPORTED:
        page = page_at(request, tracing.entries_of(figure).select_related("figure__organization").order_by("-pk"))
        told = {"entries": page.rows}
    elif form is Form.REGISTER:
        page = page_at(request, tracing.entered_of(figure).order_by("pk"))
        told = {"entered": [(each, getattr(each, figure.summed) if figure.summed else 1) for each in page.rows]}
    else:
        cases = tracing.cases_of(figure).select_related("organization").defer("private", "values", "search_text")
        page = page_at(request, cases.order_by("-id"))
        told = {"cases": cases_told(figure, page)}
    return {
        **told,
        "figure": figure,
        "subject": SUBJECTS[figure.indicator.subject],
        "part": PARTS[figure.part],
        "dimensions": [label_of(figure.indicator.subject, name, value) for name, value in figure.dimensions.items()],
        "total": None if form is Form.REPORTED else in_unit(figure, tracing.stated(figure)),
        **turning(page, request.GET, reverse("statistics-behind")),
    }


def page_at(request: HttpRequest, rows: Any) -> Page:
    return page_of(rows, cursor=request.GET.get(CURSOR), size=SIZE)


def cases_told(figure: tracing.Traced, page: Page) -> list[tuple[Any, str, str]]:
    """Each case with its state and what it adds; one whose office left the reader's scope only counts."""
    shares = tracing.shares_of(figure, [case.pk for case in page.rows])
    return [
        (
            case if opens(figure.scope, case) else None,
            state_label(case.kind, case.state),
            in_unit(figure, shares.get(case.pk, 0)),
        )
        for case in page.rows
    ]


def in_unit(figure: tracing.Traced, number: int) -> str:
    """Cents as yuan, the rest as it is counted."""
    if figure.summed == Counted.CENTS:
        return f"{number / 100:,.2f}元"
    unit = figure.indicator.unit
    return f"{number}{'件' if unit in ('%', '天') else unit}" if figure.summed != Counted.DAYS else f"{number}天"
