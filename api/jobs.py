"""What imports and exports have in common: how far a job is, what became of it, and its file."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from api.files import KEPT_BY_NOBODY, file_answer
from api.serializers import OfModel, Plain
from casetrack.cases.jobs import store
from casetrack.cases.jobs.fetching import ResultExpired, file_of, path_of
from casetrack.cases.models import Job

ID = "[0-9]{1,18}"


class AnyRenderer(JSONRenderer):
    """For addresses that answer with a file, whatever type the client names; problems are JSON there too."""

    media_type = "*/*"
    format = "file"


class ProgressSerializer(Plain):
    """How far a job is."""

    done = serializers.IntegerField(label="已处理的行数")
    total = serializers.IntegerField(allow_null=True, label="总行数；空：尚不知道")
    doing = serializers.CharField(label="正在处理什么")


class FailureSerializer(Plain):
    """Why a job was not done."""

    code = serializers.CharField(source="error_code", label="代码")
    message = serializers.CharField(source="error", label="原因和解决办法")


@extend_schema_field(FailureSerializer(allow_null=True))
class FailureField(serializers.Field[Any, Any, Any, Any]):
    """Why a job was not done, or nothing."""

    def to_representation(self, job: Job) -> Any:
        return FailureSerializer(job).data if job.error_code else None


class JobSerializer(OfModel[Job]):
    """A job as its owner sees it."""

    state_label = serializers.CharField(source="get_state_display", label="状态名称")
    owner = serializers.IntegerField(source="owner_id", label="提交人编号")
    progress = ProgressSerializer(read_only=True, source="*", label="进度")
    error = FailureField(read_only=True, source="*", label="未能完成的原因")
    counts = serializers.DictField(child=serializers.IntegerField(), label="各类行数")

    class Meta:
        model = Job
        fields: tuple[str, ...] = (
            *("id", "kind", "owner", "state", "state_label", "cancel_asked", "progress", "counts", "error"),
            *("attempts", "created_at", "started_at", "finished_at", "expires_at"),
        )


def attached(job: Job, *, name: str, content_type: str) -> FileResponse:
    """The file as it lies, streamed."""
    return file_answer(path_of(job).open("rb"), name=name, content_type=content_type)


def unsealed(job: Job, *, name: str, content_type: str) -> StreamingHttpResponse:
    """The file opened as it is streamed."""
    try:
        pieces: Iterator[bytes] = store.read(file_of(job))
    except store.FileGone:
        raise ResultExpired(f"任务{job.pk}的文件已不存在，请重新提交") from None
    answer = StreamingHttpResponse(pieces, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    answer["Cache-Control"] = KEPT_BY_NOBODY
    return answer
