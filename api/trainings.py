"""/trainings/: the courses held for mediators."""

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
from api.organizations import RegionField
from api.permissions import refuse_unless_kept, scope_able, user_of
from api.preconditions import digest_named, etag_header
from api.schema import IF_MATCH
from api.serializers import OfModel, Plain
from casetrack.organizations.capabilities import Capability
from casetrack.organizations.filtersets import TrainingFilterSet
from casetrack.organizations.keeping_people import TrainingDraft, add_training, change_training
from casetrack.organizations.models import Region, Training

ID = "[0-9]{1,18}"
MOST_PEOPLE = 1_000_000


class TrainingSerializer(OfModel[Training]):
    """A course for mediators."""

    region = serializers.CharField(source="region_id", label="地区代码")

    class Meta:
        model = Training
        fields = ("id", "region", "held_on", "name", "attendance", "organizer")


class TrainingChangesSerializer(Plain):
    """What is said of a training, and may be changed."""

    held_on = serializers.DateField(label="培训日期")
    name = serializers.CharField(max_length=200, label="培训名称")
    attendance = serializers.IntegerField(min_value=0, max_value=MOST_PEOPLE, label="参加人次")
    organizer = serializers.CharField(max_length=200, allow_blank=True, default="", label="举办单位")


class NewTrainingSerializer(TrainingChangesSerializer):
    """A training to enter."""

    region = RegionField(max_length=12, label="地区代码")

    def validate_region(self, code: str) -> Region:
        region = Region.objects.filter(pk=code).first()
        if region is None:
            raise serializers.ValidationError(f"没有区划“{code}”，代码见 /regions/")
        return region


@extend_schema_view(list=extend_schema(summary="查询培训"))
class TrainingViewSet(Listing, RetrieveModelMixin, GenericViewSet[Training]):
    """人民调解员培训。"""

    queryset: QuerySet[Training] = Training.objects.order_by("-held_on", "-pk")
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilterSet
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[Training]:
        return Training.objects.visible_to(user_of(self.request)).order_by("-held_on", "-pk")

    @extend_schema(summary="读取一次培训", description="ETag 供修改时使用。")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return answer(self.get_object()).response()

    @extend_schema(summary="登记培训", request=NewTrainingSerializer, responses={201: TrainingSerializer})
    def create(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        scope_able(user, Capability.KEEP_REGISTERS)

        def added() -> Answer:
            form = NewTrainingSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            draft = TrainingDraft(**form.validated_data)
            refuse_unless_kept(user, region_code=draft.region.pk, organization_id=None)
            made = add_training(draft=draft, actor=user, now=now)
            return answer(made, 201, Location=reverse("training-detail", args=[made.pk], request=request))

        return answer_once(request, now=now, act=added)

    @extend_schema(
        summary="修改培训",
        description="只改填写的项目。",
        request=TrainingChangesSerializer,
        responses=TrainingSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        training, user = self.get_object(), user_of(request)
        refuse_unless_kept(user, region_code=training.region_id, organization_id=None)
        version, changes = digest_named(request, training), changes_in(request, TrainingChangesSerializer)
        changed = change_training(
            training_id=training.pk, changes=changes, actor=user, now=timezone.now(), version=version
        )
        return answer(changed).response()


def answer(training: Training, status: int = 200, **headers: str) -> Answer:
    return Answer(TrainingSerializer(training).data, status, {**headers, **etag_header(training)})
