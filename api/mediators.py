"""/mediators/: who mediates, and where. Their names are public; their telephones are shown for a stated purpose."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.changes import changes_in
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.permissions import refuse_unless_kept, refuse_unless_readable, refuse_without_scope, scope_able, user_of
from api.preconditions import digest_named, etag_header
from api.purposes import purpose_of
from api.schema import IF_MATCH, PURPOSE
from api.serializers import OfModel, Plain
from casetrack.accounts.token_scopes import PERSONAL
from casetrack.lib.masking import masked_number
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.choices import Sex
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.filtersets import MediatorFilterSet
from casetrack.organizations.keeping_people import MediatorDraft, add_mediator, change_mediator, read_mediator
from casetrack.organizations.models import Mediator, Organization

ID = "[0-9]{1,18}"


class MediatorSerializer(OfModel[Mediator]):
    """A mediator; the telephone is masked, unless the context says that it is to be shown whole."""

    organization = serializers.IntegerField(source="organization_id", label="所属调解组织编号")
    phone = serializers.SerializerMethodField(label="联系电话（未说明目的时隐去中间数字）")

    class Meta:
        model = Mediator
        fields = (
            *("id", "organization", "name", "sex", "full_time", "education", "phone"),
            *("active_from", "active_to"),
        )

    def get_phone(self, mediator: Mediator) -> str:
        return mediator.phone if self.context.get("whole") else masked_number(mediator.phone)


class MediatorDetailsSerializer(Plain):
    """What a register says of a mediator."""

    name = serializers.CharField(max_length=64, label="姓名")
    sex = serializers.ChoiceField(choices=Sex.choices, allow_blank=True, default="", label="性别")
    full_time = serializers.BooleanField(default=False, label="专职")
    education = serializers.CharField(max_length=32, allow_blank=True, default="", label="文化程度")
    phone = serializers.CharField(max_length=50, allow_blank=True, default="", label="联系电话")
    active_from = serializers.DateField(required=False, allow_null=True, label="聘任日期")


class NewMediatorSerializer(MediatorDetailsSerializer):
    """A mediator to enter in the register."""

    organization = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="所属调解组织编号")

    def validate_organization(self, pk: int) -> Organization:
        organization = Organization.objects.visible_to(self.context["user"]).filter(pk=pk).first()
        if organization is None:
            raise serializers.ValidationError("没有这一机构，或不在您的管辖范围内")
        return organization


class MediatorChangesSerializer(MediatorDetailsSerializer):
    """What may be changed of a mediator."""

    active_to = serializers.DateField(allow_null=True, label="解聘日期，自该日起不再任职")


@extend_schema_view(list=extend_schema(summary="查询人民调解员"))
class MediatorViewSet(Listing, GenericViewSet[Mediator]):
    """人民调解员。"""

    queryset: QuerySet[Mediator] = Mediator.objects.order_by("pk")
    serializer_class = MediatorSerializer
    filterset_class = MediatorFilterSet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Mediator]:
        return Mediator.objects.visible_to(user_of(self.request)).order_by("pk")

    @extend_schema(
        summary="读取一名调解员",
        description="填写 purpose 才给出完整的电话，每次读取都记入审计记录。ETag 供修改时使用。",
        parameters=[PURPOSE],
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        purpose, mediator, user = purpose_of(request), self.get_object(), user_of(request)
        if purpose is None:
            return answer(mediator).response()
        refuse_without_scope(request, PERSONAL.name)
        refuse_unless_readable(user, mediator.organization)
        whole = read_mediator(mediator_id=mediator.pk, purpose=purpose, actor=user, now=timezone.now())
        return answer(whole, whole=True).response()

    @extend_schema(summary="登记调解员", request=NewMediatorSerializer, responses={201: MediatorSerializer})
    def create(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        scope_able(user, Capability.KEEP_REGISTERS)

        def added() -> Answer:
            form = NewMediatorSerializer(data=request.data, context={"user": user})
            form.is_valid(raise_exception=True)
            draft = MediatorDraft(**form.validated_data)
            organization = draft.organization
            refuse_unless_kept(user, region_code=organization.region_id, organization_id=organization.pk)
            made = add_mediator(draft=draft, actor=user, now=now)
            return answer(made, 201, Location=reverse("mediator-detail", args=[made.pk], request=request))

        return answer_once(request, now=now, act=added)

    @extend_schema(
        summary="修改调解员",
        description="只改填写的项目。不再任职的填写 active_to。",
        request=MediatorChangesSerializer,
        responses=MediatorSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        mediator, user = self.get_object(), user_of(request)
        place = mediator.organization
        refuse_unless_kept(user, region_code=place.region_id, organization_id=place.pk)
        version, changes = digest_named(request, mediator), changes_in(request, MediatorChangesSerializer)
        changed = change_mediator(
            mediator_id=mediator.pk, changes=changes, actor=user, now=timezone.now(), version=version
        )
        return answer(changed).response()


def answer(mediator: Mediator, status: int = 200, *, whole: bool = False, **headers: Any) -> Answer:
    shown = MediatorSerializer(mediator, context={"whole": whole})
    return Answer(shown.data, status, {**headers, **etag_header(mediator)})
