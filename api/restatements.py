"""/restatements/: what was entered since about closed months; /closings/{id}/restatement/: what that moved, and
/closings/{id}/reported/: what bodies had reported behind a published figure.
"""

from datetime import date

from django import forms
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.closings import SUBJECT_CHOICES, FigureForm, figure_asked, open_subjects, visible_edition
from api.months import MonthField, read
from api.pagination import CURSOR, PAGE_SIZE, KeysetPagination, ListedPagination
from api.periods import asked_of, parameter
from api.permissions import user_of
from api.restatement_rows import (
    RestatementPageSerializer,
    SincePageSerializer,
    SinceSerializer,
    StoodPageSerializer,
    StoodSerializer,
)
from casetrack.accounts.token_scopes import READ, STATISTICS
from casetrack.organizations.filters import UNDER, RegionCodeField
from casetrack.organizations.scope import scope_of
from casetrack.stats.closing.entries import entries_behind, said_since
from casetrack.stats.closing.later import entered_since
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import entry_of, known_by
from casetrack.stats.closing.restated import MOST_NAMED, Restated
from casetrack.stats.closing.restating import restatement
from casetrack.stats.forms import PARTS
from casetrack.stats.indicators import SUBJECTS

PAGES = [
    parameter(CURSOR, str, "上一次响应中 next 或 previous 所带的位置"),
    parameter(PAGE_SIZE, int, "每页条数，最多200"),
]
SUBJECT = parameter("subject", str, "统计主题；默认全部", enum=list(SUBJECTS))


class RestatementsForm(forms.Form):
    """Which closed months."""

    under = RegionCodeField(required=False)
    first = MonthField(required=False)
    last = MonthField(required=False)
    subject = forms.ChoiceField(choices=SUBJECT_CHOICES, required=False)

    def add_prefix(self, field_name: str) -> str:
        return {"first": "from", "last": "to"}.get(field_name, field_name)

    def months(self) -> dict[str, date]:
        asked = {"month__gte": self.cleaned_data["first"], "month__lte": self.cleaned_data["last"]}
        return {name: month for name, month in asked.items() if month}


class RestatementForm(forms.Form):
    """Which figures of an edition."""

    subject = forms.ChoiceField(choices=SUBJECT_CHOICES, required=False)


class EntriesForm(FigureForm):
    """One figure, or a part of one."""

    part = forms.ChoiceField(required=False, choices=[(name, name) for name in PARTS])


class RestatementsView(APIView):
    """已结账的月份，公布之后又录入了什么。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="列出已结账的月份和公布之后录入的记录",
        description="每个地区每月一条，取最近一版，最近的月份在前；后录的记录多少条、最后何时录入。"
        "哪些数字因此变动，见 /closings/{id}/restatement/。不含您无权知悉的案件。名册不留历史，其变动只见于后者。",
        responses=SincePageSerializer,
        parameters=[
            parameter("under", str, UNDER),
            parameter("from", str, "起始月份，写作2024-01"),
            parameter("to", str, "终止月份，写作2024-12"),
            SUBJECT,
            *PAGES,
        ],
    )
    def get(self, request: Request) -> Response:
        form, user = RestatementsForm(request.query_params), user_of(request)
        asked, scope = asked_of(request, form), scope_of(user)
        editions = Edition.objects.visible_to(user).latest_of_months().filter(**form.months())
        if asked["under"]:
            editions = editions.under(asked["under"])
        pages = KeysetPagination()
        page = pages.paginate_queryset(editions.select_related("region").order_by("-month", "region_id"), request, self)
        rows = entered_since(page, scope=scope, subject=asked["subject"])
        return pages.get_paginated_response(SinceSerializer(rows, many=True).data)


class RestatementView(APIView):
    """一版公布之后变动的数字。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="列出一版公布之后变动的数字",
        description="各数字公布为多少，现为多少，由哪些案件的哪些记录、哪些单位的哪些更正引起。无权知悉的案件只计数，不列明。",
        responses=RestatementPageSerializer,
        parameters=[SUBJECT, *PAGES],
    )
    def get(self, request: Request, pk: str) -> Response:
        edition, scope = visible_edition(request, pk), scope_of(user_of(request))
        asked = read(request, RestatementForm(request.query_params))
        found = restatement(edition, scope=scope, subjects=open_subjects(scope, edition, asked["subject"]))
        pages = ListedPagination(place_of_figure)
        page = pages.paginate_queryset(found, request, self)
        return pages.get_paginated_response([each.as_dict(most=MOST_NAMED) for each in page])


def place_of_figure(found: Restated) -> list[str]:
    subject, by, values, measure = found.name
    return [subject, ",".join(by), "\x1f".join(values), measure]


class ClosingEntriesView(APIView):
    """公布的数字背后的报送记录。"""

    token_scopes = {"GET": READ.name}

    @extend_schema(
        summary="列出公布的数字背后的报送记录",
        description="按公布时所知：谁报了多少、依据什么，计数为各条 value 之和。"
        "later 是此后的更正或撤回：由谁在何时为何所作。"
        "此后新报的，见 /closings/{id}/restatement/。",
        responses=StoodPageSerializer,
        parameters=[
            parameter("subject", str, "统计主题", required=True, enum=list(SUBJECTS)),
            parameter("measure", str, "指标", required=True),
            parameter("part", str, "由两项报送数计算的比率须指明：numerator 分子，denominator 分母", enum=list(PARTS)),
            parameter("region", str, "该版所含的下级地区"),
            parameter("organization", int, "该版所含的机构；同时填写其所在区划（region）"),
            *PAGES,
        ],
    )
    def get(self, request: Request, pk: str) -> Response:
        edition, scope = visible_edition(request, pk), scope_of(user_of(request))
        form = EntriesForm(request.query_params)
        figure = figure_asked(request, form, scope, edition)
        entries = entries_behind(edition, figure, form.cleaned_data["part"] or "value")
        pages = KeysetPagination()
        shown = entries.select_related("figure__organization", "entered_by").order_by("-pk")
        page = pages.paginate_queryset(shown, request, self)
        context = {"later": said_since(page, known_by(edition))}
        answer = pages.get_paginated_response(StoodSerializer(page, many=True, context=context).data)
        value = entry_of(edition, figure)["v"]
        answer.data["value"] = None if value is None else float(value)
        return answer
