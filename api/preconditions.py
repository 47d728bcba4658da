"""If-Match: a change says which version of a row it was based on, so that nobody overwrites what they never saw."""

import re

from django.db.models import Model
from rest_framework.request import Request

from api.errors import ApiRefused
from casetrack.accounts.versions import RowChanged, refuse_unless_at, version_of
from casetrack.cases.holding import VersionPassed
from casetrack.cases.models import Case

TAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')  # proxies that compress make a tag weak; it names the same version
DIGEST_TAG = re.compile(r'(?:W/)?"([0-9a-f]{1,64})"')
ANY = "*"


class VersionMissing(ApiRefused):
    """The change doesn't say what it was based on."""

    status_code = 428
    default_code = "precondition_required"


def etag_of(version: int | str) -> str:
    return f'"{version}"'


def etag_header(row: Model) -> dict[str, str]:
    """Of a row that keeps no count of its changes."""
    return {"ETag": etag_of(version_of(row))}


def version_named(request: Request, case: Case, *, required: bool) -> int | None:
    """The version that the operation must still find; None where the caller takes any."""
    header = header_of(request, required=required)
    if not header or header == ANY:
        return None
    named = {int(tag) for tag in TAG.findall(header)}
    if case.version not in named:
        raise VersionPassed(f"案件{case.number}已被他人更新（当前版本{case.version}），请重新读取后再修改")
    return case.version


def digest_named(request: Request, row: Model) -> str | None:
    """The version that the operation must still find, of a row that keeps no count; None where any will do."""
    header = header_of(request, required=True)
    if header == ANY:
        return None
    current = version_of(row)
    named = DIGEST_TAG.findall(header)
    refuse_unless_at(row, current if current in named else "")
    return current


def number_named(request: Request, current: int) -> int | None:
    """The version that the operation must still find, of a row that counts its versions; None where any will do."""
    header = header_of(request, required=True)
    if header == ANY:
        return None
    if current not in {int(tag) for tag in TAG.findall(header)}:
        raise RowChanged(f"这一记录已被他人更新（当前版本{current}），请重新读取后再修改")
    return current


def header_of(request: Request, *, required: bool) -> str:
    header = request.headers.get("If-Match", "").strip()
    if not header and required:
        raise VersionMissing("请先读取要修改的记录，并在请求头 If-Match 中带上所得的 ETag，以免覆盖他人的修改")
    return header
