"""If-Match: a change says which version of the case it was based on, so that nobody overwrites what they never saw."""

import re

from rest_framework.request import Request

from api.errors import ApiRefused
from casetrack.cases.models import Case
from casetrack.cases.operations import VersionPassed

TAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')  # proxies that compress make a tag weak; it names the same version
ANY = "*"


class VersionMissing(ApiRefused):
    """The change doesn't say what it was based on."""

    status_code = 428
    default_code = "precondition_required"


def etag_of(version: int) -> str:
    return f'"{version}"'


def version_named(request: Request, case: Case, *, required: bool) -> int | None:
    """The version that the operation must still find; None where the caller takes any."""
    header = request.headers.get("If-Match", "").strip()
    if not header and required:
        raise VersionMissing("请先读取案件，并在请求头 If-Match 中带上所得的 ETag，以免覆盖他人的修改")
    if not header or header == ANY:
        return None
    named = {int(tag) for tag in TAG.findall(header)}
    if case.version not in named:
        raise VersionPassed(f"案件{case.number}已被他人更新（当前版本{case.version}），请重新读取后再修改")
    return case.version
