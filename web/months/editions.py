"""/months/close/ and /months/editions/: publishing a month, what an edition holds, and what changed since."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from casetrack.accounts.models import User
from casetrack.kinds.refusals import Refused
from casetrack.lib.file_types import XLSX
from casetrack.organizations.capabilities import REFUSED, Capability
from casetrack.organizations.models import Organization, Region
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.access import subjects_open
from casetrack.stats.closing.closing import about_to_close, close
from casetrack.stats.closing.held import Below, figures_at, places_below, within
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.publishing import Entry
from casetrack.stats.closing.restated import Restated, Stated
from casetrack.stats.closing.restating import restatement
from casetrack.stats.closing.rights import may_close
from casetrack.stats.dimensions import label_of
from casetrack.stats.indicators import SUBJECTS, Indicator
from casetrack.stats.refusals import BalanceBroken
from reports import workbook
from reports.tables import naming
from reports.tables.books import Wish, book_of, gather
from web.controls import number_in
from web.entering.once import done_once
from web.files import download
from web.guards import Guarded, user_of
from web.months.reports import month_asked, region_asked
from web.templatetags.board import as_a

MOST_RESTATED = 200
WITHOUT = "without_confirmations"


def edition_seen(user: User, pk: int) -> Edition:
    edition = Edition.objects.visible_to(user).select_related("region", "closed_by").filter(pk=pk).first()
    if edition is None:
        raise Http404(pk)
    return edition


class CloseView(Guarded, View):
    """Publish a month, or restate it with a reason. What stands in the way is told, and nothing is published."""

    def post(self, request: HttpRequest) -> HttpResponse:
        user, data = user_of(request), request.POST
        scope, now = scope_of(user), timezone.now()
        region, month = region_asked(data, user, scope), month_asked(data, timezone.localdate())
        if not scope.allows_region(region.code):
            raise Http404(region.code)
        if not may_close(scope, region.code):
            raise PermissionDenied(REFUSED[Capability.CLOSE_MONTHS])
        asked: dict[str, Any] = {"region": region.code, "month": month, "actor": user, "now": now}
        asked |= {"reason": data.get("reason", "")[:500], WITHOUT: data.get(WITHOUT, "")[:500]}
        try:
            with about_to_close(region.code, month) as mark:

                def closed() -> str:
                    return reverse("edition", args=[close(**asked, mark=mark).pk])

                answer = done_once(request, now=now, act=closed)
        except Refused as refusal:
            messages.error(request, f"没有结账：{refusal}")
            return redirect(f"{reverse('page-months')}?{urlencode({'under': region.code, 'month': f'{month:%Y-%m}'})}")
        messages.success(request, f"{region.name}{month:%Y年%m月}已结账，公布的数字不再更改")
        return answer


class EditionView(Guarded, View):
    """What an edition published, and by what it can be proved."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        edition, scope = edition_seen(user, pk), scope_of(user)
        others = Edition.objects.visible_to(user).of(edition.region_id, edition.month)
        region, organization, places = where_asked(request.GET, edition)
        context = {
            "edition": edition,
            "others": others,
            "latest": others.first() == edition,
            "place": place_told(edition, region, organization),
            "where": here_in_query(region, organization),
            "chapters": chapters(edition, scope, region, organization),
            "places": [] if organization else within(places, region or edition.region_id),
            "tables": [] if region or organization else tables_of(edition, scope),
        }
        return render(request, "web/months/edition.html", context)


def where_asked(data: QueryDict, edition: Edition) -> tuple[str, int | None, list[Below]]:
    """The place that an address names among those that the edition holds; any other is not there (404)."""
    places = places_below(edition)
    region, organization = data.get("region", ""), number_in(data.get("organization", ""))
    if not region and not data.get("organization"):
        return "", None, places
    if (region, organization) not in {(each.region, each.organization) for each in places}:
        raise Http404(region)
    return region, organization, places


def place_told(edition: Edition, region: str, organization: int | None) -> str:
    """What a place is called today."""
    if organization is not None:
        return Organization.objects.values_list("name", flat=True).get(pk=organization)
    return Region.objects.values_list("name", flat=True).get(pk=region or edition.region_id)


def here_in_query(region: str, organization: int | None) -> str:
    named = {"region": region, "organization": organization}
    return urlencode({name: value for name, value in named.items() if value})


Chapter = tuple[str, list[tuple[Indicator, str, str]]]


def chapters(edition: Edition, scope: Scope, region: str, organization: int | None) -> list[Chapter]:
    """By subject the figures of a place as a whole, in the order of the catalogue."""
    found_open = subjects_open(scope, region=edition.region_id, organization=None)
    held = figures_at(edition, found_open, scope, region=region, organization=organization)
    return [
        (
            SUBJECTS[code].label,
            [
                (each, *told(each, held[code][each.measure]))
                for each in SUBJECTS[code].indicators
                if each.measure in held[code]
            ],
        )
        for code in SUBJECTS
        if code in held
    ]


def told(indicator: Indicator, entry: Entry) -> tuple[str, str]:
    """A figure as it is printed, and of a rate what was divided by what."""
    value = None if entry["v"] is None else Decimal(entry["v"])
    return as_a(value, indicator), f"{entry['n']}／{entry['b']}" if entry["b"] is not None else ""


def tables_of(edition: Edition, scope: Scope) -> list[tuple[str, str]]:
    """The official tables that can be made of an edition: (title, address)."""
    found_open = set(subjects_open(scope, region=edition.region_id, organization=None))
    return [
        (title, reverse("edition-table", args=[edition.pk, name]))
        for name, title in naming.titles().items()
        if naming.VERSION not in name and naming.is_kept(name) and naming.subjects_read(name) <= found_open
    ]


class EditionTableView(Guarded, View):
    """An official table with the figures that the edition published."""

    def get(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        user = user_of(request)
        edition, scope = edition_seen(user, pk), scope_of(user)
        found_open = set(subjects_open(scope, region=edition.region_id, organization=None))
        if name not in naming.titles() or not naming.is_kept(name) or not naming.subjects_read(name) <= found_open:
            raise Http404(name)
        period = naming.period_of(edition, name)
        wish = Wish((name,), edition.region_id, period.start, period.end, scope=scope, edition=edition.number)
        try:
            contents = gather(wish, today=timezone.localdate())
        except (Refused, BalanceBroken) as refused:
            messages.error(request, f"没有生成：{refused}")
            return redirect("edition", edition.pk)
        name = f"{contents.title}（第{edition.number}版）.xlsx"
        return download(workbook.write(book_of(contents)), name, XLSX)


class RestatementView(Guarded, View):
    """Each figure that differs now from what was published, with what moved it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        edition, scope = edition_seen(user, pk), scope_of(user)
        subjects = [
            code for code in subjects_open(scope, region=edition.region_id, organization=None) if code in edition.days
        ]
        found = restatement(edition, scope=scope, subjects=subjects)
        undivided = [each for each in found if not each.name[1]]
        context = {
            "edition": edition,
            "rows": [restated_told(each) for each in undivided[:MOST_RESTATED]],
            "divided": len(found) - len(undivided),
            "may_close": may_close(scope, edition.region_id),
        }
        return render(request, "web/months/restatement.html", context)


def parts_told(found: Restated, stood: Stated) -> str:
    """Of a rate what was divided by what: it may stay the same while both change."""
    return (
        f"（{stood.parts[0]}／{stood.parts[1]}）" if found.indicator.is_rate and not found.indicator.is_ranked else ""
    )


def restated_told(found: Restated) -> dict[str, Any]:
    """A figure then and now, what moved it, and how much of that nobody entered (a register, a definition)."""
    subject, by, values, _ = found.name
    return {
        "found": found,
        "subject": SUBJECTS[subject].label,
        "groups": [label_of(subject, name, value) for name, value in zip(by, values, strict=True)],
        "otherwise": found.otherwise[0],
        "before": parts_told(found, found.published),
        "after": parts_told(found, found.now),
    }
