"""/reports/check/: the figures of a report, held against one another and the record; a file is a job."""

import json
from io import BytesIO
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.check_rows import CheckedSerializer, NewCheckSerializer, NewFileCheckSerializer
from api.errors import ParametersRefused
from api.files import file_answer
from api.idempotency import Answer, answer_once
from api.jobs import ID, AnyRenderer, JobSerializer
from api.parsers import StrictJsonParser
from api.periods import asked_of, parameter, subjects_open
from api.permissions import user_of
from api.tracing import lists_for
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import STATISTICS
from casetrack.cases.filtersets import JobFilterSet
from casetrack.cases.jobs import store
from casetrack.cases.jobs.asking import cancel
from casetrack.cases.jobs.fetching import ResultExpired, file_of
from casetrack.cases.models import Job
from casetrack.organizations.scope import scope_of
from reports.checking.jobs import MEDIA_TYPES, RESULT, TAKEN_AS, Compared, ask_check, part_of_result
from reports.checking.reviewing import review_of_text
from reports.documents.refusing import LARGEST_FILE


class FileForm(forms.Form):
    """As what the marked result is wanted."""

    as_ = forms.ChoiceField(required=False, choices=[(name, name) for name in TAKEN_AS])

    def add_prefix(self, field_name: str) -> str:
        return "as" if field_name == "as_" else field_name


class CheckSerializer(JobSerializer):
    """A check of a file."""

    region = serializers.CharField(source="region_code", label="与哪个区划的记录对照；空：未对照")
    year = serializers.SerializerMethodField(label="与哪一年的记录对照")
    file = serializers.SerializerMethodField(label="取标注结果的网址；空：没有或已过期")
    formats = serializers.SerializerMethodField(label="标注结果有哪些格式（as）")

    class Meta(JobSerializer.Meta):
        fields = (*JobSerializer.Meta.fields, "region", "year", "file", "formats")

    def get_year(self, job: Job) -> int | None:
        return Compared.of(job).year

    def get_file(self, job: Job) -> str | None:
        return reverse("report-check-file", args=[job.pk], request=self.context["request"]) if job.result_file else None

    def get_formats(self, job: Job) -> list[str]:
        return [name for name, part in TAKEN_AS.items() if part in job.result.get("formats", [])]


class CheckDetailSerializer(CheckSerializer):
    """A check of a file with its result."""

    result = serializers.SerializerMethodField(label="核对结果；空：没有或已过期")

    class Meta(CheckSerializer.Meta):
        fields = (*CheckSerializer.Meta.fields, "result")

    @extend_schema_field(CheckedSerializer(allow_null=True))
    def get_result(self, job: Job) -> Any:
        return json.loads(part_of(job, RESULT)) if job.result_file else None


def part_of(job: Job, name: str) -> bytes:
    try:
        return part_of_result(file_of(job), name)
    except store.FileGone:
        raise ResultExpired(f"任务{job.pk}的文件已不存在，请重新提交") from None


@extend_schema_view(
    list=extend_schema(summary="列出本人的报告核对"),
    retrieve=extend_schema(summary="读取一次报告核对的进度和结果"),
)
class ReportCheckViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Job]):
    """报告核对。"""

    largest_upload = LARGEST_FILE
    queryset: QuerySet[Job] = Job.objects.order_by("-id")
    filterset_class = JobFilterSet
    lookup_value_regex = ID
    token_scopes = {method: STATISTICS.name for method in ("GET", "POST")}

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.checks_of(user_of(self.request)).order_by("-id")

    def get_serializer_class(self) -> type[CheckSerializer]:
        return CheckSerializer if self.action == "list" else CheckDetailSerializer

    def get_parsers(self) -> list[Any]:
        both = self.action_map.get("post") == "create"
        return [StrictJsonParser(), MultiPartParser()] if both else [StrictJsonParser()]

    @extend_schema(
        summary="核对报告",
        description="文字（text）当即核对；文件（file）由后台核对，结果只给提交人，保留24小时。"
        "填写区划和年度的，与其记录对照；无权查看的统计主题不对照。",
        request={"application/json": NewCheckSerializer, "multipart/form-data": NewFileCheckSerializer},
        responses={200: CheckedSerializer, 202: CheckDetailSerializer},
    )
    def create(self, request: Request) -> Response:
        user = user_of(request)
        return answer_once(request, now=timezone.now(), act=lambda: self.asked(request, user))

    def asked(self, request: Request, user: User) -> Answer:
        of_file = "file" in request.FILES
        asked = (NewFileCheckSerializer if of_file else NewCheckSerializer)(data=request.data)
        asked.is_valid(raise_exception=True)
        compared, scope = asked.compared(), scope_of(user)
        if compared.region:
            subjects_open(scope, region=compared.region, organization=None)
        if not of_file:
            found = review_of_text(asked.validated_data["text"], compared.wish(scope), today=timezone.localdate())
            return Answer(found.as_json(lists_for(request).behind), 200)
        file, site = asked.validated_data["file"].keep(), request.build_absolute_uri("/")
        return self.accepted(ask_check(owner=user, file=file, compared=compared, site=site, now=timezone.now()))

    @extend_schema(
        summary="取标注后的报告",
        description="html：单独成页的网页；docx：所送Word文件的副本，各数字处有批注。文件已过期则410。",
        parameters=[parameter("as", str, "格式，默认 html；docx 限所送为Word文件的", enum=list(TAKEN_AS))],
        responses={(200, content_type): OpenApiTypes.BINARY for content_type in MEDIA_TYPES.values()},
    )
    @action(detail=True, renderer_classes=[AnyRenderer], filterset_class=None)
    def file(self, request: Request, pk: str) -> FileResponse:
        part = TAKEN_AS[asked_of(request, FileForm(request.query_params))["as_"] or "html"]
        job = self.get_object()
        file_of(job)
        if part not in job.result["formats"]:
            raise ParametersRefused({"as": "所送的不是Word文件，没有批注的副本，请取网页（html）"})
        name = f"核对结果{job.pk}.{part.rpartition('.')[2]}"
        return file_answer(BytesIO(part_of(job, part)), name=name, content_type=MEDIA_TYPES[part])

    @extend_schema(summary="取消报告核对", request=None, responses={202: CheckDetailSerializer})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        now, job = timezone.now(), self.get_object()
        return answer_once(request, now=now, act=lambda: self.accepted(cancel(job_id=job.pk, now=now)))

    def accepted(self, job: Job) -> Answer:
        address = reverse("report-check-detail", args=[job.pk], request=self.request)
        return Answer(self.get_serializer(job).data, 202, {"Location": address})
