"""Pages that continue behind a row instead of counting rows: as fast on the last page as on the first."""

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from api.errors import ParametersRefused

CURSOR = "cursor"
PAGE_SIZE = "page_size"
USUAL = 50
MOST = 200
FORWARDS, BACKWARDS = "f", "b"


class KeysetPagination(BasePagination):
    """`next`, `previous`, `results`. Continues in the order of the query set, whose last term must be unique."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        self.address = request.build_absolute_uri()
        self.order = tuple(str(term) for term in queryset.query.order_by)
        self.salt = f"{queryset.model._meta.label_lower} {' '.join(self.order)}"
        size = size_asked(request)
        direction, place = self.cursor_asked(request)
        order = self.order if direction == FORWARDS else tuple(turned(term) for term in self.order)
        if place:
            queryset = queryset.filter(behind(order, place))
        rows = list(queryset.order_by(*order)[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if direction == BACKWARDS:
            rows.reverse()
        self.rows = rows
        self.has_next = more if direction == FORWARDS else True
        self.has_previous = more if direction == BACKWARDS else bool(place)
        return rows

    def cursor_asked(self, request: Request) -> tuple[str, list[Any]]:
        given = request.query_params.get(CURSOR)
        if not given:
            return FORWARDS, []
        try:
            direction, *place = signing.loads(given, salt=self.salt)
        except (signing.BadSignature, ValueError, ValidationError):
            raise ParametersRefused({CURSOR: "cursor 无效或属于另一个列表，请从第一页重新开始"}) from None
        return direction, place

    def link(self, direction: str, row: Model | None) -> str | None:
        if row is None:
            return None
        place = [str(getattr(row, term.removeprefix("-"))) for term in self.order]
        return replace_query_param(self.address, CURSOR, signing.dumps([direction, *place], salt=self.salt))

    def get_paginated_response(self, data: Any) -> Response:
        first, last = (self.rows[0], self.rows[-1]) if self.rows else (None, None)
        return Response(
            {
                "next": self.link(FORWARDS, last) if self.has_next else None,
                "previous": self.link(BACKWARDS, first) if self.has_previous else None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": {**link, "description": "下一页的网址"},
                "previous": {**link, "description": "上一页的网址"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        return [
            {
                "name": CURSOR,
                "in": "query",
                "schema": {"type": "string"},
                "description": "上一次响应中 next 或 previous 所带的位置",
            },
            {"name": PAGE_SIZE, "in": "query", "schema": size, "description": f"每页条数，最多{MOST}"},
        ]


def size_asked(request: Request) -> int:
    given = request.query_params.get(PAGE_SIZE)
    if given is None:
        return USUAL
    if given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST:
        return int(given)
    raise ParametersRefused({PAGE_SIZE: f"page_size 应为1到{MOST}的整数"})


def turned(term: str) -> str:
    return term[1:] if term.startswith("-") else f"-{term}"


def behind(order: Sequence[str], place: Sequence[Any]) -> Q:
    """What follows a row in an order of one or more terms: further in the first, or level there and further on."""
    first, value = order[0], place[0]
    name = first.removeprefix("-")
    side = "lt" if first.startswith("-") else "gt"
    further = Q(**{f"{name}__{side}": value})
    if len(order) == 1:
        return further
    # the bound on the first term alone lets an index on it begin at the place
    return Q(**{f"{name}__{side}e": value}) & (further | (Q(**{name: value}) & behind(order[1:], place[1:])))
