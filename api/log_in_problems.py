"""What allauth's refusals are called here."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from api.errors import Problem
from casetrack.accounts.adapters import LOCKED

A_MINUTE = "60"
PENDING = "mfa_authenticate"
BY_STATUS = {
    403: Problem(403, "permission_denied", "您没有进行这一操作的权限"),
    404: Problem(404, "not_found", "没有这一记录；请核对网址"),
    405: Problem(405, "method_not_allowed", "这一网址不支持此请求方法，可用的方法见响应头 Allow"),
    429: Problem(429, "throttled", "请求过于频繁，请稍后再试", headers={"Retry-After": A_MINUTE}),
}


def problem_told(status: int, told: Mapping[str, Any]) -> Problem:
    """The problem for a status and a body of allauth's."""
    if status == 401:
        return problem_of_flows(told)
    if status == 409:
        return Problem(409, "already_logged_in", "您已经登录；如需换人，请先退出（DELETE /api/auth/session）")
    if errors := told.get("errors"):
        return problem_of_errors(errors)
    return BY_STATUS.get(status) or Problem(status, "malformed", "请求无法解析，请核对网址和内容")


def problem_of_flows(told: Mapping[str, Any]) -> Problem:
    """What is still to be done before a session is there, or before it may do this."""
    if told.get("meta", {}).get("is_authenticated"):
        said = "为确认是您本人，请再次输入密码（/api/auth/reauthenticate）或验证码（/api/auth/reauthenticate/code）"
        return Problem(401, "reauthentication_required", said)
    pending = [flow["id"] for flow in told.get("data", {}).get("flows", []) if flow.get("is_pending")]
    if PENDING in pending:
        return Problem(401, "second_factor_pending", "请输入验证器显示的验证码或一个恢复代码（/api/auth/login/code）")
    return Problem(401, "not_authenticated", "请先登录（/api/auth/login）")


def problem_of_errors(errors: Sequence[Mapping[str, Any]]) -> Problem:
    codes = {error.get("code") for error in errors}
    said = "；".join(str(error["message"]) for error in errors)
    if LOCKED in codes:
        return Problem(429, "locked_out", said, headers={"Retry-After": str(60 * settings.LOCKOUT_MINUTES)})
    if "rate_limited" in codes:
        return Problem(429, "throttled", said, headers={"Retry-After": A_MINUTE})
    if "username_password_mismatch" in codes:
        return Problem(422, "log_in_failed", said)
    by_field = {str(error.get("param", "non_field_errors")): str(error["message"]) for error in errors}
    return Problem(422, "code_not_valid" if "incorrect_code" in codes else "fields_not_valid", said, by_field)
