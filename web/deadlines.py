"""/deadlines/: the running clocks as a board by light, and as a calendar of the days on which they end."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.generic import View

from casetrack.accounts.models import User
from casetrack.cases.board import MOST_URGENT_FIRST, columns, month_of_days, page
from casetrack.cases.filtersets import DeadlineFilterSet
from casetrack.cases.models import KIND_CHOICES, Deadline
from casetrack.cases.querysets import DeadlineQuerySet
from casetrack.cases.sweep import Light
from casetrack.law.calendar import FIRST_YEAR, LAST_YEAR, calendar_for
from casetrack.lib.months import add_months, month_of, parse_month
from casetrack.organizations.filters import LARGEST_ID, DayField, RegionCodeField
from casetrack.organizations.scope import scope_of
from web.errors import told
from web.guards import Guarded, user_of

PLACE = "behind"


class Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"


class NarrowForm(forms.Form):
    """What a board can be narrowed by, as people fill it in; the filter set does the narrowing."""

    kind = forms.ChoiceField(label="案件种类", required=False, choices=[("", "全部"), *KIND_CHOICES])
    light = forms.ChoiceField(label="灯", required=False, choices=[("", "全部"), *Light.choices])
    under = RegionCodeField(label="区划代码", required=False)
    act_from = DayField(label="应办结日从", required=False, widget=Day)
    act_to = DayField(label="到", required=False, widget=Day)


def open_clocks(user: User) -> DeadlineQuerySet:
    return Deadline.objects.by_office(scope_of(user))


def narrowed(clocks: DeadlineQuerySet, form: forms.Form, today: date) -> DeadlineQuerySet:
    """By what the form says; a form that says something impossible leaves nothing."""
    if not form.is_valid():
        return clocks.none()
    asked = QueryDict(mutable=True)
    asked.update({name: str(value) for name, value in form.cleaned_data.items() if value})
    found: DeadlineQuerySet = DeadlineFilterSet(asked, clocks, today=today).qs
    return found


def place_in(text: str) -> tuple[date, int] | None:
    """Behind which clock a page begins; None for the first page, and for what no page ever offered."""
    day, _, key = text.partition(".")
    try:
        place = date.fromisoformat(day), int(key)
    except ValueError:
        return None
    return place if 0 < place[1] <= LARGEST_ID else None


class BoardView(Guarded, View):
    """A column a light; of one light, or of some days, a list a page at a time."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today, form = localdate(), NarrowForm(request.GET)
        clocks = narrowed(open_clocks(user_of(request)), form, today)
        said: dict[str, Any] = form.cleaned_data
        context: dict[str, Any] = {"form": form, "today": today, "asked": query_of(request)}
        if any(said.get(name) for name in ("light", "act_from", "act_to")):
            context["page"] = page(clocks, place_in(request.GET.get(PLACE, "")))
        else:
            context["columns"] = columns(clocks, MOST_URGENT_FIRST, today)
        return render(request, "web/deadlines/board.html", context)


def query_of(request: HttpRequest) -> str:
    """The parameters of this page without the place in it, to which links add theirs."""
    kept = request.GET.copy()
    kept.pop(PLACE, None)
    return kept.urlencode()


class CalendarView(Guarded, View):
    """A month, with the days of rest where the person works."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today = user_of(request), localdate()
        try:
            month = parse_month(request.GET["month"]) if "month" in request.GET else month_of(today)
        except ValueError:
            return told(request, 400, "没有这个月份", "网址中的月份（month）应写作2024-03。")
        if not FIRST_YEAR <= month.year <= LAST_YEAR:
            return told(request, 400, "没有这个月份", f"工作日历只包含{FIRST_YEAR}年至{LAST_YEAR}年。")
        weeks = month_of_days(open_clocks(user), month, calendar_for(place_of(user)))
        context = {
            "weeks": weeks,
            "any": any(day.number for week in weeks for day in week),
            "month": month,
            "today": today,
            "before": add_months(month, -1),
            "after": add_months(month, 1),
        }
        return render(request, "web/deadlines/calendar.html", context)


def place_of(user: User) -> str:
    """Whose days of rest to show: those of the place of the first post."""
    post = user.memberships.select_related("organization").order_by("pk").first()
    if post is None:
        return ""
    return post.region_id or (post.organization.region_id if post.organization else "")
