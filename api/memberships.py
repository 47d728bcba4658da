"""/memberships/: who works where as what: the caller's own, and those of the accounts that an administrator keeps."""

from collections.abc import Mapping
from datetime import datetime
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
from api.errors import FieldsRefused
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.organizations import RegionField
from api.permissions import scope_able, user_of
from api.preconditions import digest_named, etag_header
from api.schema import IF_MATCH
from api.serializers import OfModel, Plain
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import USERS
from casetrack.cases.models.record import KIND_CHOICES
from casetrack.organizations.account_filtersets import MembershipFilterSet
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import Role
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.granting import Held
from casetrack.organizations.keeping_memberships import add_membership, change_membership, remove_membership
from casetrack.organizations.managing import managed_memberships, managed_users
from casetrack.organizations.models import Membership, Organization, Region

ID = "[0-9]{1,18}"
KINDS_LABEL = "案件类型；空：全部类型"
CLEARED_LABEL = "可知悉限制知悉的案件（检举控告）；只能由自己获准知悉的管理员授予"


class MembershipSerializer(OfModel[Membership]):
    """A role in a region with all below it, or in one organization with its rooms."""

    user = serializers.IntegerField(source="user_id", label="用户编号")
    region = serializers.CharField(source="region_id", allow_null=True, label="区划代码，含其所有下级")
    organization = serializers.IntegerField(source="organization_id", allow_null=True, label="机构编号，含其调解室")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KIND_CHOICES), label=KINDS_LABEL)

    class Meta:
        model = Membership
        fields = ("id", "user", "role", "region", "organization", "kinds", "cleared")


class RightsSerializer(Plain):
    """What may be changed of a membership."""

    role = serializers.ChoiceField(choices=Role.choices, label="角色")
    kinds = serializers.ListField(
        child=serializers.ChoiceField(choices=KIND_CHOICES),
        max_length=len(KIND_CHOICES),
        default=list,
        label=KINDS_LABEL,
    )
    cleared = serializers.BooleanField(default=False, label=CLEARED_LABEL)


class PlacedRightsSerializer(RightsSerializer):
    """A role in a place: a region or an organization, one of the two."""

    region = RegionField(max_length=12, required=False, label="区划代码，含其所有下级；与机构二者择一")
    organization = serializers.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, label="机构编号，含其调解室；与地区二者择一"
    )

    def validate_region(self, code: str) -> str:
        if not Region.objects.filter(pk=code).exists():
            raise serializers.ValidationError(f"没有区划代码为“{code}”的地区")
        return code

    def validate_organization(self, pk: int) -> Organization:
        found = Organization.objects.visible_to(self.context["caller"]).filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError("没有这一机构，或不在您的管辖范围内")
        return found


class NewMembershipSerializer(PlacedRightsSerializer):
    """A membership to give."""

    user = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="用户编号")


def held_in(asked: Mapping[str, Any]) -> Held:
    return Held(
        role=asked["role"],
        region_code=asked.get("region"),
        organization=asked.get("organization"),
        kinds=tuple(sorted(set(asked["kinds"]))),
        cleared=asked["cleared"],
    )


@extend_schema_view(
    list=extend_schema(summary="查询任职", description="本人的任职；管理员还可看到其管理范围内账号的任职。"),
)
class MembershipViewSet(Listing, RetrieveModelMixin, GenericViewSet[Membership]):
    """任职：谁在何处任何角色。"""

    queryset: QuerySet[Membership] = Membership.objects.order_by("pk")
    serializer_class = MembershipSerializer
    filterset_class = MembershipFilterSet
    lookup_value_regex = ID
    token_scopes = {method: USERS.name for method in ("GET", "POST", "PATCH", "DELETE")}

    def get_queryset(self) -> QuerySet[Membership]:
        return managed_memberships(user_of(self.request)).order_by("pk")

    @extend_schema(summary="读取一个任职", description="ETag 供修改和撤销时使用。")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return answer(self.get_object()).response()

    @extend_schema(
        summary="授予任职",
        description="只能授予管理范围之内的，不超过自己所有的；不能授予自己。",
        request=NewMembershipSerializer,
        responses={201: MembershipSerializer},
    )
    def create(self, request: Request) -> Response:
        now, caller = timezone.now(), user_of(request)
        scope_able(caller, Capability.MANAGE_USERS)
        return answer_once(request, now=now, act=lambda: self.given(request, caller, now))

    def given(self, request: Request, caller: User, now: datetime) -> Answer:
        form = NewMembershipSerializer(data=request.data, context={"caller": caller})
        form.is_valid(raise_exception=True)
        user = managed_users(caller).filter(pk=form.validated_data["user"]).first()
        if user is None:
            raise FieldsRefused({"user": "没有这一账号，或不在您的管理范围内"})
        made = add_membership(user_id=user.pk, held=held_in(form.validated_data), actor=caller, now=now)
        return answer(made, 201, Location=reverse("membership-detail", args=[made.pk], request=request))

    @extend_schema(
        summary="变更任职",
        description="变更角色、案件类型或知悉许可；调往他处，请授予新的任职并撤销原来的。",
        request=RightsSerializer,
        responses=MembershipSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        membership, caller = self.get_object(), user_of(request)
        scope_able(caller, Capability.MANAGE_USERS)
        version, changes = digest_named(request, membership), changes_in(request, RightsSerializer)
        if "kinds" in changes:
            changes["kinds"] = tuple(sorted(set(changes["kinds"])))
        changed = change_membership(
            membership_id=membership.pk, changes=changes, actor=caller, now=timezone.now(), version=version
        )
        return answer(changed).response()

    @extend_schema(
        summary="撤销任职", description="立即生效。账号唯一的任职不能撤销，请停用账号。", parameters=[IF_MATCH]
    )
    def destroy(self, request: Request, pk: str) -> Response:
        membership, caller = self.get_object(), user_of(request)
        scope_able(caller, Capability.MANAGE_USERS)
        version = digest_named(request, membership)
        remove_membership(membership_id=membership.pk, actor=caller, now=timezone.now(), version=version)
        return Response(status=204)


def answer(membership: Membership, status: int = 200, **headers: str) -> Answer:
    return Answer(MembershipSerializer(membership).data, status, {**headers, **etag_header(membership)})
