"""/statistics/cases/: the cases behind a figure, under the same scope as the figure; the list adds up to it."""

from typing import Any

from django.db.models import Sum
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.cases import CaseSerializer, with_what_is_shown
from api.pagination import KeysetPagination
from api.periods import OF_A_PERIOD, asked_of, chosen, parameter, subjects_open
from api.permissions import user_of
from api.reported import ReportedSerializer
from api.serializers import Page, Plain
from casetrack.cases.rights import opens
from casetrack.organizations.scope import scope_of
from casetrack.stats import tracing
from casetrack.stats.forms import PARTS, TraceForm, dimensions_named, question_of
from casetrack.stats.indicators import SUBJECTS, Counted
from casetrack.stats.tracing import Part
from reports.linking import Lists

ANY_DIMENSION = {"type": "object", "additionalProperties": {"type": "string"}}
CENTS = "分"


class TracedCaseSerializer(Plain):
    """A case behind a figure."""

    counted = serializers.IntegerField(label="该案件计入多少：件、次、人，金额以分计")
    case = CaseSerializer(allow_null=True, label="案件；空：其承办机构后来迁出您的范围，只计数")


class TracedPageSerializer(Page):
    """A page of the cases behind a figure."""

    total = serializers.IntegerField(label="所查看的数字本身；各页 counted 之和等于它")
    unit = serializers.CharField(label="单位")
    results = TracedCaseSerializer(many=True)


def lists_for(request: Request) -> Lists:
    """Where the lists behind figures are, as whoever asks reaches the service."""
    return Lists(request.build_absolute_uri("/"))


def query_of(request: Request) -> tuple[dict[str, Any], Part]:
    """What `tracing` asks: the parameters that no form knows are the dimensions of the subject."""
    names = dimensions_named(request.query_params.get("subject", ""))
    asked = asked_of(request, TraceForm(request.query_params, today=timezone.localdate()), names)
    return question_of(asked, request.query_params, names)


class ReportedPageSerializer(Page):
    """A page of the entries behind a reported figure."""

    total = serializers.FloatField(label="所查看的数字本身；各页 value 之和等于它")
    unit = serializers.CharField(label="单位")
    results = ReportedSerializer(many=True)


A_FIGURE = [
    parameter("subject", str, "统计主题", required=True, enum=list(SUBJECTS)),
    parameter("measure", str, "指标", required=True),
    parameter("part", str, "比率须指明：numerator 分子，denominator 分母", enum=list(PARTS)),
    *OF_A_PERIOD,
    parameter("dimensions", ANY_DIMENSION, "各维度的取值，如 channel=visit&outcome=concluded", explode=True),
]


def traced(request: Request) -> tracing.Traced:
    """The figure that is asked about, where the caller may see it."""
    query, part = query_of(request)
    scope = scope_of(user_of(request))
    chosen([query["subject"]], subjects_open(scope, region=query["region"], organization=query["organization"]))
    return tracing.understood(query, part, scope)


class ReportedTracingView(APIView):
    """数字背后的报送记录。"""

    @extend_schema(
        summary="列出数字背后的报送记录",
        description="统计数字中报送数字的 cases 所指的网址：谁报的、依据什么。各条 value 之和即该数字。",
        responses=ReportedPageSerializer,
        parameters=A_FIGURE,
    )
    def get(self, request: Request) -> Response:
        figure = traced(request)
        entries = tracing.entries_of(figure)
        pages = KeysetPagination()
        shown = entries.select_related("figure__organization", "entered_by").order_by("-pk")
        rows = ReportedSerializer(pages.paginate_queryset(shown, request, self), many=True).data
        page = pages.get_paginated_response(rows)
        head = {name: page.data.pop(name) for name in ("next", "previous")}
        total = entries.aggregate(n=Sum("value"))["n"] or 0
        return Response({**head, "total": float(total), "unit": unit_of(figure), **page.data})


def unit_of(figure: tracing.Traced) -> str:
    """Of a part of a share, the unit of the count that it is."""
    if figure.part == "value" or not figure.terms:
        return figure.indicator.unit
    return SUBJECTS[figure.indicator.subject].measures[figure.terms[0].name].unit


class TracingView(APIView):
    """数字背后的案件。"""

    @extend_schema(
        summary="列出数字背后的案件",
        description="统计数字中 cases 所指的网址。所列案件与数字同一范围，各案 counted 之和即该数字。",
        responses=TracedPageSerializer,
        parameters=A_FIGURE,
    )
    def get(self, request: Request) -> Response:
        figure = traced(request)
        pages = KeysetPagination()
        cases = pages.paginate_queryset(
            with_what_is_shown(tracing.cases_of(figure)).defer("private").order_by("-id"), request, self
        )
        shares = tracing.shares_of(figure, [case.pk for case in cases])
        rows = CaseSerializer(cases, many=True, context={"request": request, "today": timezone.localdate()}).data
        page = pages.get_paginated_response(
            [
                # it counted where its office lay when it came in, and is shown where it lies today, as in every list
                {"counted": shares[case.pk], "case": row if opens(figure.scope, case) else None}
                for case, row in zip(cases, rows, strict=True)
            ]
        )
        unit = CENTS if figure.summed == Counted.CENTS else figure.indicator.unit
        head = {name: page.data.pop(name) for name in ("next", "previous")}
        return Response({**head, "total": tracing.stated(figure), "unit": unit, **page.data})
