"""/organizations/: the offices and committees, as far as the caller may see, and kept by whoever keeps the register."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.changes import changes_in
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.permissions import refuse_unless_kept, scope_able, user_of
from api.preconditions import digest_named, etag_header
from api.schema import IF_MATCH
from api.serializers import OfModel, Plain
from casetrack.cases.offices import change_office
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import CommitteeKind, OrganizationKind
from casetrack.organizations.divisions import InvalidCode, complete
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.filtersets import OrganizationFilterSet
from casetrack.organizations.keeping_organizations import OrganizationDraft, add_organization
from casetrack.organizations.models import Organization

ID = "[0-9]{1,18}"


class FormerRegionSerializer(Plain):
    """Where an organization once lay."""

    region = serializers.CharField(source="region_id", label="曾在区划代码")
    since = serializers.DateField(allow_null=True, label="自该日起；空：自始")
    until = serializers.DateField(label="至该日止，自该日起已迁出")


class OrganizationSerializer(OfModel[Organization]):
    """An office or committee."""

    region = serializers.CharField(source="region_id", label="所在区划代码")
    county = serializers.CharField(source="county_id", label="登记地区代码")
    parent_ = serializers.IntegerField(source="parent_id", allow_null=True, label="上级机构编号")
    former_regions = FormerRegionSerializer(many=True, label="曾在的区划；从未迁移的为空")

    class Meta:
        model = Organization
        fields = (
            "id",
            "name",
            "kind",
            "committee_kind",
            "region",
            "county",
            "parent_",
            "active_from",
            "active_to",
            "settled_on",
            "former_regions",
        )


class RegionField(serializers.CharField):
    """A division code, whole or by its first digits."""

    def to_internal_value(self, data: Any) -> str:
        try:
            return complete(super().to_internal_value(data))
        except InvalidCode as invalid:
            raise serializers.ValidationError(str(invalid)) from invalid


class NewOrganizationSerializer(Plain):
    """An organization to enter in the register."""

    name = serializers.CharField(max_length=200, label="名称")
    kind = serializers.ChoiceField(choices=OrganizationKind.choices, label="机构类型")
    committee_kind = serializers.ChoiceField(
        choices=CommitteeKind.choices, default="", label="调委会类型；机构为人民调解委员会时填写"
    )
    region = RegionField(max_length=12, label="所在区划代码")
    parent_ = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, label="上级机构编号；调解室所属的调解委员会"
    )
    active_from = serializers.DateField(required=False, allow_null=True, label="成立日期")

    def validate_parent(self, pk: int) -> Organization:
        parent: Organization | None = self.context["visible"].filter(pk=pk).first()
        if parent is None:
            raise serializers.ValidationError("没有这一机构，或不在您的管辖范围内")
        return parent


class OrganizationChangesSerializer(Plain):
    """What may be changed of an organization."""

    name = serializers.CharField(max_length=200, label="名称")
    committee_kind = serializers.ChoiceField(choices=CommitteeKind.choices, label="调委会类型")
    active_from = serializers.DateField(allow_null=True, label="成立日期")
    active_to = serializers.DateField(allow_null=True, label="撤销日期，自该日起不再存续")
    region = RegionField(max_length=12, label="迁入的区划代码；须同时填写 moved_on")
    moved_on = serializers.DateField(label="迁移日期，自该日起收到的案件计入新的区划")


@extend_schema_view(list=extend_schema(summary="查询机构"))
class OrganizationViewSet(Listing, RetrieveModelMixin, GenericViewSet[Organization]):
    """办理案件的机构和调解委员会。"""

    queryset: QuerySet[Organization] = Organization.objects.order_by("pk")
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilterSet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Organization]:
        return Organization.objects.visible_to(user_of(self.request)).prefetch_related("former_regions").order_by("pk")

    @extend_schema(summary="读取一个机构", description="ETag 供修改时使用。")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return answer(self.get_object()).response()

    @extend_schema(
        summary="登记机构",
        description="记入所在县级（或直管的地级）地区的名册；同一名册中名称不重复。",
        request=NewOrganizationSerializer,
        responses={201: OrganizationSerializer},
    )
    def create(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        scope_able(user, Capability.KEEP_REGISTERS)

        def added() -> Answer:
            form = NewOrganizationSerializer(data=request.data, context={"visible": self.get_queryset()})
            form.is_valid(raise_exception=True)
            asked = form.validated_data
            refuse_unless_kept(user, region_code=asked["region"], organization_id=None)
            draft = OrganizationDraft(region_code=asked.pop("region"), **asked)
            made = add_organization(draft=draft, actor=user, now=now)
            return answer(made, 201, Location=reverse("organization-detail", args=[made.pk], request=request))

        return answer_once(request, now=now, act=added)

    @extend_schema(
        summary="修改机构",
        description="只改填写的项目。撤销机构填写 active_to；改变调委会类型后，其案件按新的类型统计。"
        "机构划归其他区划的，填写 region 和 moved_on：自该日起收到的案件计入新的区划，此前收到的仍计入原区划。",
        request=OrganizationChangesSerializer,
        responses=OrganizationSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        organization, user = self.get_object(), user_of(request)
        refuse_unless_kept(user, region_code=organization.region_id, organization_id=organization.pk)
        version, changes = digest_named(request, organization), changes_in(request, OrganizationChangesSerializer)
        if "region" in changes:  # whoever keeps the register that it leaves keeps the one that it enters, too
            refuse_unless_kept(user, region_code=changes["region"], organization_id=None)
        changed = change_office(
            organization_id=organization.pk, changes=changes, actor=user, now=timezone.now(), version=version
        )
        return answer(changed).response()


def answer(organization: Organization, status: int = 200, **headers: str) -> Answer:
    return Answer(OrganizationSerializer(organization).data, status, {**headers, **etag_header(organization)})
