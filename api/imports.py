"""/imports/: ledgers and registers sent in as files, taken in by a worker; and their undoing."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
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

from api.idempotency import Answer, answer_once
from api.import_mapping import FormFlag, MappingField, OutlineSerializer, SheetMappingSerializer
from api.jobs import ID, AnyRenderer, JobSerializer, unsealed
from api.parsers import StrictJsonParser
from api.permissions import user_of, writing_scope
from api.serializers import Plain
from casetrack.accounts.models import User
from casetrack.accounts.token_scopes import WRITE
from casetrack.cases.filtersets import JobFilterSet
from casetrack.cases.jobs.asking import cancel
from casetrack.cases.jobs.imports import ask_import, kinds_open_to
from casetrack.cases.jobs.undoing import ask_undo
from casetrack.cases.jobs.uploads import LARGEST_REQUEST, SealedUpload
from casetrack.cases.models import Job
from casetrack.lib.file_types import XLSX
from casetrack.organizations.divisions import InvalidCode, complete

MOST_FILES = 20
NOT_THEIRS: dict[str, Any] = {"rejected": [], "preview": [], "outline": None}  # shown to those who sent it
NOT_KEPT: dict[str, Any] = {"columns": [], "preview": [], "outline": None}  # with imports of former releases


class RejectedRowSerializer(Plain):
    """A row that was not taken in."""

    row = serializers.IntegerField(label="行号")
    number = serializers.CharField(label="案号")
    reason = serializers.CharField(label="拒收原因")


class PreviewedRowSerializer(Plain):
    """One of the first rows as it is read, personal data masked."""

    row = serializers.IntegerField(label="行号")
    cells = serializers.ListField(child=serializers.CharField(), label="各列的读法，与 columns 同序")


class SheetSerializer(Plain):
    """What became of one sheet."""

    file = serializers.CharField(label="文件名")
    sheet = serializers.CharField(label="工作表")
    ledger = serializers.CharField(label="识别为何种台账或名册")
    batch = serializers.IntegerField(allow_null=True, label="批次；试导入没有")
    counts = serializers.DictField(child=serializers.IntegerField(), label="各类行数")
    notes = serializers.ListField(child=serializers.CharField(), label="提示")
    columns = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), label="识别的列：表中的表头，和这种台账通常的表头"
    )
    preview = PreviewedRowSerializer(many=True, label="前5行的读法（只在试导入时，只给提交人；个人信息已遮盖）")
    outline = OutlineSerializer(allow_null=True, label="各列的表头和依据（只在试导入时，只给提交人）")
    rejected = RejectedRowSerializer(many=True, label="拒收的行（最多50行，只给提交人；全部见 errors/）")


class UnreadSerializer(Plain):
    """A file or sheet that was not read, or read with a doubt."""

    file = serializers.CharField(label="文件名")
    sheet = serializers.CharField(label="工作表")
    reason = serializers.CharField(label="原因")
    outline = OutlineSerializer(allow_null=True, label="没有识别的工作表的表头，可据以对照（只给提交人）")


class RestatedMonthSerializer(Plain):
    """A closed month whose figures no longer stand as they were published, since an import was undone."""

    region = serializers.CharField(label="区划代码")
    month = serializers.CharField(label="月份")
    edition = serializers.IntegerField(label="最近公布的版次")


class ImportSerializer(JobSerializer):
    """An import, or the undoing of one."""

    region = serializers.CharField(source="region_code", label="区划代码")

    class Meta(JobSerializer.Meta):
        fields = (*JobSerializer.Meta.fields, "region")


class ImportDetailSerializer(ImportSerializer):
    """An import with what became of every sheet."""

    dry_run = serializers.SerializerMethodField(label="试导入：只给结果，不写入")
    files = serializers.SerializerMethodField(label="文件名")
    mapping = serializers.SerializerMethodField(label="按怎样的对照读取；空：由表头识别")
    undoes = serializers.SerializerMethodField(label="撤销的是哪次导入")
    restates = serializers.SerializerMethodField(label="由此重述的已结账月份")
    sheets = serializers.SerializerMethodField(label="各工作表")
    unread = serializers.SerializerMethodField(label="未能读取的文件和工作表")
    notes = serializers.SerializerMethodField(label="提示")

    class Meta(ImportSerializer.Meta):
        fields = (
            *ImportSerializer.Meta.fields,
            "dry_run",
            "files",
            "mapping",
            "undoes",
            "restates",
            "sheets",
            "unread",
            "notes",
        )

    def get_dry_run(self, job: Job) -> bool:
        return bool(job.parameters.get("dry_run"))

    def get_files(self, job: Job) -> list[str]:
        return [file["name"] for file in job.parameters.get("files", [])]

    @extend_schema_field(SheetMappingSerializer(many=True))
    def get_mapping(self, job: Job) -> Any:
        return job.parameters.get("mapping", [])

    def get_undoes(self, job: Job) -> int | None:
        return job.parameters.get("import")

    @extend_schema_field(RestatedMonthSerializer(many=True))
    def get_restates(self, job: Job) -> Any:
        return job.result.get("restates", [])

    @extend_schema_field(SheetSerializer(many=True))
    def get_sheets(self, job: Job) -> Any:
        own = job.is_of(self.context["user"])
        found = job.result.get("sheets", [])
        shown = [{name: value for name, value in sheet.items() if name != "recalled"} for sheet in found]
        return [{**NOT_KEPT, **sheet, **({} if own else NOT_THEIRS)} for sheet in shown]

    @extend_schema_field(UnreadSerializer(many=True))
    def get_unread(self, job: Job) -> Any:
        return self.told(job, "unread")

    @extend_schema_field(UnreadSerializer(many=True))
    def get_notes(self, job: Job) -> Any:
        return self.told(job, "notes")

    def told(self, job: Job, name: str) -> list[dict[str, Any]]:
        own = job.is_of(self.context["user"])
        return [{"outline": None, **each, **({} if own else {"outline": None})} for each in job.result.get(name, [])]


class UndoSerializer(Plain):
    """How to undo an import."""

    restating = serializers.CharField(
        max_length=200, required=False, label="案件已计入结账公布的数字时，重述的理由；不填则不撤销"
    )


class NewImportSerializer(Plain):
    """Files to take in, for a region."""

    region = serializers.CharField(max_length=12, label="区划代码，如620522")
    files = serializers.ListField(
        child=serializers.FileField(max_length=255),
        min_length=1,
        max_length=MOST_FILES,
        label="名册和台账，.xlsx、.xls 或 .csv，可以多个，顺序不限",
    )
    dry_run = FormFlag(default=False, label="试导入：只给结果，不写入")
    mapping = MappingField(required=False, label="各表是哪种台账、各表头是哪个字段，JSON；不写的表由表头识别")

    def validate_region(self, code: str) -> str:
        try:
            return complete(code)
        except InvalidCode as invalid:
            raise serializers.ValidationError(str(invalid)) from invalid

    def validate_files(self, files: list[SealedUpload]) -> list[SealedUpload]:
        for file in files:
            if not file.is_workbook_or_text:
                raise serializers.ValidationError(
                    f"“{file.name}”不是Excel工作簿，也不是文本，请用Excel另存为.xlsx后再导入"
                )
        return files


@extend_schema_view(
    list=extend_schema(summary="列出导入", description="本人的，以及您有权办理全部案件的地区的。"),
    retrieve=extend_schema(summary="读取一次导入的进度和结果"),
)
class ImportViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet[Job]):
    """台账和名册的导入。"""

    largest_upload = LARGEST_REQUEST
    queryset: QuerySet[Job] = Job.objects.order_by("-id")
    filterset_class = JobFilterSet
    lookup_value_regex = ID
    token_scopes = {"errors": WRITE.name}

    def get_queryset(self) -> QuerySet[Job]:
        jobs = Job.objects.imports_visible_to(user_of(self.request)).order_by("-id")
        return jobs.defer("result", "asked") if self.action == "list" else jobs

    def get_serializer_class(self) -> type[ImportSerializer]:
        return ImportSerializer if self.action == "list" else ImportDetailSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "user": self.request.user}

    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()] if self.action_map.get("post") == "create" else [StrictJsonParser()]

    @extend_schema(
        summary="导入台账和名册",
        description="由后台执行，好的行一次入库，拒收的行附原因退回；同一文件再导入不会重复。一个文件最多100MB。",
        request={"multipart/form-data": NewImportSerializer},
        responses={202: ImportDetailSerializer},
    )
    def create(self, request: Request) -> Response:
        now, user = timezone.now(), user_of(request)
        writing_scope(user)
        return answer_once(request, now=now, act=lambda: self.asked(request, user))

    def asked(self, request: Request, user: User) -> Answer:
        asked = NewImportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        kinds_open_to(user, said["region"])
        job = ask_import(
            owner=user,
            region_code=said["region"],
            files=[file.keep() for file in said["files"]],
            dry_run=said["dry_run"],
            now=timezone.now(),
            mapping=said.get("mapping", ()),
        )
        return self.accepted(job)

    @extend_schema(
        summary="取回拒收的行",
        description="原样的行和拒收原因，改正后可再次导入。内容是提交人所送，只给提交人。",
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    @action(detail=True, renderer_classes=[AnyRenderer])
    def errors(self, request: Request, pk: str) -> StreamingHttpResponse:
        job = self.get_object()
        if not job.is_of(user_of(request)):
            raise Http404(pk)
        return unsealed(job, name=f"拒收的行（导入{job.pk}）.xlsx", content_type=XLSX)

    @extend_schema(
        summary="取消导入",
        description="排队中的不再执行；进行中的在当前一批行之后停下，已入库的行保留，可以撤销。",
        request=None,
        responses={202: ImportDetailSerializer},
    )
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        now, job = timezone.now(), self.get_object()
        return answer_once(request, now=now, act=lambda: self.accepted(cancel(job_id=job.pk, now=now)))

    @extend_schema(
        summary="撤销导入",
        description=(
            "由后台执行：以更正事件撤回这次导入的案件记录，要么全部、要么一件也不。名册不撤销。"
            "案件已计入结账公布的数字的，任务以 undo_restates 告知是哪些月份，填写重述的理由后可再次撤销。"
        ),
        request=UndoSerializer,
        responses={202: ImportDetailSerializer},
    )
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        now, user, job = timezone.now(), user_of(request), self.get_object()

        def act() -> Answer:
            asked = UndoSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            return self.accepted(ask_undo(job=job, owner=user, now=now, **asked.validated_data))

        return answer_once(request, now=now, act=act)

    def accepted(self, job: Job) -> Answer:
        address = reverse("import-detail", args=[job.pk], request=self.request)
        return Answer(self.get_serializer(job).data, 202, {"Location": address})
