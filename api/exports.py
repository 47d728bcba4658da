"""/exports/: whole lists as files, written by a worker."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.idempotency import Answer, answer_once
from api.jobs import ID, AnyRenderer, JobSerializer, attached
from api.permissions import refuse_without_scope, scope_able, user_of
from api.serializers import Plain
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import EXPORT
from casetrack.cases.filtersets import JobFilterSet
from casetrack.cases.jobs.asking import cancel
from casetrack.cases.models import Job
from casetrack.organizations.capabilities import Capability
from reports.exporting.jobs import EXPORTED, Export, ask_export
from reports.exporting.writing import CONTENT_TYPES

MOST_FIELDS = 200
MOST_VALUES = 100


PLAIN: dict[str, Any] = {"type": ["string", "integer", "boolean"]}


@extend_schema_field({"anyOf": [PLAIN, {"type": "array", "items": PLAIN, "maxItems": MOST_VALUES}]})
class FilterField(serializers.Field[Any, Any, Any, Any]):
    """The value of a filter, as in the address of the list; several where the list takes any of several."""

    def to_internal_value(self, data: Any) -> str | list[str]:
        if isinstance(data, list) and len(data) <= MOST_VALUES:
            return [self.plain(each) for each in data]
        return self.plain(data)

    def plain(self, data: Any) -> str:
        if isinstance(data, bool):
            return "true" if data else "false"
        if isinstance(data, str | int):
            return str(data)
        raise serializers.ValidationError(
            f"应为文字、整数、是/否（true/false），或由其组成的列表（最多{MOST_VALUES}项）"
        )

    def to_representation(self, value: Any) -> Any:
        return value


class NewExportSerializer(Plain):
    """Which list, narrowed by what, which of its columns, as what."""

    resource = serializers.ChoiceField(choices=[(each.name, each.label) for each in EXPORTED.values()], label="列表")
    format_ = serializers.ChoiceField(choices=[("xlsx", "Excel"), ("csv", "CSV")], default="xlsx", label="格式")
    filters = serializers.DictField(
        child=FilterField(),
        default=dict,
        label="条件，与该列表（figures：数字的 cases，或 closing 和公布的数字）的查询参数相同",
    )
    fields_ = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, max_length=MOST_FIELDS, label="列；不填为常用的列"
    )

    def export(self) -> Export:
        asked = self.validated_data
        return Export(asked["resource"], asked["format"], asked["filters"], asked["fields"])


class ExportSerializer(JobSerializer):
    """An export."""

    resource = serializers.SerializerMethodField(label="列表")
    format_ = serializers.SerializerMethodField("format_of", label="格式")
    filters = serializers.SerializerMethodField(label="条件；自由填写的不显示")
    fields_ = serializers.SerializerMethodField("columns_of", label="列；空：常用的列")
    file = serializers.SerializerMethodField(label="取文件的网址；空：没有或已过期")

    class Meta(JobSerializer.Meta):
        fields = (*JobSerializer.Meta.fields, "resource", "format_", "filters", "fields_", "file")

    def get_resource(self, job: Job) -> str:
        return Export.of(job).resource

    def format_of(self, job: Job) -> str:
        return Export.of(job).format

    def get_filters(self, job: Job) -> dict[str, str | list[str]]:
        export = Export.of(job)
        return EXPORTED[export.resource].shown(export.filters)

    def columns_of(self, job: Job) -> list[str]:
        return list(Export.of(job).fields)

    def get_file(self, job: Job) -> str | None:
        return reverse("export-file", args=[job.pk], request=self.context["request"]) if job.result_file else None


@extend_schema_view(
    list=extend_schema(summary="列出本人的导出"),
    retrieve=extend_schema(summary="读取一次导出的进度和结果"),
)
class ExportViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Job]):
    """将列表导出为文件。"""

    queryset: QuerySet[Job] = Job.objects.order_by("-id")
    serializer_class = ExportSerializer
    filterset_class = JobFilterSet
    lookup_value_regex = ID
    token_scopes = {method: EXPORT.name for method in ("GET", "POST")}

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.exports_of(user_of(self.request)).order_by("-id")

    @extend_schema(
        summary="导出列表",
        description="由后台执行：内容与本人此时以同样条件查询列表所见相同，姓名隐去。文件保留24小时，每次导出均留审计记录。"
        "resource 为 figures 时导出数字背后的清单，所问的数字写在表头；filters 中有 closing（一版的编号）时导出该版"
        "公布的数字背后的案件，条件与 /closings/{id}/cases/ 相同，行数以公布时所知为准。"
        "resource 为 audit 时只供审计员，令牌另须有 audit 范围。文件的摘要（SHA-256）记入审计记录。",
        request=NewExportSerializer,
        responses={202: ExportSerializer},
    )
    def create(self, request: Request) -> Response:
        user = user_of(request)
        scope_able(user, Capability.EXPORT)
        return answer_once(request, now=timezone.now(), act=lambda: self.asked(request, user))

    def asked(self, request: Request, user: User) -> Answer:
        asked = NewExportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        export = asked.export()
        if further := EXPORTED[export.resource].token_scope:
            refuse_without_scope(request, further)
        return self.accepted(ask_export(owner=user, export=export, now=timezone.now()))

    @extend_schema(
        summary="取导出的文件",
        description="CSV为带BOM的UTF-8。文件已过期则410。",
        responses={(200, content_type): OpenApiTypes.BINARY for content_type in CONTENT_TYPES.values()},
    )
    @action(detail=True, renderer_classes=[AnyRenderer])
    def file(self, request: Request, pk: str) -> FileResponse:
        job = self.get_object()
        export = Export.of(job)
        name = job.result.get("name", "")
        return attached(job, name=name, content_type=CONTENT_TYPES[export.format])

    @extend_schema(summary="取消导出", request=None, responses={202: ExportSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        now, job = timezone.now(), self.get_object()
        return answer_once(request, now=now, act=lambda: self.accepted(cancel(job_id=job.pk, now=now)))

    def accepted(self, job: Job) -> Answer:
        address = reverse("export-detail", args=[job.pk], request=self.request)
        return Answer(self.get_serializer(job).data, 202, {"Location": address})
