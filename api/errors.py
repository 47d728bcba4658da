"""How a refusal reaches the client: problem details (RFC 9457), in this one place.

`type` is stable and `detail` is for a person: what was asked, what stands in the way, what can be done.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.response import Response

from api.titles import TITLES
from casetrack.cases.drafts import OfficeRefused
from casetrack.cases.parties import PartyRefused
from casetrack.kinds.refusals import DateRefused, FactsRefused, Refused, StepRefused
from casetrack.law.calendar import DayNotInCalendar
from casetrack.lib.logs.context import doing
from casetrack.lib.outages import Outage, outage_of
from casetrack.organizations.keeping import RegisterRefused
from casetrack.organizations.keeping_memberships import MembershipRefused
from reports.exporting.resources import ExportRefused

PROBLEM_JSON = "application/problem+json"
WHOLE = "non_field_errors"

UNPROCESSABLE = 422
# by the code of the refusal; whatever else the core refuses can't be done as it was asked
STATUS_OF_REFUSAL = {
    "too_large": 413,
    "statistics_refused": 400,
    "template_refused": 400,
    "already_member": 409,
    "already_registered": 409,
    "grant_too_wide": 403,
    "last_administrator": 409,
    "last_membership": 409,
    "own_account": 403,
    "service_account": 409,
    "username_taken": 409,
    "permission_denied": 403,
    "correction_refused": 409,
    "case_erased": 409,
    "closing_refused": 409,
    "erasure_refused": 409,
    "entries_under_way": 409,
    "job_finished": 409,
    "job_unfinished": 409,
    "month_report_refused": 409,
    "number_taken": 409,
    "paper_refused": 409,
    "query_code_refused": 409,
    "result_expired": 410,
    "step_not_allowed": 409,
    "step_not_ripe": 409,
    "undo_refused": 409,
    "undo_restates": 409,
    "version_passed": 412,
    "too_many_jobs": 429,
    "node_behind": 503,
    "node_silent": 503,
}

PLAIN: tuple[tuple[type[Exception], int, str, str], ...] = (
    (Http404, 404, "not_found", "没有这一记录，或不在您的管辖范围内；请核对网址"),
    (exceptions.NotFound, 404, "not_found", "没有这一记录，或不在您的管辖范围内；请核对网址"),
    (exceptions.NotAuthenticated, 401, "not_authenticated", "请先登录，或在请求头 Authorization 中提供访问令牌"),
    (exceptions.UnsupportedMediaType, 415, "unsupported_media_type", "请求内容应为 application/json"),
    (exceptions.NotAcceptable, 406, "not_acceptable", "只提供 application/json，请修改请求头 Accept"),
    (exceptions.Throttled, 429, "throttled", "请求过于频繁，请稍后再试"),
    (UnreadablePostError, 400, "malformed", "请求内容没有收完：连接中断，或传输过慢；请检查网络后重发"),
    (RequestDataTooBig, 413, "too_large", "请求过大，请分批提交"),
    # a date among the facts from which no clock can count
    (OverflowError, 422, "date_not_possible", "日期超出可以计算的范围，请核对年份"),
    (DayNotInCalendar, 422, "date_not_possible", "日期超出工作日历的范围，无法计算期限，请核对年份"),
)


class ApiRefused(exceptions.APIException):
    """A request that this door refuses before, or beside, asking the core."""

    status_code = 400
    default_code = "malformed"

    def __init__(self, message: str, *, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.errors = dict(errors or {})


class ParametersRefused(ApiRefused):
    """The part of the address after the question mark asks for something that isn't there."""

    default_code = "parameters_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("查询参数有误：" + together(errors), errors=errors)


class FieldsRefused(ApiRefused):
    """A body whose fields can't be what they say; `errors` maps paths such as parties.0.role to messages."""

    status_code = 422
    default_code = "fields_not_valid"

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(together(errors), errors=errors)


class BodyTooLarge(ApiRefused):
    status_code = 413
    default_code = "too_large"


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way, before it is rendered."""

    status: int
    code: str
    detail: str
    errors: Mapping[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, instance: str) -> dict[str, Any]:
        members: dict[str, Any] = {
            "type": f"/problems/{self.code.replace('_', '-')}",
            "title": TITLES.get(self.code) or HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "instance": escape_uri_path(instance),
            "code": self.code,
        }
        if self.status >= 500 and (number := doing().request_id):  # what was refused is the same each time
            members["request_id"] = number
        if self.errors:
            members["errors"] = dict(self.errors)
        if self.allowed is not None:
            members["allowed"] = list(self.allowed)
        return members


def handle(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """What the framework asks when a view raises; None for what nobody foresaw, which becomes a 500."""
    problem = problem_of(exc)
    if problem is None:
        return None
    return Response(
        problem.body(context["request"].path),
        status=problem.status,
        headers=dict(problem.headers),
        content_type=PROBLEM_JSON,
    )


def problem_of(exc: Exception) -> Problem | None:
    if isinstance(exc, Refused):
        return problem_of_refusal(exc)
    if outage := outage_of(exc):
        return problem_of_outage(outage)
    for known, status, code, detail in PLAIN:
        if isinstance(exc, known):
            return Problem(status, code, detail, headers=headers_of(exc))
    if isinstance(exc, ApiRefused):
        return Problem(exc.status_code, exc.default_code, str(exc.detail), exc.errors, headers=headers_of(exc))
    if isinstance(exc, exceptions.ValidationError):
        errors = dict(flattened(exc.detail))
        return Problem(422, "fields_not_valid", together(errors), errors)
    if isinstance(exc, exceptions.MethodNotAllowed):
        return Problem(405, "method_not_allowed", "这一网址不支持此请求方法，可用的方法见响应头 Allow")
    if isinstance(exc, PermissionDenied):
        return Problem(403, "permission_denied", "您没有进行这一操作的权限")
    if isinstance(exc, exceptions.APIException):
        return Problem(exc.status_code, code_of(exc), str(exc.detail), headers=headers_of(exc))
    return None


def problem_of_outage(outage: Outage) -> Problem:
    return Problem(outage.status, outage.code, outage.message, headers={"Retry-After": str(outage.patience)})


def problem_of_refusal(refusal: Refused) -> Problem:
    errors, allowed = {}, None
    if isinstance(refusal, FactsRefused):
        errors = {f"facts.{name}": message for name, message in refusal.errors.items()}
    elif isinstance(refusal, PartyRefused | RegisterRefused | MembershipRefused | ExportRefused):
        errors = refusal.errors
    elif isinstance(refusal, OfficeRefused):
        errors = {"organization": str(refusal)}
    elif isinstance(refusal, DateRefused):
        errors = {"occurred_on": str(refusal)}
    elif isinstance(refusal, StepRefused):
        allowed = refusal.allowed
    status = STATUS_OF_REFUSAL.get(refusal.code, UNPROCESSABLE)
    return Problem(status, refusal.code, str(refusal), errors, allowed)


def code_of(exc: exceptions.APIException) -> str:
    code = exc.get_codes()
    return code if isinstance(code, str) else exc.default_code


def headers_of(exc: Exception) -> dict[str, str]:
    headers = {}
    if scheme := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def together(errors: Mapping[str, str]) -> str:
    """All messages in one line, each with the name of its field, unless it says that itself."""
    plain = {path: message.rstrip("。") for path, message in errors.items()}
    return "；".join(
        message if path == WHOLE or path in message else f"{path}：{message}" for path, message in plain.items()
    )


def flattened(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Nested messages as pairs of path and message: {"parties": [{}, {"role": [..]}]} names parties.1.role."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from flattened(inner, path if name == WHOLE else joined(path, str(name)))
    elif isinstance(detail, list) and all(isinstance(item, str) for item in detail):
        yield path or WHOLE, "；".join(detail)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from flattened(inner, joined(path, str(place)))
    else:
        yield path or WHOLE, str(detail)


def joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def answered(problem: Problem, request: HttpRequest, **members: Any) -> JsonResponse:
    """A problem where no view of the framework renders it; `members` are further ones."""
    return JsonResponse(
        {**problem.body(request.path), **members},
        status=problem.status,
        headers=dict(problem.headers),
        content_type=PROBLEM_JSON,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """The answer to a change that doesn't prove it comes from our own pages."""
    return answered(Problem(403, "csrf_failed", "跨站请求校验未通过，请在请求头 X-CSRFToken 中带上令牌后重试"), request)


def https_required(request: HttpRequest) -> JsonResponse:
    """The answer to a program that spoke in clear. Led on to HTTPS, it would do so for ever, and nobody would know."""
    detail = "接口只经 HTTPS 提供，请把网址改为 https://；本次以明文发送的令牌或密码应视为已泄露，请立即吊销或更换"
    return answered(Problem(403, "https_required", detail), request)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """The answer to what never reached a view: an unknown host name, a header that can't be."""
    return answered(Problem(400, "malformed", "请求无法解析，请核对网址和请求头"), request)


def length_required(request: HttpRequest) -> JsonResponse:
    """The answer to a body that is sent in chunks."""
    said = "请求须用 Content-Length 说明内容的长度，不接收分块传输（Transfer-Encoding: chunked）"
    return answered(Problem(411, "length_required", said), request)


def unavailable(request: HttpRequest, outage: Outage) -> JsonResponse:
    """The answer where something around us stands still, met outside any view."""
    return answered(problem_of_outage(outage), request)


def server_error(request: HttpRequest) -> JsonResponse:
    """The answer to what nobody foresaw; the log has the rest."""
    said = "服务器内部错误，已记录，请稍后重试；仍不行的，请把编号（request_id）告诉管理员"
    return answered(Problem(500, "server_error", said), request)
