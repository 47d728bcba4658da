"""Lists that show as much of a row as was asked for: `fields=id,number`."""

from collections.abc import Iterable, Sequence
from typing import Any

from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import ParametersRefused
from api.pagination import FIELDS


class Listing(ListModelMixin):
    """The list of a view: narrowed, a page at a time, with the members that were asked for."""

    fields_known = True

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        view: Any = self
        rows = view.paginate_queryset(view.filter_queryset(view.get_queryset()))
        return Response(view.paginator.page_of(self.shown_in_list(rows)))

    def shown_in_list(self, rows: Sequence[Any]) -> Any:
        view: Any = self
        serializer = view.get_serializer(rows, many=True)
        known = serializer.child.fields
        wanted = fields_asked(view.request, known)
        for name in [name for name in known if name not in wanted]:
            known.pop(name)
        return serializer.data


def fields_asked(request: Request, known: Iterable[str]) -> list[str]:
    """The members to show, in their usual order; all of them where nobody asked for some."""
    given = request.query_params.get(FIELDS)
    names = list(known)
    if given is None:
        return names
    asked = [name.strip() for name in given.split(",")]
    unknown = [name for name in asked if name not in names]
    if unknown:
        raise ParametersRefused({FIELDS: f"没有“{'、'.join(unknown)}”这一成员，可用的有：{'、'.join(names)}"})
    return [name for name in names if name in asked]
