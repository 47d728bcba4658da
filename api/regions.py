"""/regions/: the divisions of the country. Public codes, open to everyone who is logged in."""

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet

from api.listing import Listing
from api.serializers import OfModel
from casetrack.organizations.filtersets import RegionFilterSet
from casetrack.organizations.models import Region

CODE = OpenApiParameter("code", str, OpenApiParameter.PATH, description="区划代码，12位", pattern="^[0-9]{12}$")


class RegionSerializer(OfModel[Region]):
    """A division."""

    parent_ = serializers.CharField(source="parent_id", allow_null=True, label="上级区划代码")

    class Meta:
        model = Region
        fields = ("code", "name", "level", "parent_")


@extend_schema_view(
    list=extend_schema(summary="查询行政区划"),
    retrieve=extend_schema(summary="读取一个行政区划", parameters=[CODE]),
)
class RegionViewSet(Listing, RetrieveModelMixin, GenericViewSet[Region]):
    """行政区划，按代码排列。"""

    queryset: QuerySet[Region] = Region.objects.order_by("code")
    serializer_class = RegionSerializer
    filterset_class = RegionFilterSet
    lookup_value_regex = "[0-9]{12}"
