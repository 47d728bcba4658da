"""/months/: who has confirmed a month and who has not; confirming, asking for it, sending it back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.kinds import KINDS
from casetrack.kinds.refusals import Refused
from casetrack.lib.months import add_months, month_of, parse_month
from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.divisions import NATION
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.posts import place_of
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.overview import MonthOfOffice, months_of
from casetrack.stats.closing.reporting import NOTHING, Act, confirm, remind, send_back, standing_at, who_report
from casetrack.stats.closing.rights import may_close, may_report
from web.controls import number_in
from web.entering.once import done_once, fresh_token
from web.filters import FilterForm, address_with, choice, places, query_without, turning, whole_code
from web.guards import Guarded, user_of

SIZE, CURSOR = 50, "cursor"
STATES = {NOTHING: "尚未确认", Act.CONFIRMED.value: "已确认", Act.RETURNED.value: "已退回"}
LIGHTS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯"}
EARLIEST = date(1990, 1, 1)
NOT_THEIRS = "您可以查看该机构的月报，但无权确认、退回或催报；请由该机构或其上级主管办理"
SHOWN = 12


class MonthsView(Guarded, View):
    """The offices of a region in a month, and the editions of the region."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user, today, data = user_of(request), timezone.localdate(), request.GET
        scope = scope_of(user)
        month, region = month_asked(data, today), region_asked(data, user, scope)
        editions = Edition.objects.in_scope(scope).filter(region=region).select_related("closed_by")
        following = add_months(month, 1)
        context = {
            "form": form_of(data, month, region, scope, today),
            "region": region,
            "month": month,
            **listed(data, user, region, month, today),
            "editions": editions.order_by("-month", "-number")[:SHOWN],
            "edition": editions.filter(month=month).order_by("-number").first(),
            "may_close": may_close(scope, region.code),
            "token": fresh_token(),
            "back": query_without(data, CURSOR),
            "before": here(data, month=f"{add_months(month, -1):%Y-%m}"),
            "after": here(data, month=f"{following:%Y-%m}") if following < month_of(today) else "",
        }
        return render(request, "web/months/months.html", context)


def listed(data: QueryDict, user: User, region: Region, month: date, today: date) -> dict[str, Any]:
    """A page of the offices that report the month, with how it stands and what may be done about it."""
    scope = scope_of(user)
    seen = Organization.objects.visible_to(user).values("pk")
    offices = who_report(month, region=region.code).filter(pk__in=seen).select_related("region")
    if (state := data.get("state", "")) in STATES:
        offices = standing_at(offices, month, [state])
    try:
        page = page_of(offices.order_by("pk"), cursor=data.get(CURSOR), size=SIZE)
    except CursorRefused as refusal:
        return {"refused": [str(refusal)]}
    return {
        "rows": [row_told(row, scope) for row in months_of(page.rows, month, scope=scope, today=today)],
        **turning(page, data, reverse("page-months")),
    }


class ReportView(Guarded, View):
    """Do something about the month of one office."""

    def post(self, request: HttpRequest) -> HttpResponse:
        user, data = user_of(request), request.POST
        pk = number_in(data.get("organization", "")) or 0
        office = Organization.objects.visible_to(user).filter(pk=pk).first()
        act, month = data.get("act", ""), month_asked(data, timezone.localdate())
        if office is None or act not in Act.values:
            raise Http404(pk)
        if not may_report(scope_of(user), office, act):
            raise PermissionDenied(NOT_THEIRS)
        back = here(QueryDict(data.get("back", "")), month=f"{month:%Y-%m}")

        def reported() -> str:
            about: dict[str, Any] = {"organization_id": office.pk, "month": month}
            about |= {"actor": user, "now": timezone.now()}
            if act == Act.CONFIRMED:
                confirm(**about, zero="zero" in data)
            else:
                (send_back if act == Act.RETURNED else remind)(**about, reason=data.get("reason", "")[:500])
            return back

        try:
            answer = done_once(request, now=timezone.now(), act=reported)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        messages.success(request, f"“{office.name}”{month:%Y年%m月}：已{Act(act).label}")
        return answer


def month_asked(data: QueryDict, today: date) -> date:
    """The month that is named, or the last that is over."""
    try:
        asked = parse_month(data.get("month", ""))
    except ValueError:
        return add_months(month_of(today), -1)
    return max(asked, EARLIEST)


def region_asked(data: QueryDict, user: User, scope: Scope) -> Region:
    """The region that is named, or that of the first post."""
    code = whole_code(data)
    if not code:
        code = place_of(user) or NATION
    found = Region.objects.filter(pk=code).first()
    if found is None or not (scope.allows_region(code) or Organization.objects.in_scope(scope).under(code).exists()):
        raise Http404(code)
    return found


def form_of(data: QueryDict, month: date, region: Region, scope: Scope, today: date) -> FilterForm:
    shown = data.copy()
    shown["month"], shown["under"] = f"{month:%Y-%m}", region.code
    months = [add_months(month_of(today), -count) for count in range(1, 37)]
    choices = [(f"{each:%Y-%m}", f"{each.year}年{each.month}月") for each in {*months, month}]
    fields = {
        "under": places(shown, scope) if scope.allows_region(region.code) else None,
        "month": choice("month", "月份", sorted(choices, reverse=True), shown),
        "state": choice("state", "状态", list(STATES.items()), shown),
    }
    return FilterForm(shown, fields, {}, usual=("under", "month", "state"))


def row_told(row: MonthOfOffice, scope: Scope) -> dict[str, Any]:
    """How the month of an office stands, in words, and what its reader may do about it."""
    confirmed = row.state == Act.CONFIRMED
    return {
        "row": row,
        "token": fresh_token(),
        "state": "零报告，已确认" if confirmed and row.zero else STATES[row.state],
        "light": LIGHTS[row.light],
        "counts": [
            f"{KINDS[kind].label}收到{found['received']}、办结{found['closed']}、未办结{found['pending']}"
            for kind, found in row.counts.items()
        ],
        "is_zero": not any(found["received"] or found["closed"] for found in row.counts.values()),
        "may_confirm": (not confirmed or row.changed) and may_report(scope, row.organization, Act.CONFIRMED),
        "may_remind": not confirmed and may_report(scope, row.organization, Act.REMINDED),
        "may_return": confirmed and may_report(scope, row.organization, Act.RETURNED),
    }


def here(data: QueryDict, **changed: str | None) -> str:
    return address_with(data, reverse("page-months"), **{CURSOR: None, **changed})
