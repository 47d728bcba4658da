"""/closings/: months as they were published, and publishing them."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.closing_rows import (
    EditionPageSerializer,
    EditionSerializer,
    FiguresPageSerializer,
    NewEditionSerializer,
    PublishedPageSerializer,
    PublishedSerializer,
    ShareSerializer,
)
from api.idempotency import Answer, alone, answer_once
from api.months import MONTH, MonthField, read
from api.pagination import KeysetPagination
from api.periods import parameter, subjects_open
from api.permissions import CapabilityMissing, scope_able, user_of
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import READ, STATISTICS, WRITE
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.filters import LARGEST_ID, RegionCodeField
from casetrack.organizations.scope import Scope, scope_of
from casetrack.stats.closing.closing import about_to_close, close
from casetrack.stats.closing.models import Edition
from casetrack.stats.closing.published import Asked, entry_of, is_cleared, list_behind, visible_numbers
from casetrack.stats.closing.publishing import for_reader
from casetrack.stats.forms import dimensions_named
from casetrack.stats.indicators import SUBJECTS

MOST = 200
SUBJECT_CHOICES = [(code, code) for code in SUBJECTS]


class EditionsForm(forms.Form):
    """Which editions to list."""

    region = RegionCodeField(required=False)
    month = MonthField(required=False)


class FiguresForm(forms.Form):
    """Which of an edition's figures."""

    subject = forms.ChoiceField(choices=SUBJECT_CHOICES, required=False)
    region = RegionCodeField(required=False)
    organization = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)


class FigureForm(FiguresForm):
    """One figure; its dimensions are asked by their own names beside these."""

    subject = forms.ChoiceField(choices=SUBJECT_CHOICES, error_messages={"required": "须填写统计主题（subject）"})
    measure = forms.CharField(max_length=64, error_messages={"required": "须填写指标（measure）"})


class BehindForm(FigureForm):
    """One figure, and where the list of its cases goes on."""

    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_ID)


def visible_edition(request: Request, pk: str) -> Edition:
    edition = Edition.objects.visible_to(user_of(request)).select_related("region", "closed_by").filter(pk=pk).first()
    if edition is None:
        raise Http404(pk)
    return edition


def open_subjects(scope: Scope, edition: Edition, asked: str) -> list[str]:
    found = [code for code in subjects_open(scope, region=edition.region_id, organization=None) if code in edition.days]
    if asked and asked not in found:
        raise Http404(asked)
    return [asked] if asked else found


def figure_asked(request: Request, form: FigureForm, scope: Scope, edition: Edition) -> Asked:
    """A figure of an edition that the caller may see; what no form knows are the dimensions of its subject."""
    names = dimensions_named(request.query_params.get("subject", ""))
    asked = read(request, form, further=names)
    open_subjects(scope, edition, asked["subject"])
    dimensions = {name: request.query_params[name] for name in names if name in request.query_params}
    return Asked(asked["subject"], asked["measure"], dimensions, asked["region"], asked["organization"])


class ClosingsView(APIView):
    """已结账的各版，永不更改。"""

    token_scopes = {"GET": STATISTICS.name, "POST": WRITE.name}

    @extend_schema(
        summary="列出已结账的各版",
        description="最近的在前；列出您有权查看全境的地区的。",
        responses=EditionPageSerializer,
        parameters=[
            parameter("region", str, "区划代码：该地区自己的"),
            parameter("month", str, MONTH),
            parameter("cursor", str, "上一次响应中 next 或 previous 所带的位置"),
            parameter("page_size", int, "每页条数，最多200"),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = {name: value for name, value in read(request, EditionsForm(request.query_params)).items() if value}
        editions = Edition.objects.visible_to(user_of(request)).filter(**asked).select_related("region", "closed_by")
        pages = KeysetPagination()
        page = pages.paginate_queryset(editions.order_by("-id"), request, self)
        return pages.get_paginated_response(EditionSerializer(page, many=True).data)

    @extend_schema(
        summary="结账，或以新的一版重述",
        description="有变动等待统计、数字不平衡或有机构未确认时不能结账。已结账的月份须说明理由，成为新的一版。",
        request=NewEditionSerializer,
        responses={201: EditionSerializer},
    )
    def post(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        with alone(request) as answered:
            if answered:
                return answered
            return self.closed(request, user, now)

    def closed(self, request: Request, user: User, now: datetime) -> Response:
        form = NewEditionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        if not scope_of(user).allows_region(asked["region"]):
            raise Http404(asked["region"])
        if not scope_able(user, Capability.CLOSE_MONTHS).allows_region(asked["region"]):
            raise CapabilityMissing("您可以查看该地区，但无权结账；请由当地的主管或管理员办理")
        with about_to_close(asked["region"], asked["month"]) as mark:

            def closed() -> Answer:
                return Answer(EditionSerializer(close(**asked, actor=user, now=now, mark=mark)).data, 201)

            return answer_once(request, now=now, act=closed)


class ClosingView(APIView):
    """一版。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(summary="读取一版", operation_id="closings_read", responses=EditionSerializer)
    def get(self, request: Request, pk: str) -> Response:
        read(request, forms.Form(request.query_params))
        return Response(EditionSerializer(visible_edition(request, pk)).data)


class ClosingFiguresView(APIView):
    """一版的数字。"""

    token_scopes = {"GET": STATISTICS.name}

    @extend_schema(
        summary="列出一版公布的数字",
        description="没有列出的即为零。不含您无权知悉的检举控告件。",
        responses=FiguresPageSerializer,
        parameters=[
            parameter("subject", str, "统计主题；默认全部", enum=list(SUBJECTS)),
            parameter("region", str, "该版所含的下级地区；默认为该版的地区"),
            parameter("organization", int, "该版所含的机构；同时填写其所在区划（region）"),
        ],
    )
    def get(self, request: Request, pk: str) -> Response:
        edition, scope = visible_edition(request, pk), scope_of(user_of(request))
        asked = read(request, FiguresForm(request.query_params))
        subjects = open_subjects(scope, edition, asked["subject"])
        rows = edition.rows.filter(
            region_code=asked["region"] or edition.region_id, organization=asked["organization"], subject__in=subjects
        )
        cleared = {subject: is_cleared(edition, subject, scope) for subject in subjects}
        found = [
            {
                "subject": row.subject,
                "measure": entry["m"],
                "dimensions": dict(zip(filter(None, row.breakdown.split(",")), entry["d"], strict=True)),
                **parts_of(for_reader(entry, cleared=cleared[row.subject])),
            }
            for row in rows.order_by("subject", "breakdown")
            for entry in row.figures
        ]
        return Response({"next": None, "previous": None, "results": PublishedSerializer(found, many=True).data})


def parts_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": None if entry["v"] is None else float(entry["v"]),
        "counted": entry["n"],
        "base": entry["b"],
        "digest": entry["x"],
    }


class ClosingCasesView(APIView):
    """公布的数字背后的案件。"""

    token_scopes = {"GET": READ.name}

    @extend_schema(
        summary="列出公布的数字背后的案件",
        description="按公布时所知；各案 counted（比率另有 base）之和即公布的数。今日不在您范围内的案件只计数，不列明。",
        responses=PublishedPageSerializer,
        parameters=[
            parameter("subject", str, "统计主题", required=True, enum=list(SUBJECTS)),
            parameter("measure", str, "指标", required=True),
            parameter("region", str, "该版所含的下级地区"),
            parameter("organization", int, "该版所含的机构；同时填写其所在区划（region）"),
            parameter("after", int, "从哪一案件之后列起"),
        ],
    )
    def get(self, request: Request, pk: str) -> Response:
        edition, scope = visible_edition(request, pk), scope_of(user_of(request))
        form = BehindForm(request.query_params)
        figure = figure_asked(request, form, scope, edition)
        entry = entry_of(edition, figure, cleared=is_cleared(edition, figure.subject, scope))
        listed = [each for each in list_behind(edition, figure, scope) if each.case > (form.cleaned_data["after"] or 0)]
        page = listed[:MOST]
        numbers = visible_numbers([each.case for each in page], scope)
        rows = [
            {
                "case": each.case if each.case in numbers else None,
                "number": numbers.get(each.case),
                "counted": each.number,
                "base": each.base,
            }
            for each in page
        ]
        after = page[-1].case if len(listed) > MOST else None
        shown = {"after": after, "counted": entry["n"], "base": entry["b"], "digest": entry["x"]}
        return Response({**shown, "results": ShareSerializer(rows, many=True).data})
