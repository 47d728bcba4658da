"""Narrowing of lists: a parameter that isn't there is refused, since a filter that does nothing shows too much."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from api.errors import ParametersRefused
from api.pagination import CURSOR, PAGE_SIZE


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter for lists; what it refuses comes back by parameter. A view with `filterset_kwargs` adds its own."""

    def get_filterset_kwargs(self, request: Request, queryset: QuerySet[Any], view: Any) -> dict[str, Any]:
        own = getattr(view, "filterset_kwargs", dict)
        return {**super().get_filterset_kwargs(request, queryset, view), **own()}

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        if view.detail:
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        refuse_unknown(request, [] if filterset is None else list(filterset.filters))
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise ParametersRefused({name: "；".join(map(str, said)) for name, said in filterset.errors.items()})
        return filterset.qs


def refuse_unknown(request: Request, known: list[str]) -> None:
    names = [*known, CURSOR, PAGE_SIZE]
    unknown = [name for name in request.query_params if name not in names]
    if unknown:
        raise ParametersRefused({name: f"没有“{name}”这一查询参数，可用的有：{'、'.join(names)}" for name in unknown})
