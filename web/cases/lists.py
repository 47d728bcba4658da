"""/cases/: the list, narrowed and ordered by its address, a page at a time."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.cases.filtersets import CaseFilterSet
from casetrack.cases.models import Case, SavedList
from casetrack.cases.querysets import CaseQuerySet
from casetrack.cases.rows import columns_of, rows_shown
from casetrack.kinds.refusals import Refused
from casetrack.lib.keyset import columns_ordering
from casetrack.lib.paging import CursorRefused, Page, page_of
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.totals import total_of
from web.cases.asking import list_form, unknown
from web.cases.columns import COLUMNS, Column, chosen, columns_known, keep, members_of
from web.filters import FilterForm, address_with, query_without
from web.guards import Guarded, user_of

CURSOR, TOTAL, ORDER = "cursor", "total", "ordering"
BESIDE = (CURSOR, TOTAL, COLUMNS)
SIZE = 50


class Cell(NamedTuple):
    """One column of one row."""

    column: Column
    text: Any


class Head(NamedTuple):
    """The head of a column: where a click leads, and how the list is ordered by it now."""

    label: str
    address: str
    sorted: str


class CaseListView(Guarded, View):
    """The cases within the reader's scope."""

    def get(self, request: HttpRequest) -> HttpResponse:
        data = request.GET
        kind = only(data, "kind")
        if COLUMNS in data:
            keep(request.session, [name for name in data.getlist(COLUMNS) if name], kind)
        if COLUMNS in data or not all(value.strip() for values in data.lists() for value in values[1]):
            return redirect(here(data, **{COLUMNS: None}))
        user = user_of(request)
        scope = scope_of(user)
        found = Found(data, scope)
        columns = chosen(request.session, kind)
        found.read(columns)
        form = found.form()
        return render(
            request,
            "web/cases/list.html",
            {
                "form": form,
                "refused": [*found.refused, *form.untold],
                "heads": [head(column, data) for column in columns],
                "rows": [(row, cells(columns, row)) for row in found.rows],
                "next": found.page and found.page.next and here(data, cursor=found.page.next),
                "previous": found.page and found.page.previous and here(data, cursor=found.page.previous),
                "total": found.total,
                "ask_total": here(data, total="true"),
                "columns": [(each, each in columns) for each in columns_known(kind).values()],
                "saved": SavedList.objects.visible_to(user).order_by("name").defer("query"),
                "query": query_without(data, *BESIDE),
                "asked": [(name, value) for name, values in data.lists() for value in values if name not in BESIDE],
                "may_write": not scope.able(Capability.WRITE_CASES).is_empty,
                "may_export": not scope.able(Capability.EXPORT).is_empty,
                "narrowed": any(name not in (*BESIDE, ORDER) for name in data),
            },
        )


class Found:
    """The cases that an address asks for, or what is wrong with it."""

    def __init__(self, data: QueryDict, scope: Scope) -> None:
        self.data, self.scope, self.today = data, scope, timezone.localdate()
        cases = Case.objects.in_scope(scope).order_by("-id")
        self.filterset = CaseFilterSet(data, queryset=cases, today=self.today, handling=scope.is_handled)
        self.refused = [f"没有“{name}”这一条件，请从网址中去掉" for name in unknown(data, BESIDE)]
        self.page: Page | None = None
        self.rows: list[dict[str, Any]] = []
        self.total: int | None = None

    def read(self, columns: list[Column]) -> None:
        if self.refused or not self.filterset.is_valid():
            return
        try:
            cases: CaseQuerySet = self.filterset.qs
            members = members_of(columns)
            read = cases.values("pk", *columns_of(members), *columns_ordering(cases))
            self.page = page_of(read, cursor=self.data.get(CURSOR), size=SIZE, wider=self.filterset.wider)
        except (Refused, CursorRefused) as refusal:
            self.refused.append(str(refusal))
            return
        self.rows = rows_shown(self.page.rows, members, self.today)
        if self.data.get(TOTAL) == "true":
            self.total = total_of(cases, asked=self.filterset.form.cleaned_data, scope=self.scope)

    def form(self) -> FilterForm:
        return list_form(self.data, self.filterset.errors, scope=self.scope)


def cells(columns: list[Column], row: dict[str, Any]) -> list[Cell]:
    return [Cell(column, column.said(row)) for column in columns]


def head(column: Column, data: QueryDict) -> Head:
    if not column.order:
        return Head(column.label, "", "")
    now = data.get(ORDER, "")
    turned = f"-{column.order}" if now == column.order else column.order
    state = {column.order: "ascending", f"-{column.order}": "descending"}.get(now, "")
    return Head(column.label, here(data, **{ORDER: turned, CURSOR: None}), state)


def only(data: QueryDict, name: str) -> str:
    values = data.getlist(name)
    return values[0] if len(values) == 1 else ""


def here(data: QueryDict, **changed: str | None) -> str:
    """The list as asked for, but for some parameters; the total is asked for anew each time."""
    return address_with(data, reverse("cases"), **{TOTAL: None, **changed})
