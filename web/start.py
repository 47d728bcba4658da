"""The first page: what this person has to see to today, a part for each thing that they do."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.generic import View

from casetrack.cases import desk
from casetrack.cases.models import DueReminder
from casetrack.lib.months import add_months, month_of, parse_month
from casetrack.organizations.models import Membership
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.glance import glances
from web.guards import Guarded, user_of


class StartView(Guarded, View):
    """What one's roles are not for is not shown; who has several sees their parts one below the other."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today = user_of(request), localdate()
        with_offices = Membership.objects.select_related("organization").order_by("pk")
        prefetch_related_objects([user], Prefetch("memberships", with_offices))  # the frame asks for them as well
        scope, posts = scope_of(user), list(user.memberships.all())
        month = month_shown(request.GET.get("month", ""), today)
        context: dict[str, Any] = {
            "today": today,
            "posts": posts or user.is_superuser,
            "one_office": len(posts) == 1 and posts[0].organization_id is not None,
            "reminders": DueReminder.objects.shown_to(user, scope).unread()[: desk.SHOWN],
            **daily_work(scope, posts, today),
            "glances": glances(posts=posts, nation=user.is_superuser, month=month, scope=scope, today=today),
            "before": add_months(month, -1),
            "after": add_months(month, 1) if add_months(month, 1) < month_of(today) else None,
        }
        return render(request, "web/start.html", context)


def daily_work(scope: Scope, posts: list[Membership], today: date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if desk.handles(posts):
        found["handling"] = desk.handling(scope, today)
    if desk.deals_with(posts, desk.PETITION):
        found["petitions"] = desk.petitions(scope, today)
        found["lights_said"] = "handling" in found and desk.petitions_alone(posts)
    if kinds := desk.reviewed(posts):
        found["review"] = desk.review(scope, kinds)
    return found


def month_shown(text: str, today: date) -> date:
    """The last month that is over, or the earlier one that was asked for."""
    last = add_months(month_of(today), -1)
    try:
        asked = parse_month(text)
    except ValueError:
        return last
    return asked if date(1990, 1, 1) <= asked <= last else last
