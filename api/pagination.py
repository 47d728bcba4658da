"""Pages that continue behind a row instead of counting rows: as fast on the last page as on the first."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from api.errors import ParametersRefused
from casetrack.lib.paging import BACKWARDS, FORWARDS, Cursor, CursorRefused, Page, page_of

CURSOR = "cursor"
PAGE_SIZE = "page_size"
TOTAL = "total"
FIELDS = "fields"
NARROWED = {"type": "object", "description": "填写 fields 时：只有所要的成员"}
USUAL = 50
MOST = 200


class KeysetPagination(BasePagination):
    """`next`, `previous`, `results`. Continues in the order of the query set, whose last term must be unique.

    A view with `wider` names the rows before those filters that may leave any share of them. With `total=true` the page
    says how many rows there are in all: a view with `total_of` knows a quicker way than to count them.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        self.address = request.build_absolute_uri()
        self.total = self.total_asked(queryset, request, view)
        size, cursor = size_asked(request), request.query_params.get(CURSOR)
        try:
            self.page = page_of(queryset, cursor=cursor, size=size, wider=getattr(view, "wider", None))
        except CursorRefused as refused:
            raise ParametersRefused({CURSOR: str(refused)}) from None
        return self.page.rows

    def total_asked(self, queryset: Any, request: Request, view: APIView | None) -> int | None:
        given = request.query_params.get(TOTAL, "false")
        if given not in ("true", "false"):
            raise ParametersRefused({TOTAL: "total 应为 true 或 false"})
        if given == "false":
            return None
        count = getattr(view, "total_of", None)
        return int(count(queryset) if count else queryset.order_by().count())

    def link(self, cursor: str | None) -> str | None:
        return None if cursor is None else replace_query_param(self.address, CURSOR, cursor)

    def page_of(self, data: Any) -> dict[str, Any]:
        page = {"next": self.link(self.page.next), "previous": self.link(self.page.previous), "results": data}
        return page if self.total is None else {"total": self.total, **page}

    def get_paginated_response(self, data: Any) -> Response:
        return Response(self.page_of(data))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "total": {"type": "integer", "minimum": 0, "description": "符合条件的准确总数，仅在 total=true 时给出"},
                "next": {**link, "description": "下一页的网址"},
                "previous": {**link, "description": "上一页的网址"},
                "results": {**schema, "items": {"anyOf": [schema["items"], NARROWED]}},
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        found = [
            in_query(CURSOR, {"type": "string"}, "上一次响应中 next 或 previous 所带的位置"),
            in_query(PAGE_SIZE, size, f"每页条数，最多{MOST}"),
        ]
        if hasattr(view, "fields_known"):
            whether = {"type": "boolean", "default": False}
            found += [
                in_query(TOTAL, whether, "true：同时给出符合条件的准确总数"),
                in_query(FIELDS, {"type": "string"}, "只要哪些成员，以逗号分开，如 id,number；不填则全部给出"),
            ]
        return found


class ListedPagination(KeysetPagination):
    """The same, of rows that were worked out: `place_of` gives each its place, and pages go through these in order."""

    def __init__(self, place_of: Callable[[Any], list[str]]) -> None:
        self.place_of = place_of

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        self.address, self.total, salt = request.build_absolute_uri(), None, type(view).__qualname__
        size = size_asked(request)
        try:
            asked = Cursor.read(request.query_params.get(CURSOR), salt)
        except CursorRefused as refused:
            raise ParametersRefused({CURSOR: str(refused)}) from None
        known = sorted(queryset, key=self.place_of)
        first = 0
        if asked.place:
            side = bisect_left if asked.backwards else bisect_right
            first = side([self.place_of(row) for row in known], list(asked.place))
        first, last = (max(first - size, 0), first) if asked.backwards else (first, first + size)
        rows = known[first:last]
        self.page = Page(
            rows,
            self.at(FORWARDS, rows[-1], salt) if rows and last < len(known) else None,
            self.at(BACKWARDS, rows[0], salt) if rows and first > 0 else None,
        )
        return rows

    def at(self, direction: str, row: Any, salt: str) -> str:
        return Cursor(direction, tuple(self.place_of(row))).signed(salt)


def in_query(name: str, schema: dict[str, Any], said: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": said}


def size_asked(request: Request) -> int:
    given = request.query_params.get(PAGE_SIZE)
    if given is None:
        return USUAL
    if given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST:
        return int(given)
    raise ParametersRefused({PAGE_SIZE: f"page_size 应为1到{MOST}的整数"})
