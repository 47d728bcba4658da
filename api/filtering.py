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
    """Also what is there without a value: a client whose variable is empty would be shown everything."""
    names = [*known, CURSOR, PAGE_SIZE]
    wrong = {
        name: f"没有“{name}”这一查询参数，可用的有：{'、'.join(names)}"
        for name in request.query_params
        if name not in names
    }
    empty = [name for name, values in request.query_params.lists() if not all(value.strip() for value in values)]
    wrong |= {name: f"查询参数“{name}”没有值，请填写或去掉" for name in empty if name in names}
    if wrong:
        raise ParametersRefused(wrong)
