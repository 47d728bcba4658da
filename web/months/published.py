"""/months/editions/{id}/{subject}/{measure}/: a published figure, opened down to the cases behind it."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from casetrack.cases.models import Case
from casetrack.kinds.refusals import Refused
from casetrack.lib.paging import CursorRefused, page_of
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.access import subjects_open
from casetrack.stats.closing.entries import entries_behind
from casetrack.stats.closing.held import Below, Group, figure_below, groups_of, within
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, Share, entry_of, is_cleared, is_stated, list_behind
from casetrack.stats.closing.publishing import Entry
from casetrack.stats.dimensions import label_of
from casetrack.stats.forms import PlaceForm, dimensions_named, names_in, refusals_of
from casetrack.stats.indicators import SUBJECTS, Counted, Form, Indicator
from web.filters import turning
from web.guards import Guarded, user_of
from web.months.editions import edition_seen, place_told, told

SIZE, CURSOR = 50, "cursor"


class WhereForm(PlaceForm):
    """A place that the edition holds, and after which case its list goes on."""

    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)


class PublishedView(Guarded, View):
    """One figure of an edition: by groups and places, and what it was made of as it was known then."""

    def get(self, request: HttpRequest, pk: int, subject: str, measure: str) -> HttpResponse:
        user = user_of(request)
        edition, scope = edition_seen(user, pk), scope_of(user)
        indicator = indicator_of(edition, scope, subject, measure)
        context: dict[str, Any] = {"edition": edition, "subject": SUBJECTS[subject], "indicator": indicator}
        try:
            asked, after = asked_in(request, indicator)
            context |= opened(request, edition, asked, after, scope)
        except (Refused, CursorRefused) as refused:
            context["refused"] = str(refused)
        return render(request, "web/months/published.html", context, status=400 if "refused" in context else 200)


def indicator_of(edition: Edition, scope: Scope, subject: str, measure: str) -> Indicator:
    found = subjects_open(scope, region=edition.region_id, organization=None)
    if subject not in found or subject not in edition.days or measure not in SUBJECTS[subject].measures:
        raise Http404(measure)
    return SUBJECTS[subject].measures[measure]


def asked_in(request: HttpRequest, indicator: Indicator) -> tuple[Asked, int]:
    """The place and the values of dimensions that the address names. Raises Refused for what can't be meant."""
    form, names = WhereForm(request.GET), dimensions_named(indicator.subject)
    unknown = [name for name in request.GET if name not in (*names_in(form), *names, CURSOR)]
    if unknown or not form.is_valid():
        said = [f"没有“{name[:40]}”这一条件" for name in unknown]
        raise Refused("；".join([*said, *refusals_of(form).values()]))
    place = form.cleaned_data
    values = {name: request.GET[name] for name in names if name in request.GET}
    asked = Asked(indicator.subject, indicator.measure, values, place["region"], place["organization"])
    return asked, place["after"] or 0


def opened(request: HttpRequest, edition: Edition, asked: Asked, after: int, scope: Scope) -> dict[str, Any]:
    entry = entry_of(edition, asked, cleared=is_cleared(edition, asked.subject, scope))
    indicator = SUBJECTS[asked.subject].measures[asked.measure]
    value, parts = told(indicator, entry)
    first, last = edition.days[asked.subject]
    context = {
        "place": place_told(edition, asked.region, asked.organization),
        "dimensions": [label_of(asked.subject, name, code) for name, code in asked.dimensions.items()],
        "value": value,
        "parts": parts,
        "days": (first, last),
        "groups": [] if asked.dimensions else grouped(edition, asked, groups_of(edition, asked, scope)),
        "below": [] if asked.dimensions or asked.organization else below_told(edition, asked, scope),
    }
    if indicator.is_reported or is_stated(entry):
        return {**context, **entered(request, edition, asked)}
    if indicator.form is Form.REGISTER or not indicator.terms:
        return {**context, "in_register": True}
    return {**context, **listed(edition, asked, after, scope)}


def address_of(edition: Edition, asked: Asked, **changed: Any) -> str:
    """This page for another place, other values, or further on."""
    named = {"region": asked.region, "organization": asked.organization, **asked.dimensions, **changed}
    query = urlencode({name: value for name, value in named.items() if value not in (None, "")})
    path = reverse("edition-figure", args=[edition.pk, asked.subject, asked.measure])
    return f"{path}?{query}" if query else path


def grouped(edition: Edition, asked: Asked, groups: Sequence[Group]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """By breakdown, its groups: what they are called, what was published, and where that opens."""
    subject = SUBJECTS[asked.subject]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for each in groups:
        fields = [subject.dimension(name) for name in each.by]
        heading = "、".join(field.label for field in fields if field)
        values = dict(zip(each.by, each.values, strict=True))
        name = "、".join(label_of(asked.subject, *pair) for pair in values.items())
        shown, _ = told(subject.measures[asked.measure], each.entry)
        found.setdefault(heading, []).append((name, shown, address_of(edition, asked, **values)))
    return list(found.items())


def below_told(edition: Edition, asked: Asked, scope: Scope) -> list[tuple[Below, str, str]]:
    indicator = SUBJECTS[asked.subject].measures[asked.measure]
    places = within(figure_below(edition, asked, scope), asked.region or edition.region_id)
    return [
        (
            each,
            told(indicator, each.entry)[0],
            address_of(edition, asked, region=each.region, organization=each.organization),
        )
        for each in places
        if each.entry
    ]


def entered(request: HttpRequest, edition: Edition, asked: Asked) -> dict[str, Any]:
    """What bodies had stated; of a share that follows from two counts, those of the part that it divides."""
    divided = entry_parts(entry_of(edition, asked)) and SUBJECTS[asked.subject].measures[asked.measure].is_rate
    rows = entries_behind(edition, asked, "numerator" if divided else "value")
    page = page_of(
        rows.select_related("figure__organization").order_by("-pk"), cursor=request.GET.get(CURSOR), size=SIZE
    )
    return {"entries": page.rows, **turning(page, request.GET, request.path)}


def entry_parts(entry: Entry) -> bool:
    return entry["b"] is not None


def listed(edition: Edition, asked: Asked, after: int, scope: Scope) -> dict[str, Any]:
    """The cases in the order of their keys, a page of them; one that left the reader's scope only counts."""
    further = (share for share in list_behind(edition, asked, scope) if share.case > after)
    shares = list(islice(further, SIZE + 1))
    shown = shares[:SIZE]
    cases = cases_of(shown, scope)
    return {
        "cases": [(cases.get(each.case), in_unit(asked, each.number), each.base) for each in shown],
        "next": address_of(edition, asked, after=shown[-1].case) if len(shares) > SIZE else None,
        "previous": address_of(edition, asked) if after else None,
    }


def in_unit(asked: Asked, number: int) -> str:
    """What a case added: cents as yuan."""
    terms = SUBJECTS[asked.subject].measures[asked.measure].terms
    in_cents = any(term.counted is Counted.CENTS for term in terms)
    return f"{number / 100:,.2f}元" if in_cents else str(number)


def cases_of(shares: Sequence[Share], scope: Scope) -> Mapping[int, Case]:
    cases = Case.objects.in_scope(scope).filter(pk__in=[each.case for each in shares])
    return {case.pk: case for case in cases.select_related("organization").defer("private", "values", "search_text")}
