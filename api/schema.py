"""What the schema says beyond what serializers and filters tell: headers, and the problems every address may answer."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from api.errors import PROBLEM_JSON
from api.log_in_described import DESCRIBED
from api.permissions import scope_needed
from api.titles import TITLES
from casetrack.accounts.repeating import KEPT
from casetrack.accounts.token_scopes import TOKEN_SCOPES

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": f"幂等键，建议用UUID；{KEPT.days}天内以同一键重发同一请求，得到同一响应，不会重复登记",
}
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="读取时得到的 ETag；记录已变则412"
)
PURPOSE = OpenApiParameter(
    "purpose", str, description="查看完整内容的目的，4至200字，如“电话通知调解时间”；连同查看人和时间记入审计记录"
)
IF_MATCH_OPTIONAL = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="读取案件时得到的 ETag；填写时，案件已变则412"
)

SCOPES_SAID = "\n".join(f"- `{scope.name}` {scope.label}：{scope.said}" for scope in TOKEN_SCOPES.values())
SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": f"访问令牌，形如 ct_…。每个操作注明令牌须有的用途范围：\n{SCOPES_SAID}",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "网页登录后的会话；经 HTTPS 时名为 __Host-sessionid",
    },
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 的问题说明",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "问题种类，如 /problems/step-not-allowed"},
        "title": {"type": "string", "description": "问题种类的名称"},
        "status": {"type": "integer", "description": "HTTP状态码"},
        "detail": {"type": "string", "description": "出了什么问题，怎样解决"},
        "instance": {"type": "string", "format": "uri-reference", "description": "请求的网址"},
        "code": {"type": "string", "enum": sorted(TITLES), "description": "问题种类的代码"},
        "request_id": {
            "type": "string",
            "description": "服务器出错时请求的编号，即响应头 X-Request-ID",
        },
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "有误的字段（如 parties.0.role）和原因",
        },
        "allowed": {"type": "array", "items": {"type": "string"}, "description": "可进行的步骤"},
    },
}
ALWAYS = {
    "400": "请求或查询参数无法理解",
    "401": "尚未登录或令牌无效",
    "403": "没有权限，或令牌的用途范围不足",
    "406": "不支持的返回格式",
    "429": "请求过于频繁",
    "503": "服务暂时不可用，请稍后重试",
}
OF_CHANGES = {
    "409": "与案件的状态、案号或已用的幂等键冲突",
    "412": "记录已被更新",
    "413": "请求过大",
    "415": "不支持的内容类型",
    "422": "填写的内容有误",
    "507": "服务器存储空间不足，没有保存",
}
NOT_FOUND = {"404": "没有这一记录，或不在您的管辖范围内"}
NAMING_A_PLACE = ("/closings/", "/reports/draft/", "/reports/draft/file/", "/reports/check/")
"""Addresses about a region that is named beside them: one outside the scope is not there."""
FILES_OF_JOBS = ("/exports/{id}/file/", "/imports/{id}/errors/", "/reports/check/{id}/file/")
NOT_THERE_YET = {"409": "任务尚未完成，还没有文件", "410": "文件已过期删除"}
BASED_ON_VERSION = {"428": "须说明所依据的版本"}


class Operation(AutoSchema):
    """What is known of an operation, with the scope that a token needs for it."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{"token": [scope_needed(self.view, self.method)]}, {"session": []}]


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """How to log in, that every POST may be repeated, and which problems each operation may answer."""
    result["info"]["description"] += DESCRIBED
    result["components"]["schemas"]["Problem"] = PROBLEM
    result["components"]["securitySchemes"] = SECURITY_SCHEMES
    result["security"] = [{name: []} for name in SECURITY_SCHEMES]
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for address, operations in result["paths"].items():
        for method, operation in operations.items():
            if method == "post":
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    parameter["schema"] = as_taken(parameter["schema"])
            for status, said in problems_of(address, method, operation).items():
                operation["responses"].setdefault(status, {"description": said, "content": content})
    return result


def as_taken(schema: dict[str, Any]) -> dict[str, Any]:
    """A query parameter as filters really take it: whole numbers, true or false, and nothing empty."""
    if schema.get("enum") == ["false", "true"]:
        return {"type": "boolean"}
    if schema.get("type") == "number":
        return {"type": "integer", "minimum": 1}
    if schema.get("type") == "string" and not schema.keys() & {"enum", "format", "minLength"}:
        return {**schema, "minLength": 1}
    return schema


def problems_of(address: str, method: str, operation: dict[str, Any]) -> dict[str, str]:
    problems = dict(ALWAYS)
    if "{" in address or address.endswith(NAMING_A_PLACE) or "/statistics/" in address:
        problems |= NOT_FOUND
    if method != "get":
        problems |= OF_CHANGES
    if address.endswith(FILES_OF_JOBS):
        problems |= NOT_THERE_YET
    if any(p["name"] == "If-Match" and p.get("required") for p in operation.get("parameters", [])):
        problems |= BASED_ON_VERSION
    return problems
