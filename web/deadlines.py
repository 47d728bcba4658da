"""/deadlines/: the running clocks as a board by light, and as a calendar of the days on which they end."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import View

from casetrack.cases.board import MOST_URGENT_FIRST, columns, month_of_days
from casetrack.cases.filtersets import DeadlineFilterSet
from casetrack.cases.models import KIND_CHOICES, Deadline
from casetrack.cases.querysets import DeadlineQuerySet
from casetrack.law.calendar import FIRST_YEAR, LAST_YEAR, calendar_for
from casetrack.lib.months import add_months, month_of, parse_month
from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.posts import place_of
from casetrack.organizations.scope import Scope, scope_of
from web.errors import told
from web.filters import FilterForm, choice, day, filled, lights, offices, places, query_without, turning
from web.guards import Guarded, user_of

CURSOR = "cursor"
SIZE = 50


class Narrowed:
    """The clocks that an address asks for; nothing where it asks for what can't be meant."""

    def __init__(self, data: QueryDict, scope: Scope, today: date) -> None:
        self.asked = filled(data)
        self.scope = scope
        self.filterset = DeadlineFilterSet(self.asked, Deadline.objects.by_office(scope), today=today)
        known = (*DeadlineFilterSet.every_filter(), CURSOR)
        self.refused = [f"没有“{name}”这一条件，请从网址中去掉" for name in self.asked if name not in known]

    @property
    def clocks(self) -> DeadlineQuerySet:
        found: DeadlineQuerySet = self.filterset.qs
        return found.none() if self.refused or not self.filterset.is_valid() else found

    @property
    def is_list(self) -> bool:
        return any(name in self.asked for name in ("light", "act_from", "act_to"))

    def listed(self) -> dict[str, Any]:
        """A page of them, one after the other, and where those after and before it are."""
        try:
            page = page_of(self.clocks.shown(), cursor=self.asked.get(CURSOR), size=SIZE)
        except CursorRefused as refused:
            self.refused.append(str(refused))
            return {}
        return {"page": page, **turning(page, self.asked, reverse("deadlines"))}

    def form(self) -> FilterForm:
        fields = {
            "kind": choice("kind", "案件种类", KIND_CHOICES, self.asked),
            "under": places(self.asked, self.scope),
            "organization": offices(self.asked, self.scope),
            "act_from": day("应办结日，自"),
            "act_to": day("应办结日，至"),
            "light": lights(),
        }
        return FilterForm(self.asked, fields, self.filterset.errors)


class BoardView(Guarded, View):
    """A column a light; of one light, or of some days, a list a page at a time."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = localdate()
        found = Narrowed(request.GET, scope_of(user_of(request)), today)
        form, asked = found.form(), query_without(found.asked, CURSOR)
        context: dict[str, Any] = {"form": form, "asked": asked, "today": today}
        if found.is_list:
            context |= found.listed()
        else:
            context["columns"] = columns(found.clocks, MOST_URGENT_FIRST, today)
        context["refused"] = [*found.refused, *form.untold]
        return render(request, "web/deadlines/board.html", context)


class CalendarView(Guarded, View):
    """A month, with the days of rest where the person works."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today = user_of(request), localdate()
        clocks = Deadline.objects.by_office(scope_of(user))
        try:
            month = parse_month(request.GET["month"]) if "month" in request.GET else month_of(today)
        except ValueError:
            return told(request, 400, "没有这个月份", "网址中的月份（month）应写作2024-03。")
        if not FIRST_YEAR <= month.year <= LAST_YEAR:
            return told(request, 400, "没有这个月份", f"工作日历只包含{FIRST_YEAR}年至{LAST_YEAR}年。")
        weeks = month_of_days(clocks, month, calendar_for(place_of(user)))
        context = {
            "weeks": weeks,
            "any": any(day.number for week in weeks for day in week),
            "month": month,
            "today": today,
            "before": add_months(month, -1),
            "after": add_months(month, 1),
        }
        return render(request, "web/deadlines/calendar.html", context)
