"""/reports/: the report that the record can write, with each figure leading to what is behind it; and as a file."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views import View

from casetrack.kinds.refusals import Refused
from casetrack.stats.closing.models import Edition
from casetrack.stats.refusals import BalanceBroken
from reports.books.editions import edition_named
from reports.drafting.drafting import Wish, draft
from reports.drafting.formats import FORMATS, MEDIA_TYPES, writer_for
from reports.drafting.sources import Cited
from reports.drafting.texts import numbered
from reports.drafting.writing import Citation, Draft
from web.files import download
from web.filters import FilterForm, query_without
from web.guards import Guarded, user_of
from web.statistics.asking import Asked, asked_in
from web.statistics.links import page_of_list
from web.statistics.spans import SPANS

WRITTEN_OF = {name: label for name, label in SPANS.items() if name == "year" or name[0] == "m"}
ASKED = "year"


class Piece(NamedTuple):
    """Words of a draft; a figure with what it is called, and the page that lists what it counts."""

    text: str
    name: str = ""
    address: str = ""


class DraftView(Guarded, View):
    """The draft of a year or a month, read on the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = asked_in(request)
        context: dict[str, Any] = {"asked": asked, "form": form_of(asked), "query": query_without(request.GET)}
        if ASKED in request.GET and not asked.refused:
            try:
                made = drafted(request, asked)
                context |= {"draft": made, "chapters": chapters(made), "formats": FORMATS}
            except (Refused, BalanceBroken) as refused:
                asked.refused.append(str(refused))
        return render(request, "web/writing/draft.html", context)


class DraftFileView(Guarded, View):
    """The same as a file: Word, Markdown or text."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        if name not in MEDIA_TYPES:
            raise Http404(name)
        asked = asked_in(request)
        try:
            made = drafted(request, asked)
        except (Refused, BalanceBroken) as refused:
            messages.error(request, f"没有生成：{refused}")
            return redirect(f"{reverse('report')}?{query_without(request.GET, ASKED)}")
        return download(writer_for(name)(made), f"{made.title}.{name}", MEDIA_TYPES[name])


def drafted(request: HttpRequest, asked: Asked) -> Draft:
    """Of what the reader may see. Raises as the core does."""
    return draft(wish_of(request, asked), today=localdate())


def wish_of(request: HttpRequest, asked: Asked) -> Wish:
    """Which report an address means. Raises Refused for what can't be meant."""
    if asked.refused:
        raise Refused("；".join(asked.refused))
    if asked.organization is not None or asked.span is None or asked.span.name not in WRITTEN_OF:
        raise Refused("报告按地区的年度或月份起草，请选择区划和全年或某月")
    edition = request.GET.get("edition", "").strip()
    if edition and not Edition.objects.visible_to(user_of(request)).filter(region=asked.region).exists():
        raise Refused(f"{asked.name}还没有结账的月份，不能按版次起草")
    return Wish(
        region=asked.region,
        period=asked.period,
        root=request.build_absolute_uri("/"),
        as_of=asked.as_of,
        known_on=asked.known_on,
        edition=edition_named(edition) if edition else None,
        scope=asked.scope,
        subjects=frozenset(asked.open_subjects),
    )


def form_of(asked: Asked) -> FilterForm:
    form = asked.form()
    del form.fields["from"], form.fields["to"]
    form.fields.pop("organization", None)
    form.fields["span"].widget = forms.Select(choices=list(WRITTEN_OF.items()))
    form.fields["edition"] = forms.Field(
        label="按公布的版次", widget=forms.TextInput(attrs={"placeholder": "1、2，或 latest", "maxlength": 6})
    )
    return form


def chapters(made: Draft) -> list[tuple[int, str, list[Piece]]]:
    """Each heading with its level on the page and the pieces of its text."""
    return [(chapter.level + 1, heading, [piece(each) for each in chapter.body]) for heading, chapter in numbered(made)]


def piece(fragment: str | Citation) -> Piece:
    if isinstance(fragment, str):
        return Piece(fragment)
    return Piece(fragment.text, name_of(fragment.cited), next(map(page_of_list, fragment.cited.links), ""))


def name_of(cited: Cited) -> str:
    return cited.reference.indicator.label
