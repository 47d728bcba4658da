"""/organizations/, /mediators/, /trainings/: the offices, their people and courses, as far as the caller may see."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet

from api.masking import masked_number
from api.permissions import user_of
from api.serializers import OfModel
from casetrack.organizations.filtersets import MediatorFilterSet, OrganizationFilterSet, TrainingFilterSet
from casetrack.organizations.models import Mediator, Organization, Training

ID = "[0-9]{1,18}"


class OrganizationSerializer(OfModel[Organization]):
    """An office or committee."""

    region = serializers.CharField(source="region_id", label="所在区划代码")
    county = serializers.CharField(source="county_id", label="登记地区代码")
    parent_ = serializers.IntegerField(source="parent_id", allow_null=True, label="上级机构编号")

    class Meta:
        model = Organization
        fields = ("id", "name", "kind", "committee_kind", "region", "county", "parent_", "active_from", "active_to")


class MediatorSerializer(OfModel[Mediator]):
    """A mediator; the telephone is masked."""

    organization = serializers.IntegerField(source="organization_id", label="所属调解组织编号")
    phone = serializers.SerializerMethodField(label="联系电话（隐去中间数字）")

    class Meta:
        model = Mediator
        fields = (
            *("id", "organization", "name", "sex", "full_time", "education", "phone"),
            *("active_from", "active_to"),
        )

    def get_phone(self, mediator: Mediator) -> str:
        return masked_number(mediator.phone)


class TrainingSerializer(OfModel[Training]):
    """A course for mediators."""

    region = serializers.CharField(source="region_id", label="地区代码")

    class Meta:
        model = Training
        fields = ("id", "region", "held_on", "name", "attendance", "organizer")


@extend_schema_view(list=extend_schema(summary="查询机构"), retrieve=extend_schema(summary="读取一个机构"))
class OrganizationViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Organization]):
    """办理案件的机构和调解委员会。"""

    queryset: QuerySet[Organization] = Organization.objects.order_by("pk")
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilterSet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Organization]:
        return Organization.objects.visible_to(user_of(self.request)).order_by("pk")


@extend_schema_view(list=extend_schema(summary="查询人民调解员"), retrieve=extend_schema(summary="读取一名调解员"))
class MediatorViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Mediator]):
    """人民调解员。"""

    queryset: QuerySet[Mediator] = Mediator.objects.order_by("pk")
    serializer_class = MediatorSerializer
    filterset_class = MediatorFilterSet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Mediator]:
        return Mediator.objects.visible_to(user_of(self.request)).order_by("pk")


@extend_schema_view(list=extend_schema(summary="查询培训"), retrieve=extend_schema(summary="读取一次培训"))
class TrainingViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Training]):
    """人民调解员培训。"""

    queryset: QuerySet[Training] = Training.objects.order_by("-held_on", "-pk")
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilterSet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Training]:
        return Training.objects.visible_to(user_of(self.request)).order_by("-held_on", "-pk")
