"""The first page: what this person has to see to today, a part for each thing that they do."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.generic import View

from casetrack.accounts.models import User
from casetrack.cases import desk
from casetrack.lib.months import add_months, month_of, parse_month
from casetrack.organizations.choices import Role
from casetrack.organizations.divisions import NATION
from casetrack.organizations.models import Membership
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.glance import Glance, glance
from web.guards import Guarded, user_of

OVERSEEING = frozenset({Role.SUPERVISOR, Role.STATISTICIAN, Role.AUDITOR, Role.ADMINISTRATOR})
MOST_PLACES = 3


class StartView(Guarded, View):
    """What one's roles are not for is not shown; who has several sees their parts one below the other."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today = user_of(request), localdate()
        scope, posts = scope_of(user), list(user.memberships.select_related("organization").order_by("pk"))
        month = month_shown(request.GET.get("month", ""), today)
        context: dict[str, Any] = {
            "today": today,
            "posts": posts or user.is_superuser,
            "one_office": len(posts) == 1 and posts[0].organization_id is not None,
            **daily_work(scope, posts, today),
            "glances": glances(user, scope, posts, month, today),
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


def glances(user: User, scope: Scope, posts: Iterable[Membership], month: date, today: date) -> list[Glance]:
    """The month of each place that someone answers for."""
    own = [(post.region_id or "", post.organization_id) for post in posts if post.role in OVERSEEING]
    places = dict.fromkeys([*own, *([(NATION, None)] if user.is_superuser else [])])
    return [
        glance(region=region, organization=organization, month=month, scope=scope, today=today)
        for region, organization in list(places)[:MOST_PLACES]
    ]


def month_shown(text: str, today: date) -> date:
    """The last month that is over, or the earlier one that was asked for."""
    last = add_months(month_of(today), -1)
    try:
        asked = parse_month(text)
    except ValueError:
        return last
    return asked if date(1990, 1, 1) <= asked <= last else last
