"""/deadlines/ and /cases/{id}/deadlines/: the clocks of cases, and how near their ends are."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.viewsets import GenericViewSet

from api.cases import visible_case
from api.listing import Listing
from api.permissions import user_of
from api.serializers import OfModel, Plain
from casetrack.cases.filtersets import DeadlineFilterSet
from casetrack.cases.models import Deadline
from casetrack.cases.sweep import Light, light_of


class CaseNamedSerializer(Plain):
    """The case of a clock."""

    id = serializers.IntegerField(label="编号")
    number = serializers.CharField(label="案号")


class ReceiptLineSerializer(Plain):
    """A line of how the days were counted."""

    code = serializers.CharField()
    text = serializers.CharField(label="说明")


class DeadlineSerializer(OfModel[Deadline]):
    """A clock: the last day, the article that gives it, and the light it shows."""

    case = CaseNamedSerializer(label="案件")
    organization = serializers.IntegerField(source="organization_id", label="承办机构编号")
    region = serializers.CharField(source="region_code", label="区划代码")
    label_ = serializers.CharField(label="期限")
    light = serializers.SerializerMethodField(label="灯；空：已终结、已中止，或不是承办机构的期限")

    class Meta:
        model = Deadline
        fields: tuple[str, ...] = (
            *("case", "organization", "region", "kind", "duty", "whose", "label_", "rule", "article", "counted_from"),
            *("due_on", "rolled_on", "act_by", "yellow_on", "red_on", "light", "verified", "provisional"),
            *("paused_on", "ended_on", "dropped"),
        )

    @extend_schema_field({"type": ["string", "null"], "enum": [*(light.value for light in Light), None]})
    def get_light(self, deadline: Deadline) -> str | None:
        day: date = self.context["day"]
        light = light_of(deadline, day)
        return None if light is None else light.value


class CaseDeadlineSerializer(DeadlineSerializer):
    """A clock of one case, with the days as they were counted."""

    receipt = ReceiptLineSerializer(many=True, label="计算过程")

    class Meta(DeadlineSerializer.Meta):
        fields = (*DeadlineSerializer.Meta.fields, "receipt")


@extend_schema_view(list=extend_schema(summary="查询进行中的期限", description="最先届满的在前。on 指定按哪一天看灯。"))
class DeadlineViewSet(Listing, GenericViewSet[Deadline]):
    """进行中的期限。"""

    queryset: QuerySet[Deadline] = Deadline.objects.order_by("act_by", "pk")
    serializer_class = DeadlineSerializer
    filterset_class = DeadlineFilterSet

    def get_queryset(self) -> QuerySet[Deadline]:
        return (
            Deadline.objects.visible_to(user_of(self.request))
            .running()
            .select_related("case")
            .defer("receipt")
            .order_by("act_by", "pk")
        )

    def filterset_kwargs(self) -> dict[str, Any]:
        return {"today": timezone.localdate()}

    def get_serializer_context(self) -> dict[str, Any]:
        filterset = getattr(self, "filterset", None)
        return {**super().get_serializer_context(), "day": filterset.day if filterset else timezone.localdate()}


@extend_schema_view(list=extend_schema(summary="列出案件的期限", description="包括已终结的，附计算过程。"))
class CaseDeadlineViewSet(Listing, GenericViewSet[Deadline]):
    """一个案件的期限。"""

    queryset: QuerySet[Deadline] = Deadline.objects.order_by("counted_from", "pk")
    serializer_class = CaseDeadlineSerializer

    def get_queryset(self) -> QuerySet[Deadline]:
        return super().get_queryset().filter(case=visible_case(self.request, self.kwargs["case_id"]))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "day": timezone.localdate()}
