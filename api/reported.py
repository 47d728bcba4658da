"""/reported/: figures that no case holds, as the bodies report them; a correction is a further version."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
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
from api.events import ActorSerializer
from api.idempotency import Answer, answer_once
from api.listing import Listing
from api.permissions import RoleRefused, user_of, writing_scope
from api.preconditions import etag_of, number_named
from api.schema import IF_MATCH
from api.serializers import OfModel, Plain
from casetrack.accounts.models import User
from casetrack.organizations.filters import LARGEST_ID
from casetrack.organizations.models import Organization, ReportedVersion
from casetrack.organizations.reported.catalog import reportable
from casetrack.organizations.reported.choices import Qualifier
from casetrack.organizations.reported.filterset import ReportedFilterSet
from casetrack.organizations.reported.keeping import ReportedDraft, correct, report
from casetrack.organizations.reported.querysets import OF_KINDS

ID = "[0-9]{1,18}"
DIGEST = "^[0-9a-f]{64}$"


class ReportedSerializer(OfModel[ReportedVersion]):
    """A reported figure in one of its versions."""

    id = serializers.IntegerField(source="figure_id", label="编号")
    organization = serializers.IntegerField(source="figure.organization_id", label="报送单位编号")
    organization_name = serializers.CharField(source="figure.organization.name", label="报送单位")
    region = serializers.CharField(source="figure.region_code", label="报送时单位所在的区划代码")
    whole_region = serializers.BooleanField(source="figure.whole_region", label="全地区汇总数")
    subject = serializers.CharField(source="figure.subject", label="统计主题")
    measure = serializers.CharField(source="figure.measure", label="指标")
    label_ = serializers.SerializerMethodField(label="指标名称")
    unit = serializers.SerializerMethodField(label="单位")
    dimensions = serializers.DictField(
        source="figure.dimensions", child=serializers.CharField(), label="维度的取值，如议案提案的来源"
    )
    from_ = serializers.DateField(source="figure.first", label="报送期的开始日")
    to = serializers.DateField(source="figure.last", label="报送期的结束日")
    value = serializers.FloatField(allow_null=True, label="数值；空：已撤回")
    version = serializers.IntegerField(source="number", label="版本")
    entered_by = ActorSerializer(allow_null=True, label="填报人；空：批量导入")

    class Meta:
        model = ReportedVersion
        fields: tuple[str, ...] = (
            *("id", "organization", "organization_name", "region", "whole_region", "subject", "measure", "label_"),
            *("unit", "dimensions", "from_", "to", "value", "qualifier", "source", "evidence", "evidence_digest"),
            *("version", "reason", "entered_by", "entered_at"),
        )

    def get_label(self, row: ReportedVersion) -> str:
        found = reportable(row.figure.subject, row.figure.measure)
        return found.label if found else row.figure.measure

    def get_unit(self, row: ReportedVersion) -> str:
        found = reportable(row.figure.subject, row.figure.measure)
        return found.unit if found else ""


class SaidSerializer(Plain):
    """How much, on whose word."""

    value = serializers.DecimalField(max_digits=16, decimal_places=4, coerce_to_string=False, label="数值")
    qualifier = serializers.ChoiceField(
        choices=Qualifier.choices, allow_blank=True, default="", label="数值的限定；空：准确数"
    )
    source_ = serializers.CharField(max_length=200, label="数据来源，如台账、系统或文件的名称")
    evidence = serializers.CharField(max_length=2000, allow_blank=True, default="", label="依据；不写个人信息")
    evidence_digest = serializers.RegexField(DIGEST, allow_blank=True, default="", label="依据附件的sha256摘要")


class CorrectionSerializer(SaidSerializer):
    """What is said anew, and why. A value of null withdraws the figure."""

    value = serializers.DecimalField(
        max_digits=16, decimal_places=4, allow_null=True, coerce_to_string=False, label="数值；空：撤回"
    )
    reason = serializers.CharField(max_length=500, label="更正原因")


class NewReportedSerializer(SaidSerializer):
    """A figure to report."""

    organization = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, label="报送单位编号")
    subject = serializers.CharField(max_length=32, label="统计主题")
    measure = serializers.CharField(max_length=40, label="指标")
    dimensions = serializers.DictField(
        child=serializers.CharField(max_length=32), default=dict, label="维度的取值，如 origin"
    )
    from_ = serializers.DateField(label="报送期的开始日")
    to = serializers.DateField(label="报送期的结束日")
    whole_region = serializers.BooleanField(
        default=False, label="全地区汇总数：代替辖区内各单位同期的报送数；默认为本单位的数字"
    )

    def validate_organization(self, pk: int) -> Organization:
        visible = Organization.objects.visible_to(self.context["user"]).select_related("region")
        found = visible.filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError("没有这一机构，或不在您的管辖范围内")
        return found

    def draft(self) -> ReportedDraft:
        said: dict[str, Any] = dict(self.validated_data)
        return ReportedDraft(first=said.pop("from"), last=said.pop("to"), **said)


@extend_schema_view(list=extend_schema(summary="查询报送数字"))
class ReportedViewSet(Listing, RetrieveModelMixin, GenericViewSet[ReportedVersion]):
    """没有案件可统计、由单位报送的数字：热线、议案提案、法律咨询等。"""

    queryset: QuerySet[ReportedVersion] = ReportedVersion.objects.order_by("-pk")
    serializer_class = ReportedSerializer
    filterset_class = ReportedFilterSet
    lookup_field = "figure"
    lookup_url_kwarg = "pk"
    lookup_value_regex = ID

    def get_queryset(self) -> QuerySet[ReportedVersion]:
        rows = ReportedVersion.objects.latest_of().visible_to(user_of(self.request))
        return rows.select_related("figure__organization", "entered_by").order_by("-pk")

    @extend_schema(summary="读取一项报送数字", description="最新的版本；ETag 供更正时使用。")
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return answer(self.get_object()).response()

    @extend_schema(
        summary="报送数字",
        description="按月报送，只知道季度或年度数的按该期间报送；同一单位的同一指标，各期不得重叠（比率除外）。",
        request=NewReportedSerializer,
        responses={201: ReportedSerializer},
    )
    def create(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        writing_scope(user)

        def added() -> Answer:
            form = NewReportedSerializer(data=request.data, context={"user": user})
            form.is_valid(raise_exception=True)
            draft = form.draft()
            refuse_unless_own(user, draft.organization, draft.subject, draft.organization.region_id)
            made = report(draft=draft, actor=user, now=now)
            address = reverse("reported-detail", args=[made.figure_id], request=request)
            return answer(made, 201, Location=address)

        return answer_once(request, now=now, act=added)

    @extend_schema(
        summary="更正或撤回报送数字",
        description="只改填写的项目，须写明原因；value 为 null 即撤回。原来的版本保留。",
        request=CorrectionSerializer,
        responses=ReportedSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        latest, user = self.get_object(), user_of(request)
        refuse_unless_own(user, latest.figure.organization, latest.figure.subject, latest.figure.region_code)
        version, changes = number_named(request, latest.number), changes_in(request, CorrectionSerializer)
        reason = changes.pop("reason", None)
        if not reason or not changes:
            raise FieldsRefused({"reason" if changes else "value": "请填写更正的内容和更正原因（reason）"})
        made = correct(
            figure_id=latest.figure_id,
            changes=changes,
            reason=reason,
            actor=user,
            now=timezone.now(),
            version=version,
        )
        return answer(made).response()


@extend_schema_view(list=extend_schema(summary="列出报送数字的各版本"))
class ReportedVersionViewSet(Listing, GenericViewSet[ReportedVersion]):
    """一项报送数字的各个版本：谁在何时报了多少，为何更正。"""

    queryset: QuerySet[ReportedVersion] = ReportedVersion.objects.order_by("number", "pk")
    serializer_class = ReportedSerializer

    def get_queryset(self) -> QuerySet[ReportedVersion]:
        visible = ReportedVersion.objects.visible_to(user_of(self.request)).filter(figure=self.kwargs["figure_id"])
        if not visible.exists():
            raise Http404
        return visible.select_related("figure__organization", "entered_by").order_by("number", "pk")


def refuse_unless_own(user: User, organization: Organization, subject: str, region_code: str) -> None:
    """For reporting: the caller works there, and with this kind of case where the figure belongs to one."""
    kind = subject if subject in OF_KINDS else None
    allowed = writing_scope(user).allows(region_code=region_code, organization_id=organization.pk, kind=kind)
    if not allowed:
        raise RoleRefused(f"您可以查看“{organization.name}”的数字，但无权填报；请由该单位的经办人或主管填报")


def answer(row: ReportedVersion, status: int = 200, **headers: str) -> Answer:
    return Answer(ReportedSerializer(row).data, status, {**headers, "ETag": etag_of(row.number)})
