"""/statistics/registers/: the committees, mediators or trainings behind a figure, as the registers stood on its day."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.mediators import MediatorSerializer
from api.organizations import OrganizationSerializer
from api.pagination import KeysetPagination
from api.serializers import Page, Plain
from api.tracing import A_FIGURE, traced
from api.trainings import TrainingSerializer
from casetrack.organizations.models import Mediator, Organization, Training
from casetrack.organizations.scope import Scope
from casetrack.stats import tracing

HIDDEN = "空：不是这一类，或后来迁出您的范围，只计数"


class RegisterRowSerializer(Plain):
    """An entry of a register behind a figure."""

    counted = serializers.IntegerField(label="计入多少：一个、一名、一次，或参加人次")
    organization = OrganizationSerializer(allow_null=True, label=f"调解组织；{HIDDEN}")
    mediator = MediatorSerializer(allow_null=True, label=f"调解员；{HIDDEN}")
    training = TrainingSerializer(allow_null=True, label=f"培训；{HIDDEN}")


class RegisterPageSerializer(Page):
    """A page of the entries of a register behind a figure."""

    total = serializers.IntegerField(label="所查看的数字本身；各页 counted 之和等于它")
    unit = serializers.CharField(label="单位")
    results = RegisterRowSerializer(many=True)


class RegisterTracingView(APIView):
    """数字背后的名册。"""

    @extend_schema(
        summary="列出数字背后的名册",
        description="统计数字中取自名册的数字的 cases 所指的网址：统计期末（或截止日）在册的调解组织、调解员，"
        "或统计期内的培训。各条 counted 之和即该数字。",
        responses=RegisterPageSerializer,
        parameters=A_FIGURE,
    )
    def get(self, request: Request) -> Response:
        figure = traced(request)
        pages = KeysetPagination()
        entries = pages.paginate_queryset(with_what_is_shown(tracing.entered_of(figure)).order_by("pk"), request, self)
        rows = RegisterRowSerializer([row_of(figure, entry) for entry in entries], many=True).data
        page = pages.get_paginated_response(rows)
        head = {name: page.data.pop(name) for name in ("next", "previous")}
        return Response({**head, "total": tracing.stated(figure), "unit": figure.indicator.unit, **page.data})


def with_what_is_shown(entries: QuerySet[Any]) -> QuerySet[Any]:
    if entries.model is Organization:
        return entries.prefetch_related("former_regions")
    return entries.select_related("organization") if entries.model is Mediator else entries


def row_of(figure: tracing.Traced, entry: Organization | Mediator | Training) -> dict[str, Any]:
    shown = entry if is_open_to(figure.scope, entry) else None
    return {
        "counted": getattr(entry, figure.summed) if figure.summed else 1,
        "organization": shown if isinstance(shown, Organization) else None,
        "mediator": shown if isinstance(shown, Mediator) else None,
        "training": shown if isinstance(shown, Training) else None,
    }


def is_open_to(scope: Scope, entry: Organization | Mediator | Training) -> bool:
    """Whether it may be seen today, as in every list; it counted where it lay on the day of the figure."""
    if isinstance(entry, Training):
        return scope.allows_region(entry.region_id)
    office = entry.organization if isinstance(entry, Mediator) else entry
    return scope.allows(region_code=office.region_id, organization_id=office.pk, kind=None)
