"""/cases/{id}/attachments/: files of a case: handed in as a form, fetched for a purpose, removed with a reason."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.cases import ID, visible_case
from api.errors import ParametersRefused
from api.files import file_answer
from api.idempotency import Answer, answer_once
from api.jobs import AnyRenderer
from api.listing import Listing
from api.parsers import StrictJsonParser
from api.permissions import refuse_unless_able, refuse_unless_writable, user_of
from api.purposes import PURPOSE as PURPOSE_NAME
from api.purposes import purpose_of
from api.schema import PURPOSE
from api.serializers import OfModel, Plain
from casetrack.accounts.token_scopes import PERSONAL
from casetrack.cases import attachments
from casetrack.cases.models import Attachment, Case
from casetrack.cases.rights import handles
from casetrack.lib.file_types import TYPES
from casetrack.organizations.capabilities import Capability


class AttachmentSerializer(OfModel[Attachment]):
    """A file of a case. What it is called, and why it was removed, is for those who deal with the case."""

    sort_label = serializers.CharField(source="get_sort_display", read_only=True, label="材料种类名称")
    name = serializers.SerializerMethodField(label="文件名；空：您的角色不办理案件")
    scanned = serializers.BooleanField(read_only=True, label="经病毒扫描；否：系统当时没有配置扫描")
    removed_at = serializers.DateTimeField(read_only=True, allow_null=True, label="移除时间；移除的不再提供")
    removal_reason = serializers.SerializerMethodField(label="移除理由；空：没有移除，或者您的角色不办理案件")

    class Meta:
        model = Attachment
        fields = (
            *("id", "sort", "sort_label", "name", "media_type", "size", "scanned"),
            *("uploaded_by", "uploaded_at", "removed_by", "removed_at", "removal_reason"),
        )

    def get_name(self, attachment: Attachment) -> str | None:
        return attachment.name if self.context.get("handles") else None

    def get_removal_reason(self, attachment: Attachment) -> str | None:
        return (attachment.removal_reason or None) if self.context.get("handles") else None


class NewAttachmentSerializer(Plain):
    """A file to hand in. Of what type and size it may be, the core says."""

    sort = serializers.ChoiceField(choices=Attachment.Sort.choices, label="材料种类")
    file = serializers.FileField(allow_empty_file=True, label="PDF、图片、Word、Excel 或文本")


class RemovalSerializer(Plain):
    """Why a file is served no more."""

    reason = serializers.CharField(max_length=attachments.LONGEST_REASON, label="移除的理由")


@extend_schema_view(
    list=extend_schema(summary="列出案件的附件", description="移除的也列出，连同理由，只是不再提供文件。"),
    retrieve=extend_schema(summary="读取一个附件的说明"),
)
class AttachmentViewSet(Listing, RetrieveModelMixin, GenericViewSet[Attachment]):
    """一个案件的附件。"""

    largest_upload = staticmethod(attachments.largest)
    queryset: QuerySet[Attachment] = Attachment.objects.order_by("pk")
    serializer_class = AttachmentSerializer
    lookup_value_regex = ID
    token_scopes = {"file": PERSONAL.name}

    def get_queryset(self) -> QuerySet[Attachment]:
        return super().get_queryset().filter(case=self.case).select_related("case")

    @property
    def case(self) -> Case:
        """Asked for once in a request."""
        if not hasattr(self, "found"):
            self.found = visible_case(self.request, self.kwargs["case_id"])
        return self.found

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        described = getattr(self, "swagger_fake_view", False)
        return context if described else {**context, "handles": handles(user_of(self.request), self.case)}

    def get_parsers(self) -> list[Any]:
        return [MultiPartParser()] if self.action_map.get("post") == "create" else [StrictJsonParser()]

    @extend_schema(
        summary="上传附件",
        description="内容须与扩展名一致，不含宏；系统配置了病毒扫描的，先扫描。加密保存。"
        "类型、大小不合或者扫描未通过的，以 attachment_refused 说明。",
        request={"multipart/form-data": NewAttachmentSerializer},
        responses={201: AttachmentSerializer},
    )
    def create(self, request: Request, case_id: str) -> Response:
        now, user = timezone.now(), user_of(request)
        refuse_unless_writable(user, self.case)

        def handed_in() -> Answer:
            asked = NewAttachmentSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            file: UploadedFile[bytes] = asked.validated_data["file"]
            made = attachments.attach(
                case_id=self.case.pk,
                name=file.name or "",
                content=attachments.read_whole(file),
                sort=asked.validated_data["sort"],
                actor=user,
                now=now,
            )
            address = reverse("case-attachment-detail", args=[self.case.pk, made.pk], request=request)
            return Answer(self.get_serializer(made).data, 201, {"Location": address})

        return answer_once(request, now=now, act=handed_in)

    @extend_schema(
        summary="取一个附件的文件",
        description="须说明目的（purpose），每次读取都记入审计记录。",
        parameters=[PURPOSE],
        responses={(200, each.media_type): OpenApiTypes.BINARY for each in TYPES},
    )
    @action(detail=True, renderer_classes=[AnyRenderer])
    def file(self, request: Request, case_id: str, pk: str) -> FileResponse:
        user, purpose, seen = user_of(request), purpose_of(request), self.get_object()
        refuse_unless_able(user, Capability.READ_PERSONAL, seen.case)
        if purpose is None:
            raise ParametersRefused({PURPOSE_NAME: "请填写查看的目的（purpose），4至200字"})
        read, content = attachments.read_attachment(
            attachment_id=seen.pk, purpose=purpose, actor=user, now=timezone.now()
        )
        return file_answer(BytesIO(content), name=read.name, content_type=read.media_type)

    @extend_schema(
        summary="移除一个附件",
        description="文件不再提供；附件、理由和移除人留在记录中。",
        request=RemovalSerializer,
        responses=AttachmentSerializer,
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, case_id: str, pk: str) -> Response:
        now, user, seen = timezone.now(), user_of(request), self.get_object()
        refuse_unless_writable(user, seen.case)

        def removed() -> Answer:
            asked = RemovalSerializer(data=request.data)
            asked.is_valid(raise_exception=True)
            reason = asked.validated_data["reason"]
            gone = attachments.remove_attachment(attachment_id=seen.pk, reason=reason, actor=user, now=now)
            return Answer(self.get_serializer(gone).data, 200)

        return answer_once(request, now=now, act=removed)
